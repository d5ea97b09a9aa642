import { type FitRefusal, refuseFit } from '../../../stats/fit.ts';
import type { SpendSummary } from './spend.ts';

/** Why order values cannot be fitted, naming the first bad row (from 0); `null` when they can. */
export function checkSpend({ frequency, meanValue }: SpendSummary): FitRefusal | null {
  if (frequency.length !== meanValue.length)
    return refuseFit('out-of-range', 'The columns of the summary differ in length.');
  if (frequency.length === 0) return refuseFit('no-rows', 'There are no accounts to fit.');
  for (let i = 0; i < frequency.length; i++) {
    const [x, z] = [frequency[i]!, meanValue[i]!];
    if (!Number.isFinite(x) || (x > 0 && !Number.isFinite(z)))
      return refuseFit(
        'not-finite',
        `Row ${i}: a number is missing or not finite. Correct it or leave the account out.`,
      );
    if (x < 0 || !Number.isInteger(x))
      return refuseFit('out-of-range', `Row ${i}: frequency counts orders: whole and at least 0.`);
    if (x > 0 && !(z > 0))
      return refuseFit(
        'out-of-range',
        `Row ${i}: the mean value of its orders is not above 0. Leave out free orders and credits.`,
      );
  }
  return null;
}
