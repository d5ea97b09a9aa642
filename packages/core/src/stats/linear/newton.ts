import { type FitControl, type FitRefusal, refuseFit } from '../fit.ts';
import { choleskyInPlace, solveCholesky } from './cholesky.ts';
import { addPriorPenalty, type GaussianPrior } from './gaussian-prior.ts';
import { logisticPass } from './logistic-pass.ts';
import type { LogisticRows } from './logistic-rows.ts';
import { madeUpColumn, separates } from './separation.ts';

/** Where Newton's method ended; `factor` is the Cholesky factor of minus the Hessian of the log posterior there. */
export interface NewtonEnd {
  readonly beta: Float64Array;
  readonly factor: Float64Array;
  readonly logLikelihood: number;
  readonly iterations: number;
}

export interface NewtonOptions {
  /** The largest |x| of each column, intercept first. */
  readonly largest: Float64Array;
  /** A step that moves the rows' log-odds by no more than this (root mean square) is the last: what is left is its square. */
  readonly small: number;
  readonly maxIterations: number;
  readonly nameOf: (column: number) => string;
  readonly control?: FitControl;
}

/** With data that are separable a step moves some row by about 1 for ever; no row may move by more than this. */
const SMALL_ANYWHERE = 1e-3;
/** Rounding may keep steps above that in columns far from 0; then they must have stopped shrinking below this. */
const ROUNDING = 1e-4;
/** Where a maximum exists it is mostly reached in fewer steps; from here on every step is held against separation. */
const LATE = 8;

/** Newton's method with halved steps on the log posterior. */
export function newton(
  rows: LogisticRows,
  priors: readonly GaussianPrior[],
  start: Float64Array,
  options: NewtonOptions,
): NewtonEnd | FitRefusal {
  const n = start.length;
  let beta: Float64Array = Float64Array.from(start);
  let step: Float64Array = new Float64Array(n);
  let before = Number.POSITIVE_INFINITY;
  let lastMove = Number.POSITIVE_INFINITY;
  const gradient = new Float64Array(n);
  const factor = new Float64Array(n * n);

  for (let iteration = 1, halved = 0; iteration <= options.maxIterations; iteration++) {
    if (options.control?.signal?.aborted) return refuseFit('cancelled', 'The fit was cancelled.');
    const logLikelihood = logisticPass(rows, beta, gradient, factor);
    for (let j = 0; j < n; j++) gradient[j] = -gradient[j]!;
    const value = addPriorPenalty(priors, beta, gradient, factor) - logLikelihood;
    if (!(value <= before + 1e-12 * Math.abs(before)) && halved < 30) {
      halved++;
      iteration--;
      for (let j = 0; j < n; j++) {
        step[j] = step[j]! / 2;
        beta[j] = beta[j]! - step[j]!;
      }
      continue;
    }
    halved = 0;
    before = value;
    if (!choleskyInPlace(factor, n)) return explainSingular(rows, priors, step, iteration, options);
    step = gradient.map((entry) => -entry);
    solveCholesky(factor, n, step);
    const move = step.reduce((sum, entry, j) => sum + Math.abs(entry) * options.largest[j]!, 0);
    // g'H^-1 g is the sum of step squared times W over the rows; the first entry of H the sum of W (and a prior)
    const gain = step.reduce((sum, entry, j) => sum - entry * gradient[j]!, 0);
    const small = Math.sqrt(gain) <= options.small * factor[0]! && move <= SMALL_ANYWHERE;
    beta = beta.map((entry, j) => entry + step[j]!);
    if (small || (move < ROUNDING && move >= lastMove / 2)) {
      return { beta, factor, logLikelihood: logLikelihood + gain / 2, iterations: iteration };
    }
    if (iteration >= LATE && separates(rows, priors, step)) return explainSeparation(rows, step, options);
    lastMove = move;
    options.control?.onProgress?.(Math.min(0.95, iteration / LATE));
  }
  return refuseFit('not-converged', `No maximum after ${options.maxIterations} steps. Standardise the columns.`);
}

function explainSingular(
  rows: LogisticRows,
  priors: readonly GaussianPrior[],
  step: Float64Array,
  iteration: number,
  options: NewtonOptions,
): FitRefusal {
  if (iteration > 1 && separates(rows, priors, step)) return explainSeparation(rows, step, options);
  const column = madeUpColumn(rows, priors);
  if (column === undefined) {
    return refuseFit(
      'not-converged',
      'The curvature vanished on the way. Standardise the columns or give them a prior.',
    );
  }
  const name = column === 0 ? 'The intercept' : options.nameOf(column - 1);
  return refuseFit(
    'constant-column',
    `${name} is made up of the columns before it and the intercept. Leave it out or give it a prior.`,
  );
}

function explainSeparation(rows: LogisticRows, step: Float64Array, options: NewtonOptions): FitRefusal {
  const weights = Array.from(step, (entry, j) => Math.abs(entry) * options.largest[j]!).slice(1);
  const most = Math.max(0, ...weights);
  const names = weights.flatMap((weight, j) => (weight > most / 1000 ? [options.nameOf(j)] : []));
  const which = names.length > 5 ? `${names.slice(0, 5).join(', ')} and others` : names.join(', ');
  return refuseFit(
    'separable',
    `Some or all of the ${rows.count} outcomes follow from ${which} without a doubt: the best weight is infinite. Give it a prior or leave it out.`,
  );
}
