import { type Figure, noFigure } from '../figure.ts';

/** One month of usage-based billing, in minor units. */
export interface UsageMonth {
  readonly committed: number;
  readonly metered: number;
}

const TRAILING_MONTHS = 3;

/**
 * Monthly recurring revenue of usage-based billing: the mean over the last three months of the larger of what was
 * committed and what was metered, rounded to a minor unit. `n` says how many months there were, so a young account shows
 * its fewer than three; without any month it is `null`. Months are given oldest first.
 *
 * @example
 * usageRecurring([{ committed: 100, metered: 60 }, { committed: 100, metered: 150 }, { committed: 100, metered: 90 }]).value; // 117
 */
export function usageRecurring(months: readonly UsageMonth[]): Figure {
  const last = months.slice(-TRAILING_MONTHS);
  if (last.length === 0) return noFigure(0, 'no month of usage');
  const billed = last.reduce((sum, it) => sum + Math.max(it.committed, it.metered), 0);
  return { value: Math.round(billed / last.length), n: last.length, reason: null };
}
