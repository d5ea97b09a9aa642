import { type FitRefusal, refuseFit } from '../fit.ts';
import { log1pExp, logistic } from '../special/index.ts';
import { type LineCovariance, lineCovariance } from './line-covariance.ts';
import { type LineRows, lineRows } from './line-rows.ts';

const MOST_STEPS = 100;
/** Twice the gain in log-likelihood, relative to it, below which the step taken is the last. */
const SETTLED = 1e-18;
const LEAST_SHARE = 1e-12;
const ROUNDING = 1e-12;

/** log-odds of the outcome = intercept + slope x log-odds of the score. */
export interface PlattFit extends LineCovariance {
  readonly fitted: true;
  readonly slope: number;
  readonly intercept: number;
  readonly logLikelihood: number;
}

/** How rows count in a fit. */
export interface RowOptions {
  /** One weight per row, not negative; without it every row counts 1. */
  readonly weights?: ArrayLike<number>;
  /** One group number per row: rows of a group hang together, and the covariance allows for it (sandwich form). */
  readonly clusters?: ArrayLike<number>;
}

/**
 * The line that calibrates log-odds (outcomes 0 or 1): maximum likelihood, by Newton's method with two coefficients.
 *
 * Refused: no row with weight, log-odds that are not finite, one class, log-odds that are all equal, and events that all lie
 * beyond the others (the slope would be infinite). Source: Platt 1999, "Probabilistic outputs for support vector machines",
 * on the log-odds instead of the margin and without his smoothing of the outcomes.
 */
export function fitPlatt(
  logOdds: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  options: RowOptions = {},
): PlattFit | FitRefusal {
  const rows = lineRows(logOdds, outcomes, options.weights);
  if ('problem' in rows) return rows;
  let a = rows.start;
  let b = 0;
  let value = logLikelihood(rows, a, b);
  for (let step = 0; step < MOST_STEPS; step++) {
    const [da, db, promised] = newtonStep(rows, a, b);
    const size = Math.abs(value);
    // a whole step can overshoot where the curvature is nearly gone; what rounding hides is not a loss
    let share = 1;
    let next = logLikelihood(rows, a + da, b + db);
    while (!(next >= value - ROUNDING * size) && share > LEAST_SHARE) {
      share /= 2;
      next = logLikelihood(rows, a + share * da, b + share * db);
    }
    a += share * da;
    b += share * db;
    value = next;
    if (promised <= SETTLED * size) return finish(rows, a, b, options.clusters);
  }
  return refuseFit('not-converged', 'The calibration line did not settle: scores or weights span too many magnitudes.');
}

/** The calibrated log-odds. */
export function applyPlatt(fit: Pick<PlattFit, 'slope' | 'intercept'>, logOdds: number): number {
  return fit.intercept + fit.slope * logOdds;
}

function logLikelihood({ x, outcomes, weights }: LineRows, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const eta = a + b * x[i]!;
    sum -= weights[i]! * log1pExp(outcomes[i] === 1 ? -eta : eta);
  }
  return sum;
}

/** The two steps, and what they promise to gain (twice). */
function newtonStep({ x, outcomes, weights }: LineRows, a: number, b: number): readonly [number, number, number] {
  let ga = 0;
  let gb = 0;
  let haa = 0;
  let hab = 0;
  let hbb = 0;
  for (let i = 0; i < x.length; i++) {
    const p = logistic(a + b * x[i]!);
    const residual = weights[i]! * (outcomes[i]! - p);
    const curvature = weights[i]! * p * (1 - p);
    ga += residual;
    gb += residual * x[i]!;
    haa += curvature;
    hab += curvature * x[i]!;
    hbb += curvature * x[i]! * x[i]!;
  }
  const determinant = haa * hbb - hab * hab;
  const da = (hbb * ga - hab * gb) / determinant;
  const db = (haa * gb - hab * ga) / determinant;
  return [da, db, da * ga + db * gb];
}

/** Back to the log-odds' own units. */
function finish(rows: LineRows, a: number, b: number, clusters: ArrayLike<number> | undefined): PlattFit | FitRefusal {
  const slope = b / rows.scale;
  const intercept = a - slope * rows.centre;
  const covariance = lineCovariance(rows, a, b, clusters);
  if (![slope, intercept, ...Object.values(covariance)].every(Number.isFinite))
    return refuseFit(
      'not-converged',
      'The calibration line has no finite error: the scores all but part the outcomes.',
    );
  return { fitted: true, slope, intercept, ...covariance, logLikelihood: logLikelihood(rows, a, b) };
}
