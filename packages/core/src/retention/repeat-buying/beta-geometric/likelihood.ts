import { betaln, digamma, trigamma } from '../../../stats/special/index.ts';
import { byLogarithms, type Target } from '../../maximum-likelihood/target.ts';
import type { GroupedAccounts } from '../grouped-by-frequency.ts';
import { logRising } from '../log-rising.ts';
import { addAges, addHistories, newSums } from './sums.ts';

/**
 * The log-likelihood of BG/NBD and MBG/NBD with gradient and Hessian by the logarithms of r, alpha, a, b.
 *
 * An account has survived m chances to drop out: its x repeat orders, and in MBG/NBD also the first order (`atEntry`
 * 1). With Q = a / (b + m - 1) ((alpha + T) / (alpha + t_x))^(r + x), the odds that it dropped out at its last order (0
 * for m = 0), L = Gamma(r + x) / Gamma(r) alpha^r (alpha + T)^-(r + x) B(a, b + m) / B(a, b) (1 + Q).
 *
 * Source: Fader, Hardie and Lee 2005, Marketing Science 24:275, equation 6; Batislam, Denizel and Filiztekin 2007, IJRM
 * 24:201.
 */
export function betaGeometricTarget(accounts: GroupedAccounts, atEntry: 0 | 1): Target {
  return (theta, gradient, hessian) => {
    const parameters = theta.map(Math.exp);
    gradient.fill(0);
    hessian.fill(0);
    let value = 0;
    accounts.frequencies.forEach((x, group) => {
      value += addGroup(accounts, group, x, x + atEntry, parameters, gradient, hessian);
    });
    for (let i = 1; i < 4; i++) for (let j = 0; j < i; j++) hessian[i * 4 + j] = hessian[j * 4 + i]!;
    byLogarithms(parameters, gradient, hessian);
    return value;
  };
}

function addGroup(
  accounts: GroupedAccounts,
  group: number,
  x: number,
  m: number,
  parameters: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): number {
  const [r, alpha, a, b] = parameters as unknown as readonly [number, number, number, number];
  const from = accounts.start[group]!;
  const to = accounts.start[group + 1]!;
  const n = to - from;
  const k = r + x;
  const last = b + m - 1;
  const sums = newSums();
  if (m === 0) addAges(sums, accounts.age, from, to, alpha);
  else addHistories(sums, accounts, from, to, alpha, k, Math.log(a / last));
  const both = digamma(a + b) - digamma(a + b + m);
  const bothSlope = trigamma(a + b) - trigamma(a + b + m);
  const { logs, inverses, squares, odds, gone, split } = sums;

  gradient[0]! += n * (digamma(k) - digamma(r) + Math.log(alpha)) - logs + gone.distance;
  gradient[1]! += (n * r) / alpha - k * inverses + k * gone.slope;
  gradient[2]! += n * both + gone.sum / a;
  gradient[3]! += n * (digamma(b + m) - digamma(b) + both) - (m > 0 ? gone.sum / last : 0);

  hessian[0]! += n * (trigamma(k) - trigamma(r)) + split.distance2;
  hessian[1]! += n / alpha - inverses + gone.slope + k * split.mixed;
  hessian[2]! += split.distance / a;
  hessian[5]! += (-n * r) / alpha ** 2 + k * squares + k * gone.bend + k * k * split.slope2;
  hessian[6]! += (k * split.slope) / a;
  hessian[10]! += n * bothSlope + (split.sum - gone.sum) / a ** 2;
  hessian[11]! += n * bothSlope;
  hessian[15]! += n * (trigamma(b + m) - trigamma(b) + bothSlope);
  if (m > 0) {
    hessian[3]! -= split.distance / last;
    hessian[7]! -= (k * split.slope) / last;
    hessian[11]! -= split.sum / (a * last);
    hessian[15]! += (split.sum + gone.sum) / last ** 2;
  }
  const survived = m === 0 ? 0 : betaln(a, b + m) - betaln(a, b);
  return n * (logRising(r, x) + r * Math.log(alpha) + survived) - k * logs + odds;
}
