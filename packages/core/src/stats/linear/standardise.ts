import { type FitRefusal, refuseFit } from '../fit.ts';

/** Columns brought to mean 0 and standard deviation 1; `x` has the shape of what was given. */
export interface Standardised {
  readonly fitted: true;
  readonly x: Float64Array;
  readonly means: readonly number[];
  /** Standard deviations with n, not n - 1, below. */
  readonly scales: readonly number[];
}

/**
 * Standardises `columns` columns of a row-by-row matrix, so that a prior means the same whatever a column's unit. `NaN`
 * is missing: left out of mean and scale, and stays `NaN`. Refuses infinite values and columns with one value only.
 *
 * @example
 * standardise(Float64Array.of(1, 3), 1) // { fitted: true, x: [-1, 1], means: [2], scales: [1] }
 */
export function standardise(x: Float64Array, columns: number): Standardised | FitRefusal {
  if (columns < 1 || x.length % columns !== 0) {
    return refuseFit('out-of-range', `${x.length} values are no whole rows of ${columns} columns.`);
  }
  if (x.length === 0) return refuseFit('no-rows', 'There is no row to standardise.');
  const result = new Float64Array(x.length);
  const means: number[] = [];
  const scales: number[] = [];
  for (let j = 0; j < columns; j++) {
    const mean = meanOf(x, columns, j, (value) => value);
    const scale = Math.sqrt(meanOf(x, columns, j, (value) => (value - mean) ** 2));
    if (scale === Number.POSITIVE_INFINITY || Math.abs(mean) === Number.POSITIVE_INFINITY) {
      return refuseFit('not-finite', `Column ${j + 1} holds a value that is not finite.`);
    }
    // what rounding of the mean leaves of a column with one value only
    if (!(scale > Math.abs(mean) * 1e-14)) {
      return refuseFit('constant-column', `Column ${j + 1} has fewer than two different values. Leave it out.`);
    }
    for (let at = j; at < x.length; at += columns) result[at] = (x[at]! - mean) / scale;
    means.push(mean);
    scales.push(scale);
  }
  return { fitted: true, x: result, means, scales };
}

/** `NaN` where every value is missing. */
function meanOf(x: Float64Array, columns: number, j: number, of: (value: number) => number): number {
  let sum = 0;
  let known = 0;
  for (let at = j; at < x.length; at += columns) {
    if (Number.isNaN(x[at]!)) continue;
    sum += of(x[at]!);
    known++;
  }
  return sum / known;
}
