import type { CoxRows } from './cox-rows.ts';
import type { CoxTerms } from './cox-terms.ts';

/** The cumulative hazard of a subject at the means, by event time, ascending. */
export interface BaselineHazard {
  /** The stratum's number; 0 where there are none. */
  readonly stratum: number;
  readonly time: readonly number[];
  /** Holds from `time` on; 0 before the first. */
  readonly cumulative: readonly number[];
}

/** Breslow's (sum of d/S0) or Efron's estimator, as the ties of `terms` say, one for each stratum. */
export function baselineHazards(
  rows: CoxRows,
  terms: CoxTerms,
  stratum: ArrayLike<number> | undefined,
): readonly BaselineHazard[] {
  const found: { stratum: number; time: number[]; cumulative: number[] }[] = [];
  const scale = Math.exp(-terms.shift);
  for (let g = rows.groups - 1, sum = 0; g >= 0; g--) {
    const closes = g === rows.groups - 1 || rows.opens[g + 1] === 1;
    if (closes) {
      found.unshift({ stratum: stratum?.[rows.row[rows.start[g]!]!] ?? 0, time: [], cumulative: [] });
      sum = 0;
    }
    if (rows.events[g] === 0) continue;
    sum += terms.hazard[g]! * scale;
    found[0]!.time.push(rows.time[g]!);
    found[0]!.cumulative.push(sum);
  }
  return found;
}
