import type { TimeBase } from '../repeat-buying/time-base.ts';

/**
 * Accounts whose contracts started together: `kept[0]` at the start, `kept[k]` still under contract after the k-th
 * renewal. `base` is the term of the contract: one renewal a period. Never rising.
 */
export interface ContractCohort<B extends TimeBase> {
  readonly base: B;
  readonly kept: readonly number[];
}

/** Losses at the k-th renewal and accounts last seen after the k-th, over some cohorts; index 0 of `lost` is unused. */
export interface RenewalCounts {
  readonly lost: Float64Array;
  readonly last: Float64Array;
}

/** Adds cohorts of different ages up. */
export function countRenewals(cohorts: readonly ContractCohort<TimeBase>[]): RenewalCounts {
  const length = cohorts.reduce((most, { kept }) => Math.max(most, kept.length), 0);
  const lost = new Float64Array(length);
  const last = new Float64Array(length);
  for (const { kept } of cohorts) {
    for (let k = 1; k < kept.length; k++) lost[k]! += kept[k - 1]! - kept[k]!;
    last[kept.length - 1]! += kept.at(-1)!;
  }
  return { lost, last };
}
