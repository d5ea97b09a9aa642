import { HALF_LOG_TWO_PI } from './lgamma.ts';

const TWO_OVER_ROOT_PI = 1.1283791670955126;

/** The error function. Source: the series of positive terms DLMF 7.6.2 below 2, `erfc` above. */
export function erf(x: number): number {
  if (Math.abs(x) > 2) return Math.sign(x) * (1 - erfc(Math.abs(x)));
  let term = x;
  let sum = x;
  for (let k = 1; k < 60 && Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
    term *= (2 * x * x) / (2 * k + 1);
    sum += term;
  }
  return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum;
}

/** 1 - erf(x), accurate in the tail. Source: the continued fraction DLMF 7.9.1, from its end. */
export function erfc(x: number): number {
  if (!(x > 1)) return 1 - erf(x);
  if (x > 27.3) return 0;
  const terms = Math.ceil(12 + 130 / (x * x));
  let fraction = x;
  for (let k = terms; k >= 1; k--) fraction = x + k / 2 / fraction;
  return (expOfMinusSquare(x) / fraction) * (TWO_OVER_ROOT_PI / 2);
}

/** exp(-x^2): the square in two parts, since its rounding would be felt in the tail. */
function expOfMinusSquare(x: number): number {
  const coarse = Math.round(x * 65_536) / 65_536;
  return Math.exp(-coarse * coarse) * Math.exp(-(x - coarse) * (x + coarse));
}

/** The density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x - HALF_LOG_TWO_PI);
}

/**
 * The probability that a standard normal variable is at most x; relative accuracy in the lower tail.
 *
 * @example normalCdf(-1.959963984540054) // 0.025
 */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2);
}

/**
 * The x below which a standard normal variable falls with probability p; -Infinity at 0, Infinity at 1, `NaN` outside.
 *
 * Source: Abramowitz and Stegun 1972, 26.2.23 as the start, then Halley's method on `normalCdf`.
 *
 * @example normalQuantile(0.95) // 1.6448536269514722
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0.5) return 0;
  if (p > 0.5) return p === 1 ? Number.POSITIVE_INFINITY : 0 - normalQuantile(1 - p);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  const t = Math.sqrt(-2 * Math.log(p));
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let k = 0; k < 2; k++) {
    const step = (normalCdf(x) - p) / normalDensity(x);
    x -= step / (1 + 0.5 * x * step);
  }
  return x;
}

/** The 95 % point of the normal distribution: half the width of a two-sided 90 % interval, in standard deviations. */
export const Z90 = 1.6448536269514722;
