import { betaln, lgamma } from '../../stats/special/index.ts';

/** The chance to leave at a renewal is beta(gamma, delta) over the accounts; c is 1 in sBG. */
export interface RenewalShape {
  readonly gamma: number;
  readonly delta: number;
  readonly c: number;
}

/**
 * log S(k): the chance to still be under contract after k renewals, log B(gamma, delta + k^c) - log B(gamma, delta).
 *
 * Source: Fader and Hardie 2007, JIM 21:76 (c = 1); Fader, Hardie, Liu, Davin and Steenburgh 2018, JIM
 * 43:1.
 */
export function logSurvival({ gamma, delta, c }: RenewalShape, k: number): number {
  if (k === 0) return 0;
  const time = k ** c;
  // beyond 1e15 log B(gamma, time) is log Gamma(gamma) - gamma log(time) to the last digit
  const late = time < 1e15 ? betaln(gamma, delta + time) : lgamma(gamma) - gamma * c * Math.log(k);
  return late - betaln(gamma, delta);
}

/** The chance to be lost at the k-th renewal of those that came so far; k from 1. Exact where it is small. */
export function lossAt(shape: RenewalShape, k: number): number {
  const { gamma, delta, c } = shape;
  return c === 1 ? gamma / (gamma + delta + k - 1) : -Math.expm1(logSurvival(shape, k) - logSurvival(shape, k - 1));
}
