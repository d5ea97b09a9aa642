import type { BinnedColumn } from './bin-columns.ts';
import { binOf } from './bin-columns.ts';
import type { Grown } from './grow-stumps.ts';

/** One column's part of the log-odds: `values[k]` where `k` cuts are at most the value, `missing` where it is `NaN`. */
export interface StepTable {
  readonly cuts: readonly number[];
  readonly values: readonly number[];
  readonly missing: number;
}

/** A sum of step functions, one of each column: log-odds are `intercept` plus every column's part. Plain data. */
export interface StumpModel {
  readonly intercept: number;
  readonly tables: readonly StepTable[];
}

/**
 * Adds up the first `rounds` stumps column by column. Each table is centred on the rows (their weighted mean is 0), so
 * that a part says how far a row is from the average one; the intercept takes the means.
 */
export function compileStumps(
  grown: Pick<Grown, 'base' | 'stumps'>,
  binned: readonly BinnedColumn[],
  weight: ArrayLike<number> | undefined,
  rounds: number = grown.stumps.length,
): StumpModel {
  let intercept = grown.base;
  const tables = binned.map((column, j) => {
    const steps = new Float64Array(column.cuts.length + 2);
    for (const stump of grown.stumps.slice(0, rounds)) {
      if (stump.column !== j) continue;
      steps[0] = steps[0]! + stump.missing;
      for (let code = 1; code < steps.length; code++) {
        steps[code] = steps[code]! + (code <= stump.upTo ? stump.below : stump.above);
      }
    }
    const mean = meanOf(column.codes, steps, weight);
    intercept += mean;
    return tableOf(column.cuts, steps, mean);
  });
  return { intercept, tables };
}

/** A column's part for a value; `NaN`: missing. */
export function stepAt(table: StepTable, value: number): number {
  return Number.isNaN(value) ? table.missing : table.values[binOf(table.cuts, value)]!;
}

/** Log-odds of every row of a row-by-row matrix with as many columns as the model has tables. */
export function predictStumps(model: StumpModel, x: Float64Array): Float64Array {
  const columns = model.tables.length;
  const count = columns === 0 ? 0 : x.length / columns;
  const logOdds = new Float64Array(count).fill(model.intercept);
  model.tables.forEach((table, j) => {
    for (let i = 0; i < count; i++) logOdds[i] = logOdds[i]! + stepAt(table, x[i * columns + j]!);
  });
  return logOdds;
}

function meanOf(codes: Uint8Array, steps: Float64Array, weight: ArrayLike<number> | undefined): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < codes.length; i++) {
    const w = weight?.[i] ?? 1;
    sum += w * steps[codes[i]!]!;
    total += w;
  }
  return sum / total;
}

/** Neighbouring bins with the same step are one. */
function tableOf(cuts: Float64Array, steps: Float64Array, mean: number): StepTable {
  const kept: number[] = [];
  const values = [steps[1]! - mean];
  cuts.forEach((cut, k) => {
    if (steps[k + 2] === steps[k + 1]) return;
    kept.push(cut);
    values.push(steps[k + 2]! - mean);
  });
  return { cuts: kept, values, missing: steps[0]! - mean };
}
