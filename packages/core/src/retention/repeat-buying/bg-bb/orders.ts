import { betaln } from '../../../stats/special/index.ts';
import { discountedSurvival } from '../../contract-cohorts/discounted-survival.ts';
import type { BgBbStanding } from './standing.ts';

/** The chance to be active on the next occasion: the paper's P(alive at n + 1). */
export function activeBgBb({ active, gamma, delta }: BgBbStanding): number {
  return (active * delta) / (gamma + delta);
}

/**
 * Expected orders on the next `t` occasions: the sum of the chances to be active, times the chance to order. Source:
 * FHS 2010.
 */
export function expectedBgBb({ active, alpha, beta, gamma, delta }: BgBbStanding, t: number): number {
  let lives = 1;
  let sum = 0;
  for (let k = 0; k < t; k++) {
    lives *= (delta + k) / (gamma + delta + k);
    sum += lives;
  }
  return (active * sum * alpha) / (alpha + beta);
}

/** The chance of at least one order on the next `t` occasions. */
export function anyBgBb(standing: BgBbStanding, t: number): number {
  const { active, alpha, beta, gamma, delta } = standing;
  // the first order comes on occasion k + 1
  let waits = alpha / (alpha + beta);
  let lives = delta / (gamma + delta);
  let sum = 0;
  for (let k = 0; k < t; k++) {
    sum += waits * lives;
    waits *= (beta + k) / (alpha + beta + k + 1);
    lives *= (delta + k + 1) / (gamma + delta + k + 1);
  }
  return active * sum;
}

/**
 * The chance of exactly `count` orders on the next `t` occasions. Source: FHS 2010 with the standing's
 * parameters.
 */
export function countBgBb(standing: BgBbStanding, t: number, count: number): number {
  const { active, alpha, beta, gamma, delta } = standing;
  const inactive = count === 0 ? 1 - active : 0;
  if (count > t) return 0;
  const none = betaln(alpha, beta) + betaln(gamma, delta);
  const placed = (n: number, gone: 0 | 1) =>
    Math.exp(logChoose(n, count) + betaln(alpha + count, beta + n - count) + betaln(gamma + gone, delta + n) - none);
  let sum = placed(t, 0);
  for (let n = count; n < t; n++) sum += placed(n, 1);
  return inactive + active * sum;
}

/** Expected orders on the next `t` occasions, those of the k-th times (1 + d)^-k. */
export function discountedBgBb({ active, alpha, beta, gamma, delta }: BgBbStanding, t: number, rate: number): number {
  let worth = 1;
  let sum = 0;
  for (let k = 0; k < t; k++) {
    worth *= (delta + k) / ((gamma + delta + k) * (1 + rate));
    sum += worth;
  }
  return (active * sum * alpha) / (alpha + beta);
}

/**
 * Discounted expected residual orders (DERT): all from now on, one on the next occasion worth 1 / (1 + d).
 *
 * Source: Fader, Hardie and Shang 2010, as a sum of chances to be active.
 */
export function residualBgBb({ active, alpha, beta, gamma, delta }: BgBbStanding, rate: number): number {
  return (active * alpha * discountedSurvival(gamma, delta, rate)) / ((alpha + beta) * (1 + rate));
}

function logChoose(n: number, k: number): number {
  return -Math.log(n + 1) - betaln(k + 1, n - k + 1);
}
