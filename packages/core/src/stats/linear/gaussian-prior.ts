/** What is believed of a coefficient beforehand; precision = 1 / variance, 0: nothing (flat). */
export interface GaussianPrior {
  readonly mean: number;
  readonly precision: number;
}

const FLAT: GaussianPrior = { mean: 0, precision: 0 };

/** One prior for the intercept and each of `columns` coefficients, flat where nothing is said. */
export function priorsOf(
  columns: number,
  prior: readonly GaussianPrior[] | undefined,
  interceptPrior: GaussianPrior | undefined,
): readonly GaussianPrior[] {
  return [interceptPrior ?? FLAT, ...Array.from({ length: columns }, (_, j) => prior?.[j] ?? FLAT)];
}

/** Half the sum of precision (beta - mean)^2; adds its gradient and, to the diagonal, its Hessian where given. */
export function addPriorPenalty(
  priors: readonly GaussianPrior[],
  beta: Float64Array,
  gradient: Float64Array,
  hessian?: Float64Array,
): number {
  const n = beta.length;
  let sum = 0;
  for (let j = 0; j < n; j++) {
    const { mean, precision } = priors[j]!;
    const off = beta[j]! - mean;
    sum += (precision * off * off) / 2;
    gradient[j] = gradient[j]! + precision * off;
    if (hessian) hessian[j * n + j] = hessian[j * n + j]! + precision;
  }
  return sum;
}
