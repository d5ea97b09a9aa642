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
  let log = betaln(alpha + x, beta + n - x) + betaln(gamma, delta + n) - none;
  for (let at = last; at < n; at++)
    log = logAddExp(log, betaln(alpha + x, beta + at - x) + betaln(gamma + 1, delta + at) - none);
  return log;
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

/** Adds the derivatives of every term, each weighted by its share of the likelihood. */
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
  const none = betaln(alpha, beta) + betaln(gamma, delta);
  const add = (misses: number, gone: 0 | 1, survived: number) => {
    const term = betaln(alpha + x, beta + misses) + betaln(gamma + gone, delta + survived) - none;
    const weight = accounts * Math.exp(term - log);
    const orders = digamma(alpha + beta) - digamma(alpha + beta + x + misses);
    const stays = digamma(gamma + delta) - digamma(gamma + delta + gone + survived);
    gradient[0]! += weight * (digamma(alpha + x) - digamma(alpha) + orders);
    gradient[1]! += weight * (digamma(beta + misses) - digamma(beta) + orders);
    gradient[2]! += weight * (digamma(gamma + gone) - digamma(gamma) + stays);
    gradient[3]! += weight * (digamma(delta + survived) - digamma(delta) + stays);
  };
  add(n - x, 0, n);
  for (let at = last; at < n; at++) add(at - x, 1, at);
}
