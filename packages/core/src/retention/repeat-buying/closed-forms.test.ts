import { describe, expect, it } from 'vitest';
import { betaln, hyp2f1, lgamma } from '../../stats/special/index.ts';
import { discountedSurvival } from '../contract-cohorts/discounted-survival.ts';
import { expectedWhileActive } from './beta-geometric/expected-while-active.ts';
import { betaGeometricTarget } from './beta-geometric/likelihood.ts';
import { logBgBb } from './bg-bb/likelihood.ts';
import { groupByFrequency } from './grouped-by-frequency.ts';
import { integrate, NODES, WEIGHTS } from './pareto-nbd/gauss-legendre.ts';
import { paretoNbdTarget } from './pareto-nbd/likelihood.ts';
import { anyParetoNbd, residualParetoNbd } from './pareto-nbd/orders.ts';

const one = (frequency: number, recency: number, age: number) =>
  groupByFrequency(
    {
      base: 'weeks',
      frequency: Float64Array.of(frequency),
      recency: Float64Array.of(recency),
      age: Float64Array.of(age),
    },
    1,
  );
const valueAt = (target: ReturnType<typeof paretoNbdTarget>, parameters: readonly number[]) =>
  target(Float64Array.from(parameters, Math.log), new Float64Array(4), new Float64Array(16));

describe('the published closed forms', () => {
  it('BG/NBD log-likelihood: Fader, Hardie and Lee 2005, equation 6 as printed', () => {
    const [r, alpha, a, b] = [0.3, 5, 0.9, 2.2] as const;
    for (const [x, last, age] of [
      [0, 0, 20],
      [1, 3, 20],
      [6, 19, 20],
    ] as const) {
      const beta = (p: number, q: number) => Math.exp(betaln(p, q));
      const rate = Math.exp(lgamma(r + x) - lgamma(r)) * alpha ** r;
      const stays = (beta(a, b + x) / beta(a, b)) * (alpha + age) ** -(r + x);
      const left = x > 0 ? (beta(a + 1, b + x - 1) / beta(a, b)) * (alpha + last) ** -(r + x) : 0;
      const value = valueAt(betaGeometricTarget(one(x, last, age), 0), [r, alpha, a, b]);
      expect(value).toBeCloseTo(Math.log(rate * (stays + left)), 12);
    }
  });

  it('MBG/NBD log-likelihood: Batislam et al. 2007, with a chance to drop out at the first order too', () => {
    const [r, alpha, a, b] = [0.3, 5, 0.9, 2.2] as const;
    for (const [x, last, age] of [
      [0, 0, 20],
      [1, 3, 20],
      [6, 19, 20],
    ] as const) {
      const beta = (p: number, q: number) => Math.exp(betaln(p, q));
      const rate = Math.exp(lgamma(r + x) - lgamma(r)) * alpha ** r;
      const stays = (beta(a, b + x + 1) / beta(a, b)) * (alpha + age) ** -(r + x);
      const left = (beta(a + 1, b + x) / beta(a, b)) * (alpha + last) ** -(r + x);
      const value = valueAt(betaGeometricTarget(one(x, last, age), 1), [r, alpha, a, b]);
      expect(value).toBeCloseTo(Math.log(rate * (stays + left)), 12);
    }
  });

  it('Pareto/NBD log-likelihood: Fader and Hardie’s note, A0 as a difference of two 2F1 (alpha above and below beta)', () => {
    for (const [r, alpha, s, beta] of [
      [0.55, 10.6, 0.6, 11.7],
      [0.8, 12, 1.4, 7],
    ] as const)
      for (const [x, last, age] of [
        [0, 0, 30],
        [2, 11, 30],
        [9, 28, 30],
      ] as const) {
        const sum = r + s + x;
        const [low, high, second] = alpha >= beta ? [beta, alpha, s + 1] : [alpha, beta, r + x];
        const term = (t: number) => hyp2f1(sum, second, sum + 1, (high - low) / (high + t)) / (high + t) ** sum;
        const stays = (alpha + age) ** -(r + x) * (beta + age) ** -s;
        const log = lgamma(r + x) - lgamma(r) + r * Math.log(alpha) + s * Math.log(beta);
        const expected = log + Math.log(stays + (s / sum) * (term(last) - term(age)));
        expect(valueAt(paretoNbdTarget(one(x, last, age)), [r, alpha, s, beta])).toBeCloseTo(expected, 9);
      }
  });

  it('BG/BB: the chances of all histories of six occasions add up to 1 (exhaustion)', () => {
    let sum = 0;
    for (let last = 0; last <= 6; last++)
      for (let x = last === 0 ? 0 : 1; x <= last; x++) {
        const ways = x === 0 ? 1 : Math.exp(lgamma(last) - lgamma(x) - lgamma(last - x + 1));
        sum += ways * Math.exp(logBgBb([1.2, 0.75, 0.66, 2.78], x, last, 6));
      }
    expect(sum).toBeCloseTo(1, 12);
  });
});

describe('expected orders of BG/NBD', () => {
  const paper = ([r, alpha, a, b]: readonly [number, number, number, number], t: number) =>
    ((a + b - 1) / (a - 1)) * (1 - (alpha / (alpha + t)) ** r * hyp2f1(r, b, a + b - 1, t / (alpha + t)));
  const ours = ([r, alpha, a, b]: readonly [number, number, number, number], t: number) =>
    expectedWhileActive({ r, alpha, a, b }, t);

  it('equal equation 9 of Fader, Hardie and Lee 2005 where that can be computed', () => {
    for (const parameters of [
      [0.243, 4.414, 0.793, 2.426],
      [2, 8, 1.7, 1.4],
      [5, 3, 0.4, 4],
    ] as const)
      for (const t of [0.1, 2, 39, 300]) expect(ours(parameters, t) / paper(parameters, t)).toBeCloseTo(1, 9);
  });

  it('the integral that takes over at many orders equals the plain sum over the negative binomial, also for small a', () => {
    for (const [a, b] of [
      [1e-4, 0.3],
      [0.05, 2.4],
      [0.5, 60],
      [1, 2.4],
      [1.7, 0.01],
      [30, 60],
    ] as const) {
      // 1,900 orders expected of an account that never drops out
      const odds = 1900 / 300;
      let log = -300 * Math.log1p(odds);
      let [lives, placed, sum] = [1, 0, 0];
      for (let k = 1; k < 12_000; k++) {
        log += Math.log(((299 + k) / k) * (odds / (1 + odds)));
        placed += lives;
        lives *= (b + k - 1) / (a + b + k - 1);
        sum += Math.exp(log) * placed;
      }
      expect(ours([300, 300, a, b], 1900) / sum).toBeCloseTo(1, 11);
    }
  });

  it('a = 1 has no pole: between its neighbours (continuity); a = 0 is r t / alpha', () => {
    const around = [0.9999, 1, 1.0001].map((a) => ours([0.5, 4, a, 2], 50));
    expect(around[1]! / ((around[0]! + around[2]!) / 2)).toBeCloseTo(1, 8);
    expect(ours([0.5, 4, 0, 1], 50)).toBe(6.25);
    expect(ours([0.5, 4, 1e-9, 1], 50)).toBeCloseTo(6.25, 6);
  });
});

describe('sums and integrals', () => {
  it('32 Gauss-Legendre nodes: weights add up to 1, x^63 over (0, 1) is 1 / 64 (exact by theory)', () => {
    expect(WEIGHTS.reduce((sum, it) => sum + it, 0)).toBeCloseTo(1, 14);
    expect(NODES.reduce((sum, x, i) => sum + WEIGHTS[i]! * x ** 63, 0)).toBeCloseTo(1 / 64, 14);
    expect(integrate(Math.exp, 0, 3, 2)).toBeCloseTo(Math.expm1(3), 11);
  });

  it('discounted survival by continued fraction equals the plain sum, for rates from .5 to 1e-4', () => {
    for (const [gamma, delta] of [
      [0.67, 10.8],
      [3, 0.2],
      [0.05, 4],
      [40, 900],
    ] as const)
      for (const rate of [0.5, 0.1, 0.01, 1e-4]) {
        let sum = 0;
        let term = delta / (gamma + delta);
        for (let k = 1; k < 600_000; k++) {
          sum += term;
          term *= (delta + k) / ((gamma + delta + k) * (1 + rate));
        }
        expect(discountedSurvival(gamma, delta, rate) / sum).toBeCloseTo(1, 9);
      }
  });

  it('Pareto/NBD residual orders are the plain discounted integral of the rate at which orders come', () => {
    const standing = { active: 0.8, r: 3, alpha: 30, s: 0.6, beta: 42 };
    const rate = 0.02;
    const coming = (t: number) => (3 / 30) * (42 / (42 + t)) ** 0.6 * 1.02 ** -t;
    const plain = 0.8 * integrate(coming, 0, 2500, 200);
    expect(residualParetoNbd(standing, rate) / plain).toBeCloseTo(1, 10);
  });

  it('Pareto/NBD, no drop-out left: the chance of an order is 1 - (alpha / (alpha + t))^r', () => {
    const standing = { active: 1, r: 2.5, alpha: 30, s: 0, beta: 1 };
    expect(anyParetoNbd(standing, 13)).toBeCloseTo(1 - (30 / 43) ** 2.5, 12);
  });
});
