import { digamma, trigamma } from '../../stats/special/index.ts';
import { byLogarithms, type Target } from '../maximum-likelihood/target.ts';
import { addAges, newSums } from './beta-geometric/sums.ts';
import type { GroupedAccounts } from './grouped-by-frequency.ts';
import { logRising } from './log-rising.ts';

/**
 * The log-likelihood of the NBD, gamma-distributed rates and nobody ever drops out, by the logarithms of r and alpha:
 * what BG/NBD, MBG/NBD and Pareto/NBD become at the boundary. Source: Ehrenberg 1959; the factor of the timing is
 * theirs, so that the values compare.
 */
export function nbdTarget(accounts: GroupedAccounts): Target {
  return (theta, gradient, hessian) => {
    const parameters = theta.map(Math.exp);
    const r = parameters[0]!;
    const alpha = parameters[1]!;
    gradient.fill(0);
    hessian.fill(0);
    let value = 0;
    accounts.frequencies.forEach((x, group) => {
      const sums = newSums();
      const n = accounts.start[group + 1]! - accounts.start[group]!;
      addAges(sums, accounts.age, accounts.start[group]!, accounts.start[group + 1]!, alpha);
      const k = r + x;
      value += n * (logRising(r, x) + r * Math.log(alpha)) - k * sums.logs;
      gradient[0]! += n * (digamma(k) - digamma(r) + Math.log(alpha)) - sums.logs;
      gradient[1]! += (n * r) / alpha - k * sums.inverses;
      hessian[0]! += n * (trigamma(k) - trigamma(r));
      hessian[1]! += n / alpha - sums.inverses;
      hessian[3]! += (-n * r) / alpha ** 2 + k * sums.squares;
    });
    hessian[2] = hessian[1]!;
    byLogarithms(parameters, gradient, hessian);
    return value;
  };
}
