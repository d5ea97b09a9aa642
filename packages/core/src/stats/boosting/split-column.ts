import type { TrainingColumn } from './training-column.ts';

export interface LeafRules {
  /** Added to the curvature of every leaf: pulls small leaves to 0. */
  readonly ridge: number;
  /** The least curvature, the sum of weight p (1 - p), that a leaf is made of. */
  readonly leafCurvature: number;
}

/** Where a column is split and the Newton step of each side. */
export interface Split {
  /** The last code below the cut; with every known value below it, only missing and known are told apart. */
  readonly upTo: number;
  readonly below: number;
  readonly above: number;
  /** Missing is a side of its own: 0 when too few rows speak for it. */
  readonly missing: number;
  /** How much the expansion of the log-loss falls (twice), beyond one step for all rows. */
  readonly gain: number;
}

/** The best split of a column, `undefined` when none leaves enough on both sides. `slopes`: gradient, curvature by row. */
export function splitColumn(
  column: TrainingColumn,
  slopes: Float64Array,
  [gradient, curvature]: readonly [number, number],
  { ridge, leafCurvature }: LeafRules,
): Split | undefined {
  const { bins, sums } = column;
  sumBins(column, slopes, gradient, curvature);
  const missingCounts = sums[1]! >= leafCurvature;
  const missingScore = missingCounts ? (sums[0]! * sums[0]!) / (sums[1]! + ridge) : 0;
  const knownGradient = gradient - sums[0]!;
  const knownCurvature = curvature - sums[1]!;
  let g = 0;
  let h = 0;
  let best = -1;
  let bestScore = Number.NEGATIVE_INFINITY;
  let bestGradient = 0;
  let bestCurvature = 0;
  for (let code = 1; code <= bins; code++) {
    g += sums[2 * code]!;
    h += sums[2 * code + 1]!;
    const whole = code === bins;
    const restG = whole ? 0 : knownGradient - g;
    const restH = whole ? 0 : knownCurvature - h;
    if (h < leafCurvature || (whole ? !missingCounts : restH < leafCurvature)) continue;
    const score = (g * g) / (h + ridge) + (whole ? 0 : (restG * restG) / (restH + ridge));
    if (score <= bestScore) continue;
    best = code;
    bestScore = score;
    bestGradient = g;
    bestCurvature = h;
  }
  if (best < 0) return undefined;
  const restCurvature = knownCurvature - bestCurvature;
  return {
    upTo: best,
    below: bestGradient / (bestCurvature + ridge),
    above: best === bins ? 0 : (knownGradient - bestGradient) / (restCurvature + ridge),
    missing: missingCounts ? sums[0]! / (sums[1]! + ridge) : 0,
    gain: bestScore + missingScore - (gradient * gradient) / (curvature + ridge),
  };
}

function sumBins(column: TrainingColumn, slopes: Float64Array, gradient: number, curvature: number): void {
  const { bins, commonest, starts, members, sums } = column;
  let restG = gradient;
  let restH = curvature;
  for (let code = 0; code <= bins; code++) {
    let g = 0;
    let h = 0;
    for (let at = starts[code]!, end = starts[code + 1]!; at < end; at++) {
      const row = 2 * members[at]!;
      g += slopes[row]!;
      h += slopes[row + 1]!;
    }
    sums[2 * code] = g;
    sums[2 * code + 1] = h;
    restG -= g;
    restH -= h;
  }
  sums[2 * commonest] = restG;
  sums[2 * commonest + 1] = Math.max(0, restH);
}
