import type { BinnedColumn } from '../../stats/boosting/bin-columns.ts';
import { type Grown, type GrowOptions, growStumps, stumpStep } from '../../stats/boosting/grow-stumps.ts';
import { log1pExp } from '../../stats/special/index.ts';
import type { ChallengerRows } from './challenger.ts';

/** Stumps grown without one fold, and the rows of that fold. */
export interface HeldOut {
  readonly rows: Int32Array;
  readonly grown: Grown;
}

/** Grows stumps once without each fold. */
export function growWithoutEach(
  binned: readonly BinnedColumn[],
  { lost, weight }: ChallengerRows,
  foldOf: Int32Array,
  folds: number,
  options: (fold: number) => GrowOptions,
): readonly HeldOut[] {
  const all = Int32Array.from(foldOf, (_, i) => i);
  return Array.from({ length: folds }, (_, fold) => {
    const train = all.filter((i) => foldOf[i] !== fold);
    const grown = growStumps(binned, train, lost, weight, options(fold));
    return { rows: all.filter((i) => foldOf[i] === fold), grown };
  });
}

/** The number of steps after which the held-out rows have the least log-loss: one of `pace`, 2 `pace`, ... `most`. */
export function bestRounds(
  held: readonly HeldOut[],
  binned: readonly BinnedColumn[],
  { lost, weight }: ChallengerRows,
  most: number,
  pace: number,
): number {
  const losses = new Float64Array(Math.max(1, Math.ceil(most / pace)));
  for (const { rows, grown } of held) {
    const logOdds = new Float64Array(rows.length).fill(grown.base);
    losses.forEach((_, mark) => {
      addSteps(logOdds, rows, grown, binned, mark * pace, Math.min(most, (mark + 1) * pace));
      rows.forEach((row, k) => {
        losses[mark] = losses[mark]! + weight[row]! * log1pExp(lost[row] === 1 ? -logOdds[k]! : logOdds[k]!);
      });
    });
  }
  return Math.min(most, (losses.indexOf(Math.min(...losses)) + 1) * pace);
}

/** Every row's log-odds from the stumps that were grown without it. */
export function heldOutLogOdds(
  held: readonly HeldOut[],
  binned: readonly BinnedColumn[],
  count: number,
  rounds: number,
): Float64Array {
  const result = new Float64Array(count);
  for (const { rows, grown } of held) {
    const logOdds = new Float64Array(rows.length).fill(grown.base);
    addSteps(logOdds, rows, grown, binned, 0, rounds);
    rows.forEach((row, k) => {
      result[row] = logOdds[k]!;
    });
  }
  return result;
}

function addSteps(
  logOdds: Float64Array,
  rows: Int32Array,
  grown: Grown,
  binned: readonly BinnedColumn[],
  from: number,
  to: number,
): void {
  for (const stump of grown.stumps.slice(from, to)) {
    const { codes } = binned[stump.column]!;
    for (let k = 0; k < rows.length; k++) logOdds[k] = logOdds[k]! + stumpStep(stump, codes[rows[k]!]!);
  }
}
