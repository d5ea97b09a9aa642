import { type FitControl, type FitRefusal, refuseFit } from '../fit.ts';
import { choleskyInPlace, invertCholesky, solveCholesky } from '../linear/index.ts';
import { dependentColumn } from './covariates.ts';
import { computeDerivatives } from './cox-derivatives.ts';
import type { CoxRows } from './cox-rows.ts';
import { type CoxTerms, computeTerms, emptyTerms, type Ties } from './cox-terms.ts';

const MOST_ITERATIONS = 50;
/** The Newton decrement (twice the log-likelihood still to gain) at which the top is reached. */
const TOLERANCE = 1e-12;
/** Rounding may keep it above that: below this one a decrement that has stopped falling will do. */
const ROUNDED = 1e-10;

/** The top of a partial likelihood, in standardised columns. */
export interface CoxOptimum {
  readonly fitted: true;
  readonly beta: Float64Array;
  /** Inverse information at `beta`, full. */
  readonly covariance: Float64Array;
  readonly terms: CoxTerms;
  readonly logLikelihood: number;
  readonly logLikelihoodNull: number;
  /** Rao's score statistic at 0, and Wald's at `beta`. */
  readonly score: number;
  readonly wald: number;
  readonly iterations: number;
}

/**
 * Newton's method from 0 with halved steps. The log partial likelihood is concave, so what can go wrong is told apart: columns
 * that make each other up, a top at infinity (monotone likelihood), no convergence, a signal to stop. Source: Bryson and
 * Johnson 1981, Technometrics 23:381, for the monotone case.
 */
export function maximiseCox(
  rows: CoxRows,
  ties: Ties,
  names: readonly string[],
  control?: FitControl,
): CoxOptimum | FitRefusal {
  const p = rows.columns;
  const terms = emptyTerms(rows, ties);
  let beta: Float64Array = new Float64Array(p);
  const logLikelihoodNull = computeTerms(rows, beta, terms);
  let logLikelihood = logLikelihoodNull;
  let score = 0;
  let before = Number.POSITIVE_INFINITY;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    if (control?.signal?.aborted) return refuseFit('cancelled', 'The fit was stopped before it was done.');
    const { gradient, information } = computeDerivatives(rows, terms);
    const factor = information.slice();
    if (!choleskyInPlace(factor, p)) return iteration === 0 ? dependent(names, information) : infinite(names, beta);
    const step = gradient.slice();
    solveCholesky(factor, p, step);
    const decrement = dot(gradient, step);
    if (iteration === 0) score = decrement;
    control?.onProgress?.(1 - 0.5 ** iteration);
    if (decrement < TOLERANCE || (decrement < ROUNDED && decrement > before / 2)) {
      // one more step doubles the digits of the coefficients; the information hardly moves with it
      const last = climb(rows, terms, beta, step, logLikelihood);
      if (last) ({ beta, logLikelihood } = last);
      else computeTerms(rows, beta, terms);
      control?.onProgress?.(1);
      const wald = quadratic(information, beta);
      const covariance = invertCholesky(factor, p);
      const top = { beta, covariance, terms, logLikelihood, logLikelihoodNull, score, wald };
      return { fitted: true, ...top, iterations: iteration + 1 };
    }
    before = decrement;
    if (iteration >= 5 && risesForEver(rows, ties, beta, step, logLikelihood)) return infinite(names, step);
    const next = climb(rows, terms, beta, step, logLikelihood);
    if (!next) break;
    beta = next.beta;
    logLikelihood = next.logLikelihood;
  }
  return refuseFit('not-converged', `The partial likelihood found no top: log-likelihood ${logLikelihood.toFixed(4)}.`);
}

/** Leaves `terms` at the new coefficients. */
function climb(
  rows: CoxRows,
  terms: CoxTerms,
  beta: Float64Array,
  step: Float64Array,
  before: number,
): { beta: Float64Array; logLikelihood: number } | undefined {
  for (let share = 1; share > 1e-6; share /= 2) {
    const tried = beta.map((value, j) => value + share * step[j]!);
    const logLikelihood = computeTerms(rows, tried, terms);
    if (logLikelihood >= before - 1e-11 * Math.abs(before)) return { beta: tried, logLikelihood };
  }
  return undefined;
}

/**
 * Whether the likelihood does not fall however far one goes along a step: a finite top has steps that shrink, and going 40
 * units of the linear predictor past it costs. Only steps that still move some row's hazard by a quarter are looked at.
 */
function risesForEver(
  rows: CoxRows,
  ties: Ties,
  beta: Float64Array,
  step: Float64Array,
  logLikelihood: number,
): boolean {
  const spread = spreadAlong(rows, step);
  if (spread < 0.25) return false;
  const far = beta.map((value, j) => value + (40 / spread) * step[j]!);
  return computeTerms(rows, far, emptyTerms(rows, ties)) >= logLikelihood - 1e-6;
}

function spreadAlong({ count, columns, x }: CoxRows, direction: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let place = 0, at = 0; place < count; place++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += x[at++]! * direction[j]!;
    if (sum < low) low = sum;
    if (sum > high) high = sum;
  }
  return high - low;
}

function dependent(names: readonly string[], information: Float64Array): FitRefusal {
  const name = dependentColumn(names, information, choleskyInPlace);
  return refuseFit(
    'constant-column',
    `Column "${name}" adds nothing among the rows at risk at any event (constant there, or made up of the columns before it): leave it out.`,
  );
}

function infinite(names: readonly string[], direction: Float64Array): FitRefusal {
  let most = 0;
  direction.forEach((value, j) => {
    if (Math.abs(value) > Math.abs(direction[most]!)) most = j;
  });
  return refuseFit(
    'separable',
    `The coefficient of "${names[most]}" is infinite: whoever had the event always stood highest (or lowest) in it among those at risk. Merge rare groups or leave it out.`,
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function quadratic(lower: Float64Array, v: Float64Array): number {
  const p = v.length;
  let sum = 0;
  for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) sum += (i === j ? 1 : 2) * lower[i * p + j]! * v[i]! * v[j]!;
  return sum;
}
