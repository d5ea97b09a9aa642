import { chiSquareQuantile } from '../special/index.ts';
import { binRows } from './calibration-bins.ts';

/** A shift below this is never an alarm (retention practice; Siddiqi 2006). */
const LEAST_ALARM = 0.1;
/** Added to every count, so that an empty cell has a logarithm. */
const HALF = 0.5;

/** How far a distribution has moved. */
export interface StabilityIndex {
  readonly psi: number;
  /** Its 99 % point when nothing moved, at these sample sizes. */
  readonly nullQuantile: number;
  /** `psi` above both .1 and `nullQuantile`. */
  readonly alarm: boolean;
}

/**
 * Population stability index of two lists of counts over the same cells: sum of (q - p) log(q / p), half a row added to each
 * count. Without movement it is (1/n + 1/m) times a chi-square with cells - 1 degrees of freedom. `null` when either is empty.
 *
 * Source: Kullback and Leibler 1951 (their symmetric divergence); Yurdakul 2018 (its distribution).
 */
export function psiOfCounts(reference: ArrayLike<number>, current: ArrayLike<number>): StabilityIndex | null {
  if (reference.length !== current.length) throw new RangeError('Both lists of counts must have the same cells.');
  const before = total(reference);
  const after = total(current);
  if (before === 0 || after === 0) return null;
  const cells = reference.length;
  let psi = 0;
  for (let cell = 0; cell < cells; cell++) {
    const p = (reference[cell]! + HALF) / (before + HALF * cells);
    const q = (current[cell]! + HALF) / (after + HALF * cells);
    psi += (q - p) * Math.log(q / p);
  }
  const nullQuantile = cells > 1 ? (1 / before + 1 / after) * chiSquareQuantile(0.99, cells - 1) : 0;
  return { psi, nullQuantile, alarm: psi > Math.max(LEAST_ALARM, nullQuantile) };
}

/**
 * `psiOfCounts` of a feature's values, in cells of equal counts of the reference values (10 by default); missing values (`NaN`)
 * are a cell of their own, because a figure that goes missing is the commonest break.
 */
export function psi(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  { bins = 10 }: { readonly bins?: number } = {},
): StabilityIndex | null {
  const present = Float64Array.from(reference).filter((value) => !Number.isNaN(value));
  // the highest reference value of each cell but the last, which has no upper end
  const borders = binRows(present, bins)
    .map((rows) => present[rows.at(-1)!]!)
    .slice(0, -1);
  const [before, after] = [countCells(reference, borders), countCells(current, borders)];
  const missing = before[0] === 0 && after[0] === 0 ? 1 : 0;
  return psiOfCounts(before.subarray(missing), after.subarray(missing));
}

/** Missing values first, then one count per cell. */
function countCells(values: ArrayLike<number>, borders: readonly number[]): Float64Array {
  const counts = new Float64Array(borders.length + 2);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const cell = Number.isNaN(value) ? 0 : 1 + cellsBelow(value, borders);
    counts[cell] = counts[cell]! + 1;
  }
  return counts;
}

function cellsBelow(value: number, borders: readonly number[]): number {
  let cell = 0;
  while (cell < borders.length && value > borders[cell]!) cell++;
  return cell;
}

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}
