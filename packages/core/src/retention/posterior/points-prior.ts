import { logNormalCdf } from './log-normal-cdf.ts';

/**
 * The prior of one width `tau`, in the design's units: intercept ~ N(base, baseWidth^2), weights ~ N(s m, tau^2) with
 * s ~ N(slopeCentre, SLOPE_WIDTH^2) cut off below 0, missing states ~ N(0, (MISSING_SHARE tau)^2), treatment ~ N(0, 1).
 * The slope is integrated out exactly: what is left is normal in the weights times Phi(t), t linear in them.
 */
export interface PointsPrior {
  readonly tau: number;
  readonly base: number;
  readonly baseWidth: number;
  /** Points in the design's units, one per column. */
  readonly points: Float64Array;
  readonly p: number;
  /** Positions from here up to `treatedAt` (or the end) are missing states. */
  readonly q: number;
  readonly treatedAt: number;
}

/** Standard deviation of the recalibration slope before any outcome (retention model, 1.2). */
const SLOPE_WIDTH = 0.5;
const MISSING_SHARE = 1;

/** Where the normal lies whose part above 0 has mean 1: points mean what they say until outcomes speak. */
const SLOPE_CENTRE = slopeCentre();

function slopeCentre(): number {
  let centre = 1;
  for (let k = 0; k < 60; k++) centre = 1 - SLOPE_WIDTH * logNormalCdf(centre / SLOPE_WIDTH).slope;
  return centre;
}

/** What the prior says of the slope, given weights: a normal with this mean and precision, cut off below 0. */
function slopeGiven(prior: PointsPrior, theta: Float64Array) {
  const { points, tau, p } = prior;
  let square = 0;
  let product = 0;
  for (let j = 0; j < p; j++) {
    square += points[j]! ** 2;
    product += points[j]! * theta[1 + j]!;
  }
  const precision = 1 / SLOPE_WIDTH ** 2 + square / tau ** 2;
  const mean = (SLOPE_CENTRE / SLOPE_WIDTH ** 2 + product / tau ** 2) / precision;
  return { mean, precision, square, product, root: Math.sqrt(precision) };
}

/** The slope's mean, given weights; 0 when there are no points for it to stretch. */
export function slopeMean(prior: PointsPrior, theta: Float64Array): number {
  const { mean, square, root } = slopeGiven(prior, theta);
  return square === 0 ? 0 : mean + logNormalCdf(mean * root).slope / root;
}

/** Log density at `theta`, its gradient added to `gradient` and its negative Hessian to the lower triangle of `hessian`. */
export function addPrior(
  prior: PointsPrior,
  theta: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array | null,
): number {
  const { tau, base, baseWidth, points, p, q, treatedAt } = prior;
  const { mean, precision, square, product, root } = slopeGiven(prior, theta);
  const inverse = 1 / tau ** 2;
  let value = addNormal(0, theta[0]! - base, baseWidth, q, gradient, hessian);
  // Woodbury: (tau^2 I + width^2 m m')^-1 = I / tau^2 - m m' / (tau^4 precision)
  const along = product - SLOPE_CENTRE * square;
  const t = mean * root;
  const cut = logNormalCdf(t);
  const tPerProduct = inverse / root;
  const bend = cut.slope * (cut.slope + t) * tPerProduct ** 2 - inverse ** 2 / precision;
  let length = 0;
  for (let j = 0; j < p; j++) {
    const delta = theta[1 + j]! - SLOPE_CENTRE * points[j]!;
    length += delta ** 2;
    gradient[1 + j] =
      gradient[1 + j]! - delta * inverse + points[j]! * ((along * inverse ** 2) / precision + cut.slope * tPerProduct);
    if (!hessian) continue;
    const line = (1 + j) * q + 1;
    for (let k = 0; k <= j; k++) hessian[line + k] = hessian[line + k]! + bend * points[j]! * points[k]!;
    hessian[line + j] = hessian[line + j]! + inverse;
  }
  value += -0.5 * (length * inverse - (along * inverse) ** 2 / precision);
  value += -p * Math.log(tau) - 0.5 * Math.log(SLOPE_WIDTH ** 2 * precision);
  value += cut.value - logNormalCdf(SLOPE_CENTRE / SLOPE_WIDTH).value;
  for (let j = 1 + p; j < q; j++) {
    const width = j === treatedAt ? 1 : MISSING_SHARE * tau;
    value += addNormal(j, theta[j]!, width, q, gradient, hessian);
  }
  return value;
}

/** One coordinate's normal: log density up to the constant that all priors of a design share. */
function addNormal(
  at: number,
  delta: number,
  width: number,
  q: number,
  gradient: Float64Array,
  hessian: Float64Array | null,
): number {
  gradient[at] = gradient[at]! - delta / width ** 2;
  if (hessian) hessian[at * q + at] = hessian[at * q + at]! + 1 / width ** 2;
  return -0.5 * (delta / width) ** 2 - Math.log(width);
}

/** The prior's own centre, where a search may start. */
export function priorCentre(prior: PointsPrior): Float64Array {
  const theta = new Float64Array(prior.q);
  theta[0] = prior.base;
  for (let j = 0; j < prior.p; j++) theta[1 + j] = prior.points[j]!;
  return theta;
}
