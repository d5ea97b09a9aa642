import { type FitControl, type FitRefusal, refuseFit } from '../fit.ts';
import { checkLogistic } from './check-logistic.ts';
import { invertCholesky, logDeterminant } from './cholesky.ts';
import { type GaussianPrior, priorsOf } from './gaussian-prior.ts';
import type { LogisticRows } from './logistic-rows.ts';
import { type NewtonEnd, newton } from './newton.ts';
import { MANY, warmStart } from './warm-start.ts';

export interface LogisticOptions {
  /** One for each column; left out: flat, plain maximum likelihood. */
  readonly prior?: readonly GaussianPrior[];
  /** Left out: flat. */
  readonly interceptPrior?: GaussianPrior;
  /** What the columns are called in a refusal. */
  readonly names?: readonly string[];
  /** Default 50. */
  readonly maxIterations?: number;
  readonly control?: FitControl;
}

/** The mode of the posterior (the maximum likelihood where priors are flat) and its curvature. Plain data. */
export interface LogisticFit {
  readonly fitted: true;
  readonly intercept: number;
  readonly coefficients: readonly number[];
  /** Of the intercept, then of each coefficient. */
  readonly standardErrors: readonly number[];
  /** Full, row by row, intercept first: the inverse of minus the Hessian of the log posterior. */
  readonly covariance: readonly number[];
  /** Natural logarithm, weights counted, prior not. */
  readonly logLikelihood: number;
  /**
   * Laplace's approximation of log p(outcomes). A flat prior counts as density 1, so evidence compares only fits that
   * are flat in the same columns.
   */
  readonly logEvidence: number;
  /** Newton steps on all rows. */
  readonly iterations: number;
}

/**
 * Logistic regression with an intercept, weights, an offset and Gaussian priors, by Newton's method; from 20,000 rows on
 * a fit of a part of them shows the way. Refuses what has no finite answer, with the reason; `NaN` is refused, not left
 * out. Columns whose mean is over 1e6 standard deviations from 0 should be centred first. Sources: McCullagh and Nelder,
 * Generalized Linear Models, ch. 4; MacKay 1992, The Evidence Framework Applied to Classification Networks.
 *
 * @example
 * fitLogistic({ count: 4, columns: 1, x: Float64Array.of(0, 0, 1, 1), outcome: Uint8Array.of(0, 1, 0, 1) })
 * // { fitted: true, intercept: 0, coefficients: [0], logLikelihood: -2.77, ... }
 */
export function fitLogistic(rows: LogisticRows, options: LogisticOptions = {}): LogisticFit | FitRefusal {
  const priors = priorsOf(rows.columns, options.prior, options.interceptPrior);
  const nameOf = (column: number) => options.names?.[column] ?? `column ${column + 1}`;
  const checked = checkLogistic(rows, priors, nameOf);
  if ('fitted' in checked) return checked;
  const { maxIterations = 50, control } = options;
  const start = warmStart(rows, priors, checked, control);
  // with many rows a step more would cost as much as all before and change only digits beyond the sixth of the errors
  const small = rows.count < MANY ? 1e-9 : 1e-4;
  const end = newton(rows, priors, start, { ...checked, small, maxIterations, nameOf, ...(control && { control }) });
  if ('fitted' in end) return end;
  control?.onProgress?.(1);
  return summarise(end, priors);
}

function summarise(end: NewtonEnd, priors: readonly GaussianPrior[]): LogisticFit | FitRefusal {
  const n = end.beta.length;
  const covariance = invertCholesky(end.factor, n);
  const standardErrors = Array.from(end.beta, (_, j) => Math.sqrt(covariance[j * n + j]!));
  if (!standardErrors.every(Number.isFinite))
    return refuseFit('not-converged', 'The curvature is not a finite number.');
  return {
    fitted: true,
    intercept: end.beta[0]!,
    coefficients: Array.from(end.beta.subarray(1)),
    standardErrors,
    covariance: Array.from(covariance),
    logLikelihood: end.logLikelihood,
    logEvidence: end.logLikelihood + logPrior(end.beta, priors) - logDeterminant(end.factor, n) / 2,
    iterations: end.iterations,
  };
}

/** Prior density at the mode times (2 pi)^(n/2), in logarithms. */
function logPrior(beta: Float64Array, priors: readonly GaussianPrior[]): number {
  return priors.reduce((sum, { mean, precision }, j) => {
    if (precision === 0) return sum + Math.log(2 * Math.PI) / 2;
    return sum + Math.log(precision) / 2 - (precision * (beta[j]! - mean) ** 2) / 2;
  }, 0);
}
