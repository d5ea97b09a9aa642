import { type FitRefusal, refuseFit } from '../../stats/fit.ts';
import type { OccasionSummary, RepeatBuyingSummary } from './summary.ts';
import type { TimeBase } from './time-base.ts';

/** Why a summary cannot be fitted, naming its first bad row (from 0); `null` when it can. */
export function checkSummary(summary: RepeatBuyingSummary<TimeBase>): FitRefusal | null {
  const { frequency, recency, age } = summary;
  return checkColumns(frequency, recency, age, 'age');
}

/** As `checkSummary`, for occasions. */
export function checkOccasions(summary: OccasionSummary<TimeBase>): FitRefusal | null {
  const { frequency, recency, occasions, accounts } = summary;
  const refusal = checkColumns(frequency, recency, occasions, 'occasions');
  if (refusal) return refusal;
  if (accounts.length !== frequency.length) return unequal();
  for (let i = 0; i < accounts.length; i++) {
    if (!(accounts[i]! > 0 && Number.isFinite(accounts[i]!))) return badRow(i, 'its number of accounts is not above 0');
    const problem = occasionProblem(frequency[i]!, recency[i]!, occasions[i]!);
    if (problem) return badRow(i, problem);
  }
  return null;
}

function checkColumns(frequency: Float64Array, recency: Float64Array, age: Float64Array, ageName: string) {
  const rows = frequency.length;
  if (recency.length !== rows || age.length !== rows) return unequal();
  if (rows === 0) return refuseFit('no-rows', 'There are no accounts to fit.');
  let repeats = 0;
  for (let i = 0; i < rows; i++) {
    const problem = rowProblem(frequency[i]!, recency[i]!, age[i]!, ageName);
    if (problem) return badRow(i, problem.text, problem.finite);
    repeats += frequency[i]!;
  }
  if (repeats === 0)
    return refuseFit(
      'no-events',
      'No account ordered twice: nothing can be said of repeat buying yet. Wait for orders.',
    );
  return null;
}

/** More occasions than this make no sense as whole periods. */
const MOST_OCCASIONS = 5000;

/** What is wrong with one account's whole periods, after `rowProblem` found nothing; `null` when nothing is. */
export function occasionProblem(frequency: number, recency: number, occasions: number): string | null {
  if (!Number.isInteger(recency) || !Number.isInteger(occasions)) return 'recency and occasions count whole periods';
  if (occasions > MOST_OCCASIONS) return `it has more than ${MOST_OCCASIONS} occasions: use a longer period`;
  return frequency > recency ? 'it has more orders than occasions up to the last one' : null;
}

/** What is wrong with one account's numbers; `null` when nothing is. */
export function rowProblem(frequency: number, recency: number, age: number, ageName: string) {
  // one comparison for the ordinary row: NaN fails it too
  if (
    frequency >= 0 &&
    recency >= 0 &&
    recency <= age &&
    age < Number.POSITIVE_INFINITY &&
    frequency > 0 === recency > 0
  )
    if (Math.floor(frequency) === frequency && frequency < Number.POSITIVE_INFINITY) return null;
  const finite = Number.isFinite(frequency) && Number.isFinite(recency) && Number.isFinite(age);
  return {
    finite,
    text: finite ? contradiction(frequency, recency, age, ageName) : 'a number is missing or not finite',
  };
}

function contradiction(frequency: number, recency: number, age: number, ageName: string): string {
  if (frequency < 0 || recency < 0 || age < 0) return 'a number is negative';
  if (!Number.isInteger(frequency)) return 'frequency counts orders and is not whole';
  if (recency > age) return `recency ${recency} is beyond ${ageName} ${age}`;
  return frequency > 0 ? 'it has repeat orders but recency 0' : 'it has a recency but no repeat order';
}

function unequal(): FitRefusal {
  return refuseFit('out-of-range', 'The columns of the summary differ in length.');
}

function badRow(row: number, text: string, finite = true): FitRefusal {
  return refuseFit(finite ? 'out-of-range' : 'not-finite', `Row ${row}: ${text}. Correct it or leave the account out.`);
}
