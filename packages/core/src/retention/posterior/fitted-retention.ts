import type { FactId, RetentionModel } from '../../features/facts.ts';
import type { CalendarDay } from '../../model/dates.ts';

/** What a score rests on; a label read off the posterior, never a switch (rule 6). */
export type EvidenceLabel = 'points only' | 'recalibrated' | 'fitted';

/** One driver's weight: log-odds per swing away from `reference` swings, and the log-odds when it is missing. */
export interface FittedDriver {
  readonly feature: FactId;
  readonly weight: number;
  readonly reference: number;
  readonly missing: number;
  /** Outcomes that knew the column, by their weight; with few of them its points stand. Left out by older fits. */
  readonly known?: number | undefined;
}

/**
 * The posterior of one model, averaged over the prior's widths and slopes. Log-odds of loss are `intercept` plus, for
 * each driver, `weight * (swings - reference)` when it is known and `missing` when it is not. Plain data: it is kept as
 * JSON beside the runs. `covariance` is the lower triangle, row by row, of (intercept, every weight, every missing).
 */
export interface FittedRetention {
  readonly model: RetentionModel;
  /** Tells two fits apart: made of the scorecard's version and the rows used. */
  readonly version: string;
  readonly cardVersion: string;
  readonly fittedOn: CalendarDay;
  readonly evidence: EvidenceLabel;
  /** Decisions used and distinct losses among them. */
  readonly outcomes: { readonly decisions: number; readonly losses: number };
  readonly intercept: number;
  readonly drivers: readonly FittedDriver[];
  readonly covariance: readonly number[];
  /** Log-odds that an action adds; scores are given as if untreated (rule 9). 0 without treated rows. */
  readonly treatment: number;
  /** Variance of the book's log-odds from one period to the next (rule 10); `null` with fewer than two past slices. */
  readonly periodVariance: number | null;
  /** Posterior weight of each prior width and slope, for the card. */
  readonly mixture: readonly { readonly tau: number; readonly slope: number; readonly weight: number }[];
}
