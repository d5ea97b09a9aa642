import { type FitRefusal, refuseFit } from '../fit.ts';

/** What is known of each row, as numbers. */
export interface Covariates {
  /** One name a column: refusals name the column by it. */
  readonly names: readonly string[];
  /** Rows x columns, row by row. */
  readonly values: ArrayLike<number>;
}

/** Mean and standard deviation (divisor n) of each column. */
export interface ColumnScale {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** What makes the columns unfit, or their scale. A column that never varies cannot be told from the baseline. */
export function scaleColumns({ names, values }: Covariates, rows: number): ColumnScale | FitRefusal {
  const p = names.length;
  if (p === 0 || values.length !== rows * p)
    return refuseFit('out-of-range', `${values.length} values are not ${rows} rows of ${p} columns (at least one).`);
  const means = new Float64Array(p);
  const deviations = new Float64Array(p);
  for (let row = 0, at = 0; row < rows; row++) for (let j = 0; j < p; j++) means[j]! += values[at++]!;
  for (let j = 0; j < p; j++) means[j]! /= rows;
  for (let row = 0, at = 0; row < rows; row++)
    for (let j = 0; j < p; j++) deviations[j]! += (values[at++]! - means[j]!) ** 2;
  for (let j = 0; j < p; j++) {
    deviations[j] = Math.sqrt(deviations[j]! / rows);
    // a sum is finite only when all of it is (or when it overflows, which no fit survives either)
    if (!Number.isFinite(deviations[j]))
      return refuseFit('not-finite', `Column "${names[j]}" holds a value that is not a finite number.`);
    if (deviations[j]! <= 1e-12 * Math.abs(means[j]!))
      return refuseFit('constant-column', `Column "${names[j]}" is the same in every row: leave it out.`);
  }
  return { means, deviations };
}

/** The first of the leading columns that the ones before it make up, by the Cholesky factors of `matrix`. */
export function dependentColumn(
  names: readonly string[],
  matrix: Float64Array,
  factor: (a: Float64Array, n: number) => boolean,
): string | undefined {
  const n = names.length;
  return names.find((_, last) => {
    const block = new Float64Array((last + 1) ** 2);
    for (let i = 0; i <= last; i++) for (let j = 0; j <= i; j++) block[i * (last + 1) + j] = matrix[i * n + j]!;
    return !factor(block, last + 1);
  });
}
