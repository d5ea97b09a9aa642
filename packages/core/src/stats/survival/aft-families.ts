import { log1pExp, logistic, normalCdf, normalQuantile } from '../special/index.ts';

/** How log time is spread around its mean: accelerated failure time families. */
export type AftFamily = 'weibull' | 'exponential' | 'log-normal' | 'log-logistic';

/** One error's share of the log-likelihood with its derivatives by the error w: value, slope, and minus the curvature. */
export interface ErrorTerm {
  value: number;
  slope: number;
  bend: number;
}

/** The standard error distribution of a family. All log densities and log survivals are concave in w. */
export interface ErrorDistribution {
  /** log f(w) into `to`. */
  readonly density: (w: number, to: ErrorTerm) => void;
  /** log P(W > w) into `to`. */
  readonly survival: (w: number, to: ErrorTerm) => void;
  /** The w exceeded with probability 1 - p. */
  readonly quantile: (p: number) => number;
}

const HALF_LOG_TWO_PI = 0.9189385332046727;

const extremeValue: ErrorDistribution = {
  density: (w, to) => {
    const e = Math.exp(w);
    to.value = w - e;
    to.slope = 1 - e;
    to.bend = e;
  },
  survival: (w, to) => {
    const e = Math.exp(w);
    to.value = -e;
    to.slope = -e;
    to.bend = e;
  },
  quantile: (p) => Math.log(-Math.log1p(-p)),
};

const normal: ErrorDistribution = {
  density: (w, to) => {
    to.value = -0.5 * w * w - HALF_LOG_TWO_PI;
    to.slope = -w;
    to.bend = 1;
  },
  survival: (w, to) => {
    to.value = logNormalTail(w);
    const hazard = Math.exp(-0.5 * w * w - HALF_LOG_TWO_PI - to.value);
    to.slope = -hazard;
    to.bend = w > FAR ? 1 - 1 / (w * w) : hazard * (hazard - w);
  },
  quantile: normalQuantile,
};

const logisticError: ErrorDistribution = {
  density: (w, to) => {
    const p = logistic(w);
    to.value = w - 2 * log1pExp(w);
    to.slope = 1 - 2 * p;
    to.bend = 2 * p * (1 - p);
  },
  survival: (w, to) => {
    const p = logistic(w);
    to.value = -log1pExp(w);
    to.slope = -p;
    to.bend = p * (1 - p);
  },
  quantile: (p) => Math.log(p) - Math.log1p(-p),
};

/** Beyond it the normal tail is taken from its asymptotic series (Abramowitz and Stegun 1972, 26.2.12). */
const FAR = 30;

function logNormalTail(w: number): number {
  if (w <= FAR) return Math.log(normalCdf(-w));
  const u = 1 / (w * w);
  return -0.5 * w * w - HALF_LOG_TWO_PI - Math.log(w) + Math.log1p(-u * (1 - 3 * u * (1 - 5 * u)));
}

/** Log time is mean + scale x error: extreme value (Weibull; exponential with scale 1), normal or logistic. */
export const errorDistributions: Readonly<Record<AftFamily, ErrorDistribution>> = {
  weibull: extremeValue,
  exponential: extremeValue,
  'log-normal': normal,
  'log-logistic': logisticError,
};
