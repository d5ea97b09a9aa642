/**
 * Rows of a logistic regression. `x` is `count` x `columns`, row by row, finite; an intercept is always added, so no
 * column of ones. `outcome` is 0 or 1. `weight` counts a row that many times (0: left out), by default 1. `offset` is
 * added to the log-odds as it is, by default 0.
 */
export interface LogisticRows {
  readonly count: number;
  readonly columns: number;
  readonly x: Float64Array;
  readonly outcome: Uint8Array | Float64Array;
  readonly weight?: Float64Array | undefined;
  readonly offset?: Float64Array | undefined;
}
