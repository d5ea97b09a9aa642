import type { FittedPosterior, PosteriorInput } from './fit-posterior.ts';

/** The posterior before any outcome: the points as they stand, uncertain by the prior's widths. */
export function priorOnly(input: PosteriorInput): FittedPosterior {
  const p = input.priorMean.length;
  const size = 1 + 2 * p;
  const covariance = new Float64Array(size * size);
  covariance[0] = (input.options?.baseWidth ?? 1) ** 2;
  for (let j = 1; j <= p; j++) covariance[j * size + j] = (input.options?.pointsWidth ?? 0.5) ** 2;
  return {
    fitted: true,
    intercept: input.priorBase,
    weights: Float64Array.from(input.priorMean),
    missing: new Float64Array(p),
    treatment: 0,
    covariance,
    components: [],
    means: new Float64Array(p),
    learned: 0,
  };
}
