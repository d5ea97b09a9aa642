import { digamma, log1pExp, trigamma } from '../../../stats/special/index.ts';
import { byLogarithms, type Target } from '../../maximum-likelihood/target.ts';
import type { GroupedAccounts } from '../grouped-by-frequency.ts';
import { logRising } from '../log-rising.ts';
import { newPastDropOut, type PastDropOut, pastDropOut } from './past-drop-out.ts';

/**
 * The log-likelihood of Pareto/NBD with gradient and Hessian by the logarithms of r, alpha, s, beta: L = Gamma(r + x) /
 * Gamma(r) alpha^r beta^s (alpha + T)^-(r + x) (beta + T)^-s (1 + Q), with Q the odds of having dropped out.
 * Derivatives of log(1 + Q) are moments over "active at T" and "dropped out at u".
 *
 * Source: Schmittlein, Morrison and Colombo 1987, Management Science 33:1; Fader and Hardie, "A Note on Deriving the
 * Pareto/NBD Model and Related Expressions".
 */
export function paretoNbdTarget(accounts: GroupedAccounts): Target {
  const past = newPastDropOut();
  return (theta, gradient, hessian) => {
    const parameters = theta.map(Math.exp);
    const [r, alpha, s, beta] = parameters as unknown as readonly [number, number, number, number];
    gradient.fill(0);
    hessian.fill(0);
    let value = 0;
    accounts.frequencies.forEach((x, group) => {
      const k = r + x;
      const from = accounts.start[group]!;
      const to = accounts.start[group + 1]!;
      const n = to - from;
      value += n * (logRising(r, x) + r * Math.log(alpha) + s * Math.log(beta));
      gradient[0]! += n * (digamma(k) - digamma(r) + Math.log(alpha));
      hessian[0]! += n * (trigamma(k) - trigamma(r));
      for (let i = from; i < to; i++) {
        const age = accounts.age[i]!;
        pastDropOut(past, k, alpha, s, beta, accounts.recency[i]!, age);
        value += addAccount(past, k, s, 1 / (alpha + age), 1 / (beta + age), gradient, hessian);
      }
    });
    const rows = accounts.age.length;
    gradient[1]! += (rows * r) / alpha;
    gradient[2]! += rows * Math.log(beta);
    gradient[3]! += (rows * s) / beta;
    hessian[1]! += rows / alpha;
    hessian[5]! -= (rows * r) / alpha ** 2;
    hessian[11]! += rows / beta;
    hessian[15]! -= (rows * s) / beta ** 2;
    for (let i = 1; i < 4; i++) for (let j = 0; j < i; j++) hessian[i * 4 + j] = hessian[j * 4 + i]!;
    byLogarithms(parameters, gradient, hessian);
    return value;
  };
}

/** Adds one account's part that depends on its times; `endA` is 1 / (alpha + T), `endB` 1 / (beta + T). */
function addAccount(
  { logOdds, first, second, inverses }: PastDropOut,
  k: number,
  s: number,
  endA: number,
  endB: number,
  gradient: Float64Array,
  hessian: Float64Array,
): number {
  const q = 1 / (1 + Math.exp(-logOdds));
  const p = 1 - q;
  gradient[0]! += Math.log(endA) + q * first[0]!;
  gradient[1]! += -k * endA + q * first[1]!;
  gradient[2]! += Math.log(endB) + q * first[2]!;
  gradient[3]! += -s * endB + q * first[3]!;
  for (let i = 0, at = 0; i < 4; i++)
    for (let j = i; j < 4; j++, at++) hessian[i * 4 + j]! += q * (second[at]! - q * first[i]! * first[j]!);
  hessian[1]! -= p * endA + q * inverses[0]!;
  hessian[5]! += k * (p * endA * endA + q * inverses[1]!);
  hessian[10]! -= q / s ** 2;
  hessian[11]! -= p * endB + q * inverses[2]!;
  hessian[15]! += p * s * endB * endB + q * (s + 1) * inverses[3]!;
  return k * Math.log(endA) + s * Math.log(endB) + log1pExp(logOdds);
}
