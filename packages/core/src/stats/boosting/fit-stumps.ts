import { type FitControl, type FitRefusal, refuseFit } from '../fit.ts';
import type { Random } from '../random/index.ts';
import { binColumns } from './bin-columns.ts';
import { checkStumps } from './check-stumps.ts';
import { growStumps } from './grow-stumps.ts';
import { compileStumps, type StumpModel } from './step-table.ts';

/** Rows to boost: `x` is row by row, `NaN` missing; `outcome` 0 or 1; `weight` counts a row so often, by default 1. */
export interface StumpRows {
  readonly count: number;
  readonly columns: number;
  readonly x: Float64Array;
  readonly outcome: Uint8Array | Float64Array;
  readonly weight?: Float64Array | undefined;
}

/** How stumps are grown; everything has a default. */
export interface StumpSettings {
  /** Default 200. */
  readonly rounds?: number;
  /** Share of each Newton step that is taken. Default .2. */
  readonly shrinkage?: number;
  /** Share of the rows that each round learns from. Default .8. */
  readonly subsample?: number;
  /** Bins of a column, 254 at most. Default 64. */
  readonly bins?: number;
  /** Added to the curvature of every leaf. Default 1. */
  readonly ridge?: number;
  /** The least curvature of a leaf: the sum of weight p (1 - p) of its rows. Default 3. */
  readonly leafCurvature?: number;
}

export interface StumpFit extends StumpModel {
  readonly fitted: true;
  readonly rounds: number;
}

/**
 * Additive boosted stumps: a logistic model whose every column is a step function, so its parts add up exactly. A column
 * that tells nothing (constant, too rare) gets a flat table and is no reason to refuse. The same random stream gives the
 * same model. Source: Friedman 2001, Annals of Statistics 29:1189, with Newton leaves (see `growStumps`).
 *
 * @example
 * const fit = fitStumps({ count, columns, x, outcome }, createRandom(1));
 * if (fit.fitted) predictStumps(fit, x); // log-odds
 */
export function fitStumps(
  rows: StumpRows,
  random: Pick<Random, 'uniform'>,
  settings: StumpSettings = {},
  control?: FitControl,
): StumpFit | FitRefusal {
  const refusal = checkStumps(rows, settings);
  if (refusal) return refusal;
  const binned = binColumns(rows.x, rows.columns, stumpSettings(settings).bins);
  const all = Int32Array.from({ length: rows.count }, (_, i) => i);
  const options = { ...stumpSettings(settings), uniform: random.uniform, control };
  const grown = growStumps(binned, all, rows.outcome, rows.weight, options);
  if (grown.cancelled) return refuseFit('cancelled', 'The fit was cancelled.');
  control?.onProgress?.(1);
  return { fitted: true, rounds: grown.stumps.length, ...compileStumps(grown, binned, rows.weight) };
}

/** The settings with every default filled in. */
export function stumpSettings(settings: StumpSettings): Required<StumpSettings> {
  return { rounds: 200, shrinkage: 0.2, subsample: 0.8, bins: 64, ridge: 1, leafCurvature: 3, ...settings };
}
