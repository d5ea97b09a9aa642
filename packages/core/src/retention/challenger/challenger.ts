import type { StepTable } from '../../stats/boosting/index.ts';

/** Outcomes with what was known of each. Arrays have one entry per row unless said otherwise. */
export interface ChallengerRows {
  /** Rows x columns, row by row; `NaN`: missing. */
  readonly x: Float64Array;
  /** 1: lost. */
  readonly lost: Uint8Array;
  /** 1, or 1 over the number of windows that overlap (rule 7). */
  readonly weight: Float64Array;
  /** The account: rows with the same number are learned from together or not at all. */
  readonly cluster: Int32Array;
  /** What the columns are called; as many as there are columns. */
  readonly names: readonly string[];
}

/** One column's part of the score: log-odds by where its value lies, 0 on average over the rows learned from. */
export interface ChallengerDriver extends StepTable {
  readonly name: string;
}

/** Boosted stumps, calibrated: log-odds of loss are `intercept` plus what every driver's table says. Plain data. */
export interface Challenger {
  readonly fitted: true;
  readonly intercept: number;
  readonly drivers: readonly ChallengerDriver[];
  /** Rows learned from; distinct accounts lost and kept among them. */
  readonly outcomes: { readonly rows: number; readonly lost: number; readonly kept: number };
  /** Steps taken: as many as did best for accounts not learned from. */
  readonly rounds: number;
  /**
   * Platt's slope and intercept on the log-odds of accounts not learned from, already within `drivers` and `intercept`.
   * Slope 0: nothing that was learned held for them, and the score is the base rate.
   */
  readonly platt: { readonly slope: number; readonly intercept: number };
}
