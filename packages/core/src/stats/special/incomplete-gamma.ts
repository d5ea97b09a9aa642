import { logGammaPower } from './beta-power.ts';
import { lgamma } from './lgamma.ts';
import { normalQuantile } from './normal.ts';

const PRECISION = 1e-17;
const MOST_TERMS = 100_000;

/**
 * The regularised lower incomplete gamma function P(a, x), the probability that a Gamma(a, rate 1) variable is at most x.
 * a > 0; 0 for x <= 0. Source: the series DLMF 8.7.1 below a + 1, the continued fraction DLMF 8.9.2 above.
 */
export function incompleteGamma(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 0;
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

/** Its complement Q(a, x) = 1 - P(a, x), accurate in the tail. */
export function incompleteGammaTail(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

/**
 * The p-value of a chi-square statistic: the probability that a chi-square variable with `degrees` degrees of freedom exceeds
 * it. Source: chi-square/2 is Gamma(degrees / 2).
 *
 * @example chiSquareTail(3.841458820694124, 1) // 0.05
 */
export function chiSquareTail(statistic: number, degrees: number): number {
  return incompleteGammaTail(degrees / 2, statistic / 2);
}

/**
 * The value that a chi-square variable stays below with probability p. 0 at p = 0, Infinity at 1, `NaN` outside.
 *
 * Source: Wilson and Hilferty 1931 as the start, then Newton's method within a bracket.
 *
 * @example chiSquareQuantile(0.95, 1) // 3.841458820694124
 */
export function chiSquareQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p <= 1 && degrees > 0)) return Number.NaN;
  if (p === 0 || p === 1) return p === 0 ? 0 : Number.POSITIVE_INFINITY;
  const a = degrees / 2;
  const third = 1 / (9 * a);
  const root = 1 - third + normalQuantile(p) * Math.sqrt(third);
  // far down the lower tail P(a, x) is x^a / Gamma(a + 1)
  let x = root > 0.1 ? a * root ** 3 : Math.exp((Math.log(p) + lgamma(a + 1)) / a);
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  for (let step = 0; step < 200; step++) {
    const excess = p > 0.5 ? 1 - p - incompleteGammaTail(a, x) : incompleteGamma(a, x) - p;
    if (excess > 0) high = x;
    else low = x;
    const next = x - (excess * x) / Math.exp(logGammaPower(a, x));
    const inside = next > low && next < high ? next : high === Number.POSITIVE_INFINITY ? 2 * x : (low + high) / 2;
    if (Math.abs(inside - x) <= 1e-15 * x) return 2 * inside;
    x = inside;
  }
  return 2 * x;
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < MOST_TERMS && term > sum * PRECISION; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return Math.exp(logGammaPower(a, x)) * sum;
}

function upperFraction(a: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < MOST_TERMS; k++) {
    const step = -k * (k - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return Math.exp(logGammaPower(a, x)) * value;
}
