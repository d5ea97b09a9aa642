/** What standardising needs of one column: its mean over known rows, the width of one unit, who lacks it. */
export interface ColumnScale {
  /** Weighted mean over the rows where it is known; 0 when it never is. */
  readonly mean: number;
  /** Standard deviation, held towards one unit while there are few rows and never below `LEAST_SCALE`. */
  readonly scale: number;
  readonly known: number;
  /** Weight of the rows that know it. */
  readonly weight: number;
  readonly missing: number;
}

/** One unit (swing) counts as this many rows when a column's width is estimated, so that the first rows do not decide it. */
const UNIT_ROWS = 10;
/** A fact that is nearly always neutral keeps at least half a unit: otherwise a rare fact's weight would have no prior. */
const LEAST_SCALE = 0.5;

/** Means and widths of the columns of `x` (`n` x `p`, row by row, `NaN` is missing) under row weights (rule 5). */
export function scaleColumns(x: Float64Array, n: number, p: number, weight: Float64Array): readonly ColumnScale[] {
  return Array.from({ length: p }, (_, column) => {
    const sums = { weight: 0, value: 0, known: 0 };
    for (let i = 0; i < n; i++) {
      const value = x[i * p + column]!;
      if (Number.isNaN(value)) continue;
      sums.known++;
      sums.weight += weight[i]!;
      sums.value += weight[i]! * value;
    }
    const mean = sums.weight > 0 ? sums.value / sums.weight : 0;
    let square = UNIT_ROWS;
    for (let i = 0; i < n; i++) {
      const value = x[i * p + column]!;
      if (!Number.isNaN(value)) square += weight[i]! * (value - mean) ** 2;
    }
    const scale = Math.max(LEAST_SCALE, Math.sqrt(square / (UNIT_ROWS + sums.weight)));
    return { mean, scale, known: sums.known, weight: sums.weight, missing: n - sums.known };
  });
}
