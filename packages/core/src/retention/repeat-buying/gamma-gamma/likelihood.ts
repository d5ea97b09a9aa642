import { betaln, digamma } from '../../../stats/special/index.ts';
import type { GradientTarget } from '../../maximum-likelihood/target.ts';
import type { SpendSummary } from './spend.ts';

/**
 * The log-likelihood of the mean order values of repeat buyers, with its gradient by the logarithms of q, gamma, p:
 * order values are gamma(p, nu) within an account, nu is gamma(q, gamma) over the accounts.
 *
 * log L = -log B(px, q) + q log gamma + (px - 1) log z + px log x - (px + q) log(gamma + xz) for x orders of mean value
 * z.
 *
 * Source: Fader and Hardie 2013, "The Gamma-Gamma Model of Monetary Value" (note 025); Colombo and Jiang
 * 1999.
 */
export function gammaGammaTarget({ frequency, meanValue }: SpendSummary): GradientTarget {
  return (theta, gradient) => {
    const [q, gamma, p] = Array.from(theta, Math.exp) as unknown as readonly [number, number, number];
    gradient.fill(0);
    let value = 0;
    const byFrequency = new Map<number, { betaln: number; shape: number; tail: number }>();
    const gammas = (x: number) => {
      const both = digamma(p * x + q);
      return { betaln: betaln(p * x, q), shape: x * (both - digamma(p * x)), tail: both - digamma(q) };
    };
    for (let i = 0; i < frequency.length; i++) {
      const x = frequency[i]!;
      if (x === 0) continue;
      const z = meanValue[i]!;
      const known = byFrequency.get(x) ?? gammas(x);
      byFrequency.set(x, known);
      const total = Math.log(gamma + x * z);
      const spent = Math.log(x * z);
      value += q * Math.log(gamma) + p * x * spent - Math.log(z) - (p * x + q) * total - known.betaln;
      gradient[2]! += known.shape + x * (spent - total);
      gradient[0]! += known.tail + Math.log(gamma) - total;
      gradient[1]! += q / gamma - (p * x + q) / (gamma + x * z);
    }
    gradient[0]! *= q;
    gradient[1]! *= gamma;
    gradient[2]! *= p;
    return value;
  };
}
