import type { FitControl } from '../fit.ts';
import type { BinnedColumn } from './bin-columns.ts';
import { type LeafRules, type Split, splitColumn } from './split-column.ts';
import { type TrainingColumn, trainingColumn } from './training-column.ts';

/** One step: what is added to the log-odds of a row by where its value of one column lies. */
export interface Stump extends Omit<Split, 'gain'> {
  readonly column: number;
}

export interface GrowOptions extends LeafRules {
  readonly rounds: number;
  readonly shrinkage: number;
  /** Share of the rows that each step learns from. */
  readonly subsample: number;
  readonly uniform: () => number;
  readonly control?: FitControl | undefined;
}

/** Stumps in the order they were grown, upon the log-odds of the base rate. */
export interface Grown {
  readonly base: number;
  readonly stumps: readonly Stump[];
  readonly cancelled: boolean;
}

/** A stump that is worth less ends the growth. */
const NO_GAIN = 1e-9;

/**
 * Boosts stumps of the rows named in `rows` (both classes are among them). Each round takes the one split of one column
 * that lowers a second-order expansion of the log-loss most. Sources: Friedman 2001 and 2002 (Stochastic gradient
 * boosting); Chen and Guestrin 2016, eq. 5 to 7 (leaves).
 */
export function growStumps(
  binned: readonly BinnedColumn[],
  rows: Int32Array,
  outcome: ArrayLike<number>,
  weight: ArrayLike<number> | undefined,
  options: GrowOptions,
): Grown {
  const y = new Float64Array(rows.length);
  const w = new Float64Array(rows.length).fill(1);
  for (let i = 0; i < rows.length; i++) {
    y[i] = outcome[rows[i]!]!;
    if (weight) w[i] = weight[rows[i]!]!;
  }
  const columns = binned.map((column) => trainingColumn(column, rows));
  const base = baseLogOdds(y, w);
  // odds instead of log-odds: a step multiplies them, and no exponential is needed
  const odds = new Float64Array(rows.length).fill(Math.exp(base));
  const slopes = new Float64Array(2 * rows.length);
  const stumps: Stump[] = [];
  for (let round = 0; round < options.rounds; round++) {
    if (options.control?.signal?.aborted) return { base, stumps, cancelled: true };
    if (round % 16 === 0) options.control?.onProgress?.(round / options.rounds);
    const total = writeSlopes(y, w, odds, slopes, options);
    const best = bestStump(columns, slopes, total, options);
    if (!best) break;
    stumps.push(best);
    multiply(odds, columns[best.column]!, best);
  }
  return { base, stumps, cancelled: false };
}

function baseLogOdds(y: Float64Array, w: Float64Array): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < y.length; i++) {
    total += w[i]!;
    lost += w[i]! * y[i]!;
  }
  return Math.log(lost / (total - lost));
}

/** Writes each row's gradient and curvature side by side, 0 for those left out this round; returns both sums. */
function writeSlopes(
  y: Float64Array,
  w: Float64Array,
  odds: Float64Array,
  slopes: Float64Array,
  { subsample, uniform }: GrowOptions,
): readonly [number, number] {
  // the gaps between rows left out are geometric: one draw for each of them instead of one for each row
  const pace = 1 / Math.log(subsample);
  let leftOut = gap(uniform, pace);
  let gradient = 0;
  let curvature = 0;
  for (let i = 0; i < y.length; i++) {
    if (i === leftOut) {
      slopes[2 * i] = 0;
      slopes[2 * i + 1] = 0;
      leftOut += 1 + gap(uniform, pace);
      continue;
    }
    const unlikely = 1 / (1 + odds[i]!);
    const p = 1 - unlikely;
    const g = w[i]! * (y[i]! - p);
    const h = w[i]! * p * unlikely;
    slopes[2 * i] = g;
    slopes[2 * i + 1] = h;
    gradient += g;
    curvature += h;
  }
  return [gradient, curvature];
}

/** How many rows stay before the next is left out. */
function gap(uniform: () => number, pace: number): number {
  // 1 / log(1): every row stays, for ever
  return pace === Number.POSITIVE_INFINITY ? pace : Math.floor(Math.log(uniform()) * pace);
}

function bestStump(
  columns: readonly TrainingColumn[],
  slopes: Float64Array,
  total: readonly [number, number],
  options: GrowOptions,
): Stump | undefined {
  let best: (Split & { readonly column: number }) | undefined;
  columns.forEach((column, j) => {
    const split = splitColumn(column, slopes, total, options);
    if (split && split.gain > (best?.gain ?? NO_GAIN)) best = { ...split, column: j };
  });
  if (!best) return undefined;
  const { gain: _, ...stump } = best;
  const { shrinkage } = options;
  return {
    ...stump,
    below: shrinkage * stump.below,
    above: shrinkage * stump.above,
    missing: shrinkage * stump.missing,
  };
}

function multiply(odds: Float64Array, { codes, bins }: TrainingColumn, stump: Stump): void {
  const factors = new Float64Array(bins + 1);
  for (let code = 0; code <= bins; code++) factors[code] = Math.exp(stumpStep(stump, code));
  for (let i = 0; i < odds.length; i++) odds[i] = odds[i]! * factors[codes[i]!]!;
}

/** What a stump adds to a row whose value has this code. */
export function stumpStep(stump: Stump, code: number): number {
  if (code === 0) return stump.missing;
  return code <= stump.upTo ? stump.below : stump.above;
}
