import { type FitRefusal, refuseFit } from '../fit.ts';
import { ascendingOrder } from '../order/ascending-order.ts';

/** A non-decreasing function: straight between its points, constant beyond the first and the last. */
export interface IsotonicFit {
  readonly fitted: true;
  /** Ascending, no two alike. */
  readonly x: readonly number[];
  /** Not descending, as many as `x`. */
  readonly y: readonly number[];
}

/**
 * The non-decreasing function of x closest to y in weighted least squares; equal x share one value. For reports: as a
 * calibrator it gives exact 0 and 1, and so infinite log-loss.
 *
 * Refused: no row with weight, numbers that are not finite, negative weights. O(n log n) for the order, one pass after it.
 * Source: Ayer et al. 1955, Ann Math Stat 26:641 (pool adjacent violators).
 *
 * @example fitIsotonic([1, 2, 3], [0, 1, 0]) // 0 at 1, 0.5 from 2 to 3
 */
export function fitIsotonic(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weights?: ArrayLike<number>,
): IsotonicFit | FitRefusal {
  const xs = x instanceof Float64Array ? x : Float64Array.from(x);
  const ys = y instanceof Float64Array ? y : Float64Array.from(y);
  const ws = weights === undefined || weights instanceof Float64Array ? weights : Float64Array.from(weights);
  if (ys.length !== xs.length || (ws && ws.length !== xs.length))
    throw new RangeError('x, y and weights must have one entry per row.');
  return refuseRows(xs, ys, ws) ?? blockEnds(pool(xs, ys, ws));
}

/** The fitted value at x; `NaN` for a missing x. */
export function predictIsotonic({ x: points, y: values }: IsotonicFit, x: number): number {
  if (Number.isNaN(x)) return x;
  const last = points.length - 1;
  if (x <= points[0]!) return values[0]!;
  if (x >= points[last]!) return values[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]! <= x) low = middle;
    else high = middle;
  }
  const share = (x - points[low]!) / (points[high]! - points[low]!);
  return values[low]! + share * (values[high]! - values[low]!);
}

function refuseRows(x: Float64Array, y: Float64Array, weights: Float64Array | undefined): FitRefusal | undefined {
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    const weight = weights ? weights[i]! : 1;
    // x - x is 0 for finite numbers only
    if (x[i]! - x[i]! !== 0 || y[i]! - y[i]! !== 0) return refuseFit('not-finite', `Row ${i} has no finite x and y.`);
    if (!(weight >= 0)) return refuseFit('out-of-range', `The weight of row ${i} is ${weight}.`);
    total += weight;
  }
  if (!Number.isFinite(total)) return refuseFit('not-finite', 'The weights have no finite sum.');
  return total > 0 ? undefined : refuseFit('no-rows', 'There is no row to fit an isotonic curve to.');
}

/** Blocks of rows that share a value, ascending. */
interface Blocks {
  count: number;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly sum: Float64Array;
  readonly weight: Float64Array;
}

/** One pass over the rows in order: equal x join their block, then blocks merge backwards while they do not ascend. */
function pool(x: Float64Array, y: Float64Array, weights: Float64Array | undefined): Blocks {
  // the columns are brought into order first: read at random places inside the pass they would double its time
  const order = ascendingOrder(x);
  const xs = inOrder(x, order);
  const ys = inOrder(y, order);
  const ws = weights && inOrder(weights, order);
  let blocks = newBlocks(1024);
  let top = -1;
  let at = 0;
  while (at < xs.length) {
    const key = xs[at]!;
    let sum = 0;
    let weight = 0;
    do {
      const own = ws ? ws[at]! : 1;
      weight += own;
      sum += own * ys[at]!;
    } while (++at < xs.length && xs[at] === key);
    if (weight === 0) continue;
    let first = key;
    for (; top >= 0 && blocks.sum[top]! * weight >= sum * blocks.weight[top]!; top--) {
      sum += blocks.sum[top]!;
      weight += blocks.weight[top]!;
      first = blocks.first[top]!;
    }
    if (++top === blocks.first.length) blocks = newBlocks(2 * top, blocks);
    blocks.first[top] = first;
    blocks.last[top] = key;
    blocks.sum[top] = sum;
    blocks.weight[top] = weight;
  }
  blocks.count = top + 1;
  return blocks;
}

function inOrder(column: Float64Array, order: Uint32Array): Float64Array {
  const sorted = new Float64Array(column.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = column[order[i]!]!;
  return sorted;
}

function newBlocks(size: number, old?: Blocks): Blocks {
  const grown = (from: Float64Array | undefined) => {
    const to = new Float64Array(size);
    if (from) to.set(from);
    return to;
  };
  return {
    count: 0,
    first: grown(old?.first),
    last: grown(old?.last),
    sum: grown(old?.sum),
    weight: grown(old?.weight),
  };
}

/** The two ends of each block: all that the function needs. */
function blockEnds({ count, first, last, sum, weight }: Blocks): IsotonicFit {
  const x: number[] = [];
  const y: number[] = [];
  for (let block = 0; block < count; block++) {
    const value = sum[block]! / weight[block]!;
    x.push(first[block]!);
    y.push(value);
    if (last[block] === first[block]) continue;
    x.push(last[block]!);
    y.push(value);
  }
  return { fitted: true, x, y };
}
