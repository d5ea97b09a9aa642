import { lgamma } from '../../../stats/special/index.ts';
import { integrateUnit } from '../../../stats/special/tanh-sinh.ts';
import { logRising } from '../log-rising.ts';
import { integrate } from './gauss-legendre.ts';
import { cutSpan } from './past-drop-out.ts';
import type { ParetoNbdStanding } from './standing.ts';

const PANELS = 4;

/**
 * Expected orders in the next t: active r / alpha times the expected active time.
 *
 * Source: Schmittlein, Morrison and Colombo 1987, Management Science 33:1.
 */
export function expectedParetoNbd({ active, r, alpha, s, beta }: ParetoNbdStanding, t: number): number {
  const log = Math.log1p(t / beta);
  const exponent = (s - 1) * log;
  // -expm1(-e) / e, which is 1 at s = 1
  const share = exponent === 0 ? 1 : -Math.expm1(-exponent) / exponent;
  return (active * r * beta * log * share) / alpha;
}

/** The chance of at least one order in the next t: the density of the first order, integrated. */
export function anyParetoNbd({ active, r, alpha, s, beta }: ParetoNbdStanding, t: number): number {
  if (t === 0) return 0;
  const density = (u: number) => Math.exp(-(r + 1) * Math.log1p(u / alpha) - s * Math.log1p(u / beta));
  const share = (r / alpha) * overTime(density, cutSpan(alpha, r + 1, 0, t), Math.min(alpha, beta));
  return active * Math.min(1, share);
}

/**
 * The chance of exactly `count` orders in the next t: placed while active to the end, or before dropping out at u.
 *
 * Source: Fader and Hardie, "Deriving an Expression for P(X(t) = x) Under the Pareto/NBD Model", before the integral is
 * solved.
 */
export function countParetoNbd(standing: ParetoNbdStanding, t: number, count: number): number {
  const { active, r, alpha, s, beta } = standing;
  if (t === 0) return count === 0 ? 1 : 0;
  const ways = logRising(r, count) - lgamma(count + 1);
  const placed = (u: number) =>
    Math.exp(ways - r * Math.log1p(u / alpha) + (count === 0 ? 0 : count * Math.log(u / (alpha + u))));
  const toTheEnd = placed(t) * Math.exp(-s * Math.log1p(t / beta));
  const dropOut = (u: number) => (s / beta) * Math.exp(-(s + 1) * Math.log1p(u / beta));
  const before = s === 0 ? 0 : overTime((u) => placed(u) * dropOut(u), t, Math.min(alpha, beta));
  return (count === 0 ? 1 - active : 0) + active * (toTheEnd + before);
}

/**
 * Discounted expected residual orders (DERT): all orders from now on, one at time u worth (1 + d)^-u of one now. `rate`
 * is d; the paper's continuous rate is log(1 + d).
 *
 * Source: Fader, Hardie and Lee 2005, "RFM and CLV", JMR 42:415; its confluent hypergeometric function as
 * the integral of e^(-zy) (1 + y)^-s.
 */
export function residualParetoNbd({ active, r, alpha, s, beta }: ParetoNbdStanding, rate: number): number {
  const z = Math.log1p(rate) * beta;
  const time = beta * integrateUnit((v, w) => Math.exp((-z * v) / w - (2 - s) * Math.log(w)));
  return (active * r * time) / alpha;
}

/** The integral over (0, to) in log(scale + u). */
function overTime(f: (u: number) => number, to: number, scale: number): number {
  return integrate((v) => f(scale * Math.expm1(v)) * scale * Math.exp(v), 0, Math.log1p(to / scale), PANELS);
}
