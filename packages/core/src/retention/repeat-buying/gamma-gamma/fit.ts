import { type FitControl, type FitRefusal, refuseFit } from '../../../stats/fit.ts';
import { bestStart } from '../../maximum-likelihood/best-start.ts';
import { climb, MOST_SCALE, MOST_SHAPE } from '../../maximum-likelihood/climb.ts';
import { type Estimates, estimatesOf, unscaled } from '../../maximum-likelihood/estimates.ts';
import { refusedClimb } from '../../maximum-likelihood/refused-climb.ts';
import { withDifferencedHessian } from '../../maximum-likelihood/target.ts';
import { limitNote } from '../limit-note.ts';
import { checkSpend } from './check-spend.ts';
import { correlation } from './correlation.ts';
import { gammaGammaTarget } from './likelihood.ts';
import type { SpendSummary } from './spend.ts';

/** A fitted Gamma-Gamma model of order values, in one currency and one unit of it. JSON-able. */
export interface GammaGammaModel extends Estimates<'p' | 'q' | 'gamma'> {
  readonly fitted: true;
  readonly family: 'gamma-gamma';
  readonly currency: string;
  /** Accounts with repeat orders: only they are fitted. */
  readonly accounts: number;
  /**
   * Between number and mean value of orders over the accounts fitted; the model assumes 0. `null` when either does not
   * vary.
   */
  readonly correlation: number | null;
  readonly note: string | null;
}

/** q and gamma describe one distribution, p another. */
const NAMES = ['q', 'gamma', 'p'] as const;
const HIGHEST = [MOST_SHAPE, MOST_SCALE, MOST_SHAPE];
/** The model's own assumption is doubted from here on. */
const CORRELATED = 0.3;

/**
 * Fits the Gamma-Gamma model of order values by maximum likelihood on the accounts with repeat orders.
 *
 * Source: Fader and Hardie 2013, note 025; Colombo and Jiang 1999, Journal of Interactive Marketing 13:2.
 */
export function fitGammaGamma(summary: SpendSummary, control: FitControl = {}): GammaGammaModel | FitRefusal {
  const refusal = checkSpend(summary);
  if (refusal) return refusal;
  const rows = [...summary.frequency.keys()].filter((i) => summary.frequency[i]! > 0);
  if (rows.length === 0)
    return refuseFit('no-events', 'No account has repeat orders: there are no order values to fit.');
  const frequency = Float64Array.from(rows, (i) => summary.frequency[i]!);
  const meanValue = Float64Array.from(rows, (i) => summary.meanValue[i]!);
  if (meanValue.every((it) => it === meanValue[0]))
    return refuseFit('constant-column', 'All mean order values are equal: use that value, there is nothing to fit.');
  const scale = meanValue.reduce((sum, it) => sum + it, 0) / rows.length;
  // fitted with a mean value of 1, so that a currency's unit cannot put gamma out of reach
  const scaled = { currency: summary.currency, frequency, meanValue: meanValue.map((it) => it / scale) };
  const target = gammaGammaTarget(scaled);
  const summit = climb(withDifferencedHessian(target), bestStart(target, starts()), HIGHEST, control);
  const notConverged = refusedClimb(summit, 'gamma-gamma');
  if (notConverged) return notConverged;
  const estimates = estimatesOf(NAMES, summit);
  const dependence = correlation(frequency, meanValue);
  return {
    fitted: true,
    family: 'gamma-gamma',
    currency: summary.currency,
    accounts: rows.length,
    ...unscaled(estimates, scale, ['gamma'], rows.length),
    correlation: dependence,
    note: limitNote(estimates.limits) ?? dependenceNote(dependence),
  };
}

function starts(): number[][] {
  return [1, 4, 20].flatMap((p) => [1.5, 4, 20].map((q) => [q, (q - 1) / p, p]));
}

function dependenceNote(dependence: number | null): string | null {
  if (dependence === null || Math.abs(dependence) < CORRELATED) return null;
  return `Order values go with the number of orders (correlation ${dependence.toFixed(2)}): the model assumes that they do not, so read its values with care.`;
}
