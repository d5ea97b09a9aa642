import type { FactId, RetentionModel } from '../features/facts.ts';

/**
 * One line of a scorecard: moving the fact from `from` (neutral, 0 points) to `to` adds `points` log-odds of loss; in
 * between and beyond it is linear in the fact (or in log(1 + fact)), and it stops at `low` and `high`.
 */
export interface ScorecardRow {
  readonly feature: FactId;
  readonly from: number;
  readonly to: number;
  readonly points: number;
  readonly low: number;
  readonly high: number;
  readonly scale?: 'log1p';
  /** The fact that tells its age, and the days after which it counts half. */
  readonly fades?: { readonly age: FactId; readonly halfLifeDays: number };
  /** Where the points come from. Direction or cut-offs may be published; no size of effect in B2B is. */
  readonly source: string;
}

/** A scorecard with its base rate. Every number may be replaced by a company that knows better. */
export interface Scorecard {
  readonly model: RetentionModel;
  readonly version: string;
  /** Share of accounts lost in a year, before anything is known of the account. */
  readonly yearlyLoss: number;
  readonly baseSource: string;
  /** Standard deviation of the base in log-odds, and of the points per swing: what "we do not know yet" amounts to. */
  readonly baseWidth: number;
  readonly pointsWidth: number;
  readonly rows: readonly ScorecardRow[];
}
