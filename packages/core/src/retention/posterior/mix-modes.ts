import type { Mode } from './find-mode.ts';
import type { FittedPosterior, PosteriorComponent } from './fit-posterior.ts';
import { type PointsPrior, slopeMean } from './points-prior.ts';
import type { PosteriorDesign } from './posterior-design.ts';

/** A mode with its prior and its covariance (full, `q` x `q`). */
interface Component {
  readonly prior: PointsPrior;
  readonly mode: Mode;
  readonly covariance: Float64Array;
  readonly weight: number;
}

/**
 * Averages the modes by evidence times prior: the mean, and the covariance within plus between components, taken from
 * the design's units back to the columns' own.
 */
export function mixModes(design: PosteriorDesign, components: readonly Component[]): FittedPosterior {
  const { p, q } = design;
  const weights = Float64Array.from(components, (it) => it.weight);
  const mean = new Float64Array(q);
  components.forEach(({ mode }, c) => {
    for (let j = 0; j < q; j++) mean[j] = mean[j]! + weights[c]! * mode.theta[j]!;
  });
  const covariance = new Float64Array(q * q);
  components.forEach(({ mode, covariance: within }, c) => {
    for (let j = 0; j < q; j++) {
      const offJ = mode.theta[j]! - mean[j]!;
      for (let k = 0; k < q; k++) {
        const at = j * q + k;
        covariance[at] = covariance[at]! + weights[c]! * (within[at]! + offJ * (mode.theta[k]! - mean[k]!));
      }
    }
  });
  return {
    fitted: true,
    intercept: mean[0]!,
    weights: Float64Array.from({ length: p }, (_, j) => mean[1 + j]! / design.columns[j]!.scale),
    missing: Float64Array.from(design.missingAt, (at) => (at < 0 ? 0 : mean[at]!)),
    treatment: design.treatedAt < 0 ? 0 : mean[design.treatedAt]!,
    covariance: inColumnUnits(design, covariance),
    components: components.map(
      ({ prior, mode, weight }): PosteriorComponent => ({
        tau: prior.tau,
        slope: slopeMean(prior, mode.theta),
        weight,
      }),
    ),
    means: Float64Array.from(design.columns, (it) => it.mean),
    learned: weightsLearned(components, p),
  };
}

/** Share of the weights' prior variance that the outcomes removed, averaged over weights and components. */
function weightsLearned(components: readonly Component[], p: number): number {
  if (p === 0) return 0;
  return components.reduce((sum, { prior, mode, covariance, weight }) => {
    const q = mode.theta.length;
    let left = 0;
    for (let j = 1; j <= p; j++) left += Math.min(1, covariance[j * q + j]! / prior.tau ** 2);
    return sum + weight * (1 - left / p);
  }, 0);
}

/** From (intercept, weights, missing states, treatment) in the design's units to (intercept, weights, missing) of the columns. */
function inColumnUnits(design: PosteriorDesign, covariance: Float64Array): Float64Array {
  const { p, q, columns, missingAt } = design;
  const size = 1 + 2 * p;
  const out = new Float64Array(size * size);
  const from = [0, ...columns.map((_, j) => 1 + j), ...missingAt];
  const unit = [1, ...columns.map((it) => it.scale), ...columns.map(() => 1)];
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < size; k++) {
      if (from[j]! < 0 || from[k]! < 0) continue;
      out[j * size + k] = covariance[from[j]! * q + from[k]!]! / (unit[j]! * unit[k]!);
    }
  }
  return out;
}
