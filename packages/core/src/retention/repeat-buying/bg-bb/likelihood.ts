import { betaln, digamma, logAddExp } from '../../../stats/special/index.ts';
import type { GradientTarget } from '../../maximum-likelihood/target.ts';
import type { OccasionSummary } from '../summary.ts';
import type { TimeBase } from '../time-base.ts';

/** alpha, beta, gamma, delta. */
export type BgBbParameters = readonly [number, number, number, number];

/**
 * log L of one history: active on all n occasions, or dropped out before occasion t_x + i + 1. B(alpha + x, beta + n -
 * x) B(gamma, delta + n) + sum over i < n - t_x of B(alpha + x, beta + t_x - x + i) B(gamma + 1, delta + t_x + i), over
 * B(alpha, beta) B(gamma, delta). Source: Fader, Hardie and Shang 2010, Marketing Science 29:1086.
 */
export function logBgBb(parameters: BgBbParameters, x: number, last: number, n: number): number {
  const [alpha, beta, gamma, delta] = parameters;
  const none = betaln(alpha, beta) + betaln(gamma, delta);
  const stays = betaln(alpha + x, beta + n - x) + betaln(gamma, delta + n) - none;
  if (last === n) return stays;
  // every term from the one before it: no gamma function inside the loop
  let term = 1;
  let sum = 0;
  for (let at = last; at < n; at++) {
    sum += term;
    term *= ((beta + at - x) * (delta + at)) / ((alpha + beta + at) * (gamma + delta + 1 + at));
  }
  const first = betaln(alpha + x, beta + last - x) + betaln(gamma + 1, delta + last) - none;
  return logAddExp(stays, first + Math.log(sum));
}

/** The log-likelihood of grouped histories, with its gradient by the logarithms of the parameters. */
export function bgBbTarget({ frequency, recency, occasions, accounts }: OccasionSummary<TimeBase>): GradientTarget {
  return (theta, gradient) => {
    const parameters = Array.from(theta, Math.exp) as unknown as BgBbParameters;
    gradient.fill(0);
    let value = 0;
    for (let row = 0; row < frequency.length; row++) {
      const [x, last, n] = [frequency[row]!, recency[row]!, occasions[row]!];
      const log = logBgBb(parameters, x, last, n);
      value += accounts[row]! * log;
      addSlopes(gradient, parameters, x, last, n, log, accounts[row]!);
    }
    for (let i = 0; i < 4; i++) gradient[i]! *= parameters[i]!;
    return value;
  };
}

/** Adds the derivatives of every term, each weighted by its share of the likelihood; digammas go up with the terms. */
function addSlopes(
  gradient: Float64Array,
  parameters: BgBbParameters,
  x: number,
  last: number,
  n: number,
  log: number,
  accounts: number,
): void {
  const [alpha, beta, gamma, delta] = parameters;
  const none = betaln(alpha, beta) + betaln(gamma, delta) + log;
  const orders = digamma(alpha + beta);
  const stays = digamma(gamma + delta);
  const add = (weight: number, misses: number, all: number, gone: 0 | 1, survived: number, lives: number) => {
    gradient[0]! += weight * (digamma(alpha + x) - digamma(alpha) + orders - all);
    gradient[1]! += weight * (misses - digamma(beta) + orders - all);
    gradient[2]! += weight * (digamma(gamma + gone) - digamma(gamma) + stays - lives);
    gradient[3]! += weight * (survived - digamma(delta) + stays - lives);
  };
  const whole = accounts * Math.exp(betaln(alpha + x, beta + n - x) + betaln(gamma, delta + n) - none);
  add(whole, digamma(beta + n - x), digamma(alpha + beta + n), 0, digamma(delta + n), digamma(gamma + delta + n));

  let [missed, all] = [digamma(beta + last - x), digamma(alpha + beta + last)];
  let [survived, lives] = [digamma(delta + last), digamma(gamma + delta + 1 + last)];
  let term = accounts * Math.exp(betaln(alpha + x, beta + last - x) + betaln(gamma + 1, delta + last) - none);
  const sums = new Float64Array(5);
  for (let at = last; at < n; at++) {
    sums[0]! += term;
    sums[1]! += term * missed;
    sums[2]! += term * all;
    sums[3]! += term * survived;
    sums[4]! += term * lives;
    const [b, ab, d, gd] = [beta + at - x, alpha + beta + at, delta + at, gamma + delta + 1 + at];
    missed += 1 / b;
    all += 1 / ab;
    survived += 1 / d;
    lives += 1 / gd;
    term *= (b * d) / (ab * gd);
  }
  const weight = sums[0]!;
  if (weight > 0) add(weight, sums[1]! / weight, sums[2]! / weight, 1, sums[3]! / weight, sums[4]! / weight);
}
