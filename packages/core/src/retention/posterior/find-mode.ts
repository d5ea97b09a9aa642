import { choleskyInPlace, logDeterminant, solveCholesky } from '../../stats/linear/index.ts';
import { evaluateLikelihood, type LikelihoodPass, type LogisticRows, newPass } from './log-likelihood.ts';
import { addPrior, type PointsPrior, priorCentre } from './points-prior.ts';

/** The mode under one prior: where, how good (Laplace), and the curvature there. */
export interface Mode {
  readonly theta: Float64Array;
  /** Log evidence by Laplace, up to a constant that all widths share. */
  readonly logEvidence: number;
  /** Cholesky factor of the negative Hessian of the log posterior (lower triangle). */
  readonly factor: Float64Array;
  /** Negative Hessian of the log-likelihood alone (lower triangle). */
  readonly information: Float64Array;
  readonly iterations: number;
}

/** What one search leaves for the next: where it ended and the curvature there. */
export interface ModeRoom {
  readonly pass: LikelihoodPass;
  theta?: Float64Array;
  warm: boolean;
}

const MAX_STEPS = 200;
const STEP_TOLERANCE = 1e-11;

/**
 * Maximises the log-likelihood plus the log prior, both concave, by Newton's method. The curvature is kept
 * from step to step, and from one prior to the next, for as long as the gradient falls at least fourfold a step.
 */
export function findMode(rows: LogisticRows, prior: PointsPrior, room: ModeRoom): Mode {
  const { q } = rows;
  const { pass } = room;
  const theta = room.warm ? Float64Array.from(room.theta!) : priorCentre(prior);
  const gradient = new Float64Array(q);
  const factor = new Float64Array(q * q);
  const trial = newPass(q);
  let value = posteriorAt(rows, prior, theta, pass, gradient, !room.warm);
  let size = norm(gradient);
  let steps = 0;
  let fresh = !room.warm;
  for (; steps < MAX_STEPS; steps++) {
    curvatureAt(prior, theta, pass, factor);
    const step = Float64Array.from(gradient);
    solveCholesky(factor, q, step);
    if (largest(step) < STEP_TOLERANCE) break;
    const moved = move(theta, step, 1);
    const next = posteriorAt(rows, prior, moved, trial, trial.gradient, false);
    const nextSize = norm(trial.gradient);
    if (next >= value - 1e-9 * Math.abs(value) && nextSize <= 0.25 * size) {
      theta.set(moved);
      gradient.set(trial.gradient);
      value = next;
      size = nextSize;
      fresh = false;
      continue;
    }
    if (!fresh) {
      // the kept curvature is no longer good enough: take it anew where we stand
      value = posteriorAt(rows, prior, theta, pass, gradient, true);
      size = norm(gradient);
      fresh = true;
      if (size < 1e-13) break;
      continue;
    }
    const length = backtrack(rows, prior, theta, step, value, trial);
    if (length === 0) break;
    theta.set(move(theta, step, length));
    value = posteriorAt(rows, prior, theta, pass, gradient, true);
    size = norm(gradient);
  }
  if (!fresh) value = posteriorAt(rows, prior, theta, pass, gradient, true);
  room.theta = theta;
  room.warm = true;
  curvatureAt(prior, theta, pass, factor);
  const information = Float64Array.from(pass.hessian);
  return { theta, logEvidence: value - 0.5 * logDeterminant(factor, q), factor, information, iterations: steps };
}

function posteriorAt(
  rows: LogisticRows,
  prior: PointsPrior,
  theta: Float64Array,
  pass: LikelihoodPass,
  gradient: Float64Array,
  hessian: boolean,
): number {
  evaluateLikelihood(rows, theta, pass, hessian);
  const { value } = pass;
  for (let j = 0; j < gradient.length; j++) gradient[j] = pass.gradient[j]!;
  return value + addPrior(prior, theta, gradient, null);
}

function curvatureAt(prior: PointsPrior, theta: Float64Array, pass: LikelihoodPass, out: Float64Array): void {
  const { q } = prior;
  for (let k = 0; k < out.length; k++) out[k] = pass.hessian[k]!;
  addPrior(prior, theta, new Float64Array(q), out);
  choleskyInPlace(out, q);
}

/** Halves the step until the posterior rises; 0 when no length does, which rounding alone can cause at the mode. */
function backtrack(
  rows: LogisticRows,
  prior: PointsPrior,
  theta: Float64Array,
  step: Float64Array,
  value: number,
  trial: LikelihoodPass,
): number {
  for (let length = 1; length > 1e-12; length /= 2) {
    if (posteriorAt(rows, prior, move(theta, step, length), trial, new Float64Array(theta.length), false) > value) {
      return length;
    }
  }
  return 0;
}

function move(theta: Float64Array, step: Float64Array, length: number): Float64Array {
  return theta.map((it, j) => it + length * step[j]!);
}

function norm(v: Float64Array): number {
  return Math.sqrt(v.reduce((sum, it) => sum + it * it, 0));
}

function largest(v: Float64Array): number {
  return v.reduce((most, it) => Math.max(most, Math.abs(it)), 0);
}
