import type { Mode } from './find-mode.ts';
import type { FittedPosterior, PosteriorComponent } from './fit-posterior.ts';
import { type PointsPrior, priorSlopeVariance, slopeMoments } from './points-prior.ts';
import type { PosteriorDesign } from './posterior-design.ts';

/** A mode with its prior and its covariance (full, `q` x `q`). */
interface Component {
  readonly prior: PointsPrior;
  readonly mode: Mode;
  readonly covariance: Float64Array;
}

/**
 * Averages the modes by evidence times prior: the mean, and the covariance within plus between components, taken from
 * the design's units back to the columns' own.
 */
export function mixModes(design: PosteriorDesign, components: readonly Component[]): FittedPosterior {
  const { p, q } = design;
  const weights = evidenceWeights(components);
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
  const slopes = components.map((it) => slopeOf(it, design));
  return {
    fitted: true,
    intercept: mean[0]!,
    weights: Float64Array.from({ length: p }, (_, j) => mean[1 + j]! / design.columns[j]!.scale),
    missing: Float64Array.from(design.missingAt, (at) => (at < 0 ? 0 : mean[at]!)),
    treatment: design.treatedAt < 0 ? 0 : mean[design.treatedAt]!,
    covariance: inColumnUnits(design, covariance),
    components: components.map(
      ({ prior }, c): PosteriorComponent => ({ tau: prior.tau, slope: slopes[c]!.mean, weight: weights[c]! }),
    ),
    means: Float64Array.from(design.columns, (it) => it.mean),
    learned: { slope: slopeLearned(slopes, weights), weights: weightsLearned(components, weights, p) },
  };
}

/** Posterior probability of each width. A priori a width is the less likely the larger it is: 1 / tau (log-uniform in scale). */
function evidenceWeights(components: readonly Component[]): Float64Array {
  const logs = components.map(({ prior, mode }) => mode.logEvidence - Math.log(prior.tau));
  const most = Math.max(...logs);
  const raw = Float64Array.from(logs, (it) => Math.exp(it - most));
  const sum = raw.reduce((total, it) => total + it, 0);
  return raw.map((it) => it / sum);
}

function slopeOf({ prior, mode, covariance }: Component, { p, q }: PosteriorDesign) {
  const { mean, variance, perProduct } = slopeMoments(prior, mode.theta);
  let spread = 0;
  for (let j = 0; j < p; j++) {
    for (let k = 0; k < p; k++) spread += prior.points[j]! * prior.points[k]! * covariance[(1 + j) * q + 1 + k]!;
  }
  return { mean, variance: variance + perProduct ** 2 * spread };
}

function slopeLearned(slopes: readonly { mean: number; variance: number }[], weights: Float64Array): number {
  const mean = slopes.reduce((sum, it, c) => sum + weights[c]! * it.mean, 0);
  const variance = slopes.reduce((sum, it, c) => sum + weights[c]! * (it.variance + (it.mean - mean) ** 2), 0);
  return Math.max(0, 1 - variance / priorSlopeVariance());
}

/** Share of the weights' variance about the points that the outcomes removed: none while the points themselves fit best. */
function weightsLearned(components: readonly Component[], weights: Float64Array, p: number): number {
  if (p === 0) return 0;
  return components.reduce((sum, { prior, mode, covariance }, c) => {
    const q = mode.theta.length;
    let left = 0;
    for (let j = 1; j <= p; j++) left += Math.min(1, covariance[j * q + j]! / prior.tau ** 2);
    return sum + weights[c]! * (1 - left / p);
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
