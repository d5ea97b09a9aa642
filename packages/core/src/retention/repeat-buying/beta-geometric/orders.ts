import { betaln, incompleteBeta, lgamma } from '../../../stats/special/index.ts';
import { logRising } from '../log-rising.ts';
import { expectedWhileActive } from './expected-while-active.ts';
import type { BetaGeometricStanding } from './standing.ts';

/** Expected orders in the next t. Source: Fader, Hardie and Lee 2005, equations 9 and 10. */
export function expectedBetaGeometric(standing: BetaGeometricStanding, t: number): number {
  return standing.active * expectedWhileActive(standing, t);
}

/** The chance of at least one order in the next t: active, and 1 - (alpha / (alpha + t))^r. */
export function anyBetaGeometric({ active, r, alpha }: BetaGeometricStanding, t: number): number {
  return active * -Math.expm1(-r * Math.log1p(t / alpha));
}

/**
 * The chance of exactly `count` orders in the next t: all of them survived, or dropped out at the last of them.
 *
 * Source: Fader, Hardie and Lee 2005, equation 8; the tail of the negative binomial as an incomplete beta function, so
 * that small chances keep their digits.
 */
export function countBetaGeometric(standing: BetaGeometricStanding, t: number, count: number): number {
  const { active, r, alpha, a, b } = standing;
  const inactive = count === 0 ? 1 - active : 0;
  if (t === 0) return count === 0 ? 1 : 0;
  const z = t / (alpha + t);
  const logRate = logRising(r, count) - lgamma(count + 1) - r * Math.log1p(t / alpha) + count * Math.log(z);
  const survived = Math.exp(logRate + logSurvival(a, b, count));
  if (count === 0 || a === 0) return inactive + active * survived;
  const dropped = Math.exp(logSurvival(a, b, count - 1)) * (a / (a + b + count - 1)) * incompleteBeta(count, r, z);
  return inactive + active * (survived + dropped);
}

/** log of the chance to survive `times` chances to drop out. */
function logSurvival(a: number, b: number, times: number): number {
  return a === 0 || times === 0 ? 0 : betaln(a, b + times) - betaln(a, b);
}
