import type { FactId, RetentionModel } from '../../features/facts.ts';
import type { Id } from '../../model/ids.ts';

/**
 * Decisions whose outcome is known, as columns: what each account looked like at its cut-off and what became of it. All
 * arrays have `count` entries unless said otherwise; days count from 1970-01-01.
 */
export interface DecisionRows {
  readonly model: RetentionModel;
  readonly count: number;
  /** The columns of `swings`, in the order of the scorecard's rows. */
  readonly drivers: readonly FactId[];
  /** `count` x `drivers.length`, row by row: how many swings the fact lies from neutral (`contribution`); `NaN`: missing. */
  readonly swings: Float64Array;
  /** 1: lost. */
  readonly lost: Uint8Array;
  /** 1: kept, but smaller. */
  readonly contracted: Uint8Array;
  /** Share of the recurring value that went, 0 to 1; `NaN`: not known. */
  readonly lostShare: Float64Array;
  /** 1, or 1 over the number of windows that overlap (rule 7). */
  readonly weight: Float64Array;
  readonly horizonDays: Float64Array;
  /** Indexes into `accountIds`; rows of one account hang together. */
  readonly account: Int32Array;
  readonly accountIds: readonly Id[];
  /** Indexes into `ownerIds`; -1: nobody. */
  readonly owner: Int32Array;
  readonly ownerIds: readonly Id[];
  /** The day that the row is seen from. */
  readonly cutoffDay: Int32Array;
  readonly decidesDay: Int32Array;
  /** The first day on which the outcome could be known: a row may train only cut-offs after it. */
  readonly knownDay: Int32Array;
  /** Recurring value within the horizon, in minor units of the profile's currency; `NaN`: not known. */
  readonly value: Float64Array;
  /** 1: somebody acted on the account because of a score between cut-off and decision (rule 9). */
  readonly treated: Uint8Array;
  /** For the baselines: days since the last order or touch, and days to the decision; `NaN`: not known. */
  readonly recencyDays: Float64Array;
  readonly daysToDecision: Float64Array;
  readonly tenureDays: Float64Array;
  /** `swings` as they stood one quarter before the cut-off, for the score of the last period; absent: not rebuilt. */
  readonly previousSwings?: Float64Array;
}
