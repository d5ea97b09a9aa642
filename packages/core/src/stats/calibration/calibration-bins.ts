import { rankRows } from '../discrimination/ranked-rows.ts';
import { wilson } from './wilson.ts';

/** Rows with like predictions: what was predicted for them, what happened. */
export interface CalibrationBin {
  readonly rows: number;
  /** Share of all weight. */
  readonly share: number;
  /** Mean prediction. */
  readonly predicted: number;
  /** Share of events. */
  readonly observed: number;
  /** Wilson's interval for `observed`. */
  readonly low: number;
  readonly high: number;
  /** Lowest and highest prediction. */
  readonly from: number;
  readonly to: number;
}

/** How rows are put together. */
export interface BinOptions {
  /** 10 by default; fewer come out when equal predictions fill several. */
  readonly bins?: number;
  readonly weights?: ArrayLike<number>;
}

/**
 * Calibration bins of (nearly) equal numbers of rows by ascending prediction; equal predictions are never parted, so the order
 * of the rows does not matter. With weights the interval counts (sum w)^2 / sum w^2 rows (Kish 1965); a bin without
 * weight is left out.
 *
 * Source: Hosmer and Lemeshow 1980 (groups by rank); Wilson 1927.
 */
export function calibrationBins(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  { level = 0.95, ...options }: BinOptions & { readonly level?: number } = {},
): readonly CalibrationBin[] {
  const groups = binRows(probabilities, options.bins);
  const totals = groups
    .map((rows) => sums(rows, probabilities, outcomes, options.weights))
    .filter(({ weight }) => weight > 0);
  const all = totals.reduce((sum, { weight }) => sum + weight, 0);
  return totals.map(({ weight, squares, predicted, events, from, to, rows }) => {
    const observed = events / weight;
    const effective = (weight * weight) / squares;
    return {
      rows,
      share: weight / all,
      predicted: predicted / weight,
      observed,
      ...wilson(observed * effective, effective, level),
      from,
      to,
    };
  });
}

/** The rows of each bin. */
export function binRows(probabilities: ArrayLike<number>, bins = 10): readonly Uint32Array[] {
  const { order, ends } = rankRows(probabilities);
  const groups: Uint32Array[] = [];
  let start = 0;
  let run = 0;
  for (let bin = 1; bin <= bins && start < order.length; bin++) {
    const wanted = (bin * order.length) / bins;
    while (run < ends.length - 1 && Math.abs(ends[run + 1]! - wanted) <= Math.abs(ends[run]! - wanted)) run++;
    const end = bin === bins ? order.length : ends[run]!;
    if (end <= start) continue;
    groups.push(order.subarray(start, end));
    start = end;
  }
  return groups;
}

function sums(
  rows: Uint32Array,
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
) {
  let weight = 0;
  let squares = 0;
  let predicted = 0;
  let events = 0;
  for (const row of rows) {
    const own = weights ? weights[row]! : 1;
    weight += own;
    squares += own * own;
    predicted += own * probabilities[row]!;
    events += own * outcomes[row]!;
  }
  const [from, to] = [probabilities[rows[0]!]!, probabilities[rows.at(-1)!]!];
  return { weight, squares, predicted, events, rows: rows.length, from, to };
}
