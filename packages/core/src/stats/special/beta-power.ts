import { betaln } from './betaln.ts';
import { HALF_LOG_TWO_PI, lgamma } from './lgamma.ts';
import { log1pMinus } from './log1p-minus.ts';
import { stirlingError } from './stirling-error.ts';

/**
 * log of x^a y^b / B(a, b) with y = 1 - x. For large a and b in the saddle-point form, in which terms of the size of a and b
 * never cancel. Source: Loader 2000, "Fast and accurate computation of binomial probabilities".
 */
export function logBetaPower(a: number, b: number, x: number, y: number): number {
  if (Math.min(a, b) < 8) return a * Math.log(x) + b * logOf(y, x) - betaln(a, b);
  const excess = x <= y ? (a + b) * x - a : b - (a + b) * y;
  const corrections = stirlingError(a + b) - stirlingError(a) - stirlingError(b);
  const deviance = a * log1pMinus(excess / a) + b * log1pMinus(-excess / b);
  return deviance + corrections - HALF_LOG_TWO_PI + 0.5 * (Math.log(a) - Math.log1p(a / b));
}

function logOf(y: number, x: number): number {
  return x < 0.5 ? Math.log1p(-x) : Math.log(y);
}

/**
 * log of x^a e^-x / Gamma(a), with the same care for large a. Source: Loader 2000 (the Poisson case).
 */
export function logGammaPower(a: number, x: number): number {
  if (a < 8) return a * Math.log(x) - x - lgamma(a);
  return a * log1pMinus((x - a) / a) + 0.5 * Math.log(a) - HALF_LOG_TWO_PI - stirlingError(a);
}
