import type { FitControl, FitRefusal } from '../fit.ts';
import { minimise } from '../optimise/minimise.ts';
import type { CheckedLogistic } from './check-logistic.ts';
import { solveCholesky } from './cholesky.ts';
import { addPriorPenalty, type GaussianPrior } from './gaussian-prior.ts';
import { logisticPass } from './logistic-pass.ts';
import type { LogisticRows } from './logistic-rows.ts';
import { type NewtonEnd, type NewtonOptions, newton } from './newton.ts';

/** From so many rows on a sample is fitted first. */
export const MANY = 20_000;
/** A sample of more rows is itself led by a sample of its own. */
const FEW = 4096;
const SHARE = 1 / 8;

/**
 * Where Newton's method starts. With few rows: at the base rate and the prior's means. With many: evenly spread rows are
 * fitted first, and their curvature steers a few cheap passes over all rows; so the dear second derivatives of all rows
 * are needed once. When the sample has no answer of its own, the start is the plain one.
 */
export function warmStart(
  rows: LogisticRows,
  priors: readonly GaussianPrior[],
  checked: CheckedLogistic,
  control: FitControl | undefined,
): Float64Array {
  const plain = Float64Array.from(priors, (prior, j) =>
    j === 0 && prior.precision === 0 ? checked.baseLogOdds : prior.mean,
  );
  if (rows.count < MANY) return plain;
  const quiet = control?.signal && { control: { signal: control.signal } };
  const options = { largest: checked.largest, maxIterations: 20, small: 1e-2, nameOf: String, ...quiet };
  const sample = fitSample(rows, priors, plain, options);
  if ('fitted' in sample) return plain;
  const found = minimise((beta, gradient) => objective(rows, priors, beta, gradient), sample.beta, {
    tolerance: 1e-5,
    maxIterations: 15,
    precondition: (gradient) => {
      solveCholesky(sample.factor, gradient.length, gradient);
      for (let j = 0; j < gradient.length; j++) gradient[j] = gradient[j]! * SHARE;
    },
    ...quiet,
  });
  return found.x;
}

/** The fit of every eighth row, from that of every eighth of them, and so on. */
function fitSample(
  rows: LogisticRows,
  priors: readonly GaussianPrior[],
  plain: Float64Array,
  options: NewtonOptions,
): NewtonEnd | FitRefusal {
  const sampled = spreadRows(rows, Math.round(rows.count * SHARE));
  const thinned = priors.map((prior) => ({ mean: prior.mean, precision: prior.precision * SHARE }));
  if (sampled.count <= FEW) return newton(sampled, thinned, plain, options);
  const leader = fitSample(sampled, thinned, plain, options);
  return newton(sampled, thinned, 'fitted' in leader ? plain : leader.beta, options);
}

function objective(
  rows: LogisticRows,
  priors: readonly GaussianPrior[],
  beta: Float64Array,
  gradient: Float64Array,
): number {
  const logLikelihood = logisticPass(rows, beta, gradient);
  for (let j = 0; j < gradient.length; j++) gradient[j] = -gradient[j]!;
  return addPriorPenalty(priors, beta, gradient) - logLikelihood;
}

function spreadRows({ count, columns, x, outcome, weight, offset }: LogisticRows, size: number): LogisticRows {
  const rows = Int32Array.from({ length: size }, (_, k) => Math.floor(((k + 0.5) * count) / size));
  const values = new Float64Array(size * columns);
  rows.forEach((row, k) => {
    values.set(x.subarray(row * columns, (row + 1) * columns), k * columns);
  });
  const pick = (from: ArrayLike<number>) => Float64Array.from(rows, (row) => from[row]!);
  return {
    count: size,
    columns,
    x: values,
    outcome: pick(outcome),
    weight: weight && pick(weight),
    offset: offset && pick(offset),
  };
}
