import { describe, expect, it } from 'vitest';
import {
  betaln,
  chiSquareTail,
  digamma,
  erf,
  erfc,
  hyp2f1,
  incompleteBeta,
  incompleteGamma,
  lgamma,
  log1pExp,
  logAddExp,
  logHyp2f1,
  logistic,
  logit,
  logSumExp,
  normalCdf,
  normalQuantile,
  trigamma,
} from './index.ts';

/** Expected values: mpmath 1.2.1 with 40 digits, printed to 17. */
function expectRelative(actual: number, expected: number, relative = 1e-13) {
  expect(Math.abs(actual - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(relative * Math.abs(expected));
}

describe('gamma and beta functions', () => {
  it.each([
    [0.5, 1e8, -8.637975427801482],
    [3, 1e8, -54.56889508129715],
    [1e8, 1e8, -138629444.05681732],
    [1e-6, 1e8, 13.815491560068693],
    [1e8, 1e-3, 6.888758204644897],
  ])('mpmath: log beta(%f, %f) keeps its digits at 1e8', (a, b, expected) => {
    expectRelative(betaln(a, b), expected);
  });

  it.each([
    [1e-3, 1000001.6425331958],
    [0.5, 4.934802200544679],
    [1, 1.6449340668482264],
    [7.3, 0.1467957681314271],
    [1e6, 1.0000005000001667e-6],
  ])('mpmath: trigamma(%f)', (x, expected) => {
    expectRelative(trigamma(x), expected);
  });

  it('definition: log gamma of 1 and 2 is 0, and nothing is defined at 0 or below', () => {
    expect([lgamma(1), lgamma(2)]).toEqual([0, 0]);
    for (const f of [lgamma, digamma, trigamma]) expect([f(0), f(-1.5), f(Number.NaN)]).toEqual([NaN, NaN, NaN]);
    expect([betaln(0, 1), betaln(1, -1)]).toEqual([NaN, NaN]);
    expect(lgamma(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('distributions', () => {
  it.each([
    [6, 14, 0.3, 0.5261374757264858],
    [0.5, 0.5, 0.1, 0.20483276469913347],
    [2.5, 0.01, 0.99, 0.032900301457046706],
    [1000, 3000, 0.26, 0.9270239566004947],
    [400, 900, 0.302, 0.3305347899708492],
    [1e-3, 5, 1e-10, 0.9792745573772474],
  ])('mpmath: I_x(a, b) for a %f, b %f, x %f', (a, b, x, expected) => {
    expectRelative(incompleteBeta(a, b, x), expected, 1e-12);
  });

  it('symmetry: I_x(a, b) and I_(1-x)(b, a) sum to 1', () => {
    for (const x of [0.001, 0.25, 0.5, 0.875])
      expect(incompleteBeta(2.5, 0.4, x) + incompleteBeta(0.4, 2.5, 1 - x)).toBeCloseTo(1, 13);
  });

  it.each([
    [10.327, 1, 0.0013109812172633504],
    [3.841458820694124, 1, 0.05],
    [40.5, 6, 3.632330108624692e-7],
    [0.02, 3, 0.9992522446606088],
    [1200, 1000, 1.2255942330622905e-5],
  ])('mpmath: p-value of chi-square %f with %d degrees of freedom', (statistic, degrees, expected) => {
    expectRelative(chiSquareTail(statistic, degrees), expected, 2e-13);
  });

  it.each([
    [0.3, 2, 0.977974019172853],
    [50, 40, 0.07033506665939496],
    [1e4, 10100, 0.8413487504471796],
    [2, 1e-5, 4.999966666791667e-11],
  ])('mpmath: P(%f, %f) of the incomplete gamma function', (a, x, expected) => {
    expectRelative(incompleteGamma(a, x), expected, 2e-13);
  });

  it.each([
    [-37.5, 4.605353009581955e-308],
    [-8, 6.220960574271784e-16],
    [-1, 0.15865525393145705],
    [0.3, 0.6179114221889527],
    [2.5, 0.9937903346742238],
  ])('mpmath: normal probability below %f', (x, expected) => {
    expectRelative(normalCdf(x), expected, 1e-12);
  });

  it.each([
    [0.975, 1.9599639845400538],
    [0.95, 1.6448536269514722],
    [0.3, -0.5244005127080408],
    [1e-10, -6.361340902404057],
    [1e-300, -37.0470962993612],
  ])('mpmath: normal quantile of %f', (p, expected) => {
    expectRelative(normalQuantile(p), expected);
  });

  it('definition: the ends of the normal quantile and of the incomplete functions', () => {
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity]);
    expect([normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(NaN)]).toEqual([NaN, NaN, NaN]);
    expect([incompleteBeta(2, 3, 0), incompleteBeta(2, 3, 1), incompleteBeta(0, 3, 0.5)]).toEqual([0, 1, NaN]);
    expect([incompleteGamma(2, 0), incompleteGamma(2, Infinity), incompleteGamma(-1, 2)]).toEqual([0, 1, NaN]);
  });

  it.each([
    [0.1, 0.1124629160182849, 0.887537083981715],
    [1, 0.8427007929497149, 0.15729920705028513],
    [-1.9, -0.9927904292352575, 1.9927904292352574],
    [2.3, 0.9988568234026434, 0.0011431765973566525],
    [5, 0.9999999999984626, 1.537459794428035e-12],
  ])('mpmath: erf and erfc of %f', (x, plain, complement) => {
    expectRelative(erf(x), plain);
    expectRelative(erfc(x), complement);
  });
});

describe('2F1 beyond the table', () => {
  it.each([
    [0.3, 2, 1.3, -50, -1.3778624532299573],
    [800, 900, 801, 0.999, 6209.955434749094],
    [2, 3, 3, 1 - 2 ** -30, 41.58883083359672],
    [1.5, 400, 2.5, 0.5, 271.6741172537574],
    [0.24, 5.79, 2.2, 0.9, 5.012583776856717],
  ])('mpmath: log 2F1(%f, %f; %f; %f)', (a, b, c, z, expected) => {
    expectRelative(logHyp2f1(a, b, c, z), expected, 1e-12);
  });

  it('DLMF 15.4.1: 2F1(1, 1; 2; z) is -log(1 - z) / z, 1 at z = 0, nothing from z = 1 on', () => {
    expectRelative(hyp2f1(1, 1, 2, 0.5), 2 * Math.LN2);
    expectRelative(hyp2f1(1, 1, 2, -1), Math.LN2);
    expect(hyp2f1(3, 4, 5, 0)).toBe(1);
    expect([hyp2f1(1, 1, 2, 1), hyp2f1(1, 1, -2, 0.5)]).toEqual([NaN, NaN]);
  });
});

describe('log-scale arithmetic', () => {
  it('hand calculation: log(1 + e^x), log(e^a + e^b), log sums without overflow', () => {
    expect(log1pExp(0)).toBe(Math.LN2);
    expect([log1pExp(1000), log1pExp(-1000)]).toEqual([1000, 0]);
    expect(logAddExp(1000, 1000)).toBe(1000 + Math.LN2);
    expect(logAddExp(-Infinity, -Infinity)).toBe(-Infinity);
    expect(logAddExp(Math.log(2), Math.log(3))).toBeCloseTo(Math.log(5), 14);
    expect(logSumExp([Math.log(2) + 900, Math.log(3) + 900, Math.log(5) + 900])).toBeCloseTo(Math.log(10) + 900, 12);
    expect(logSumExp([])).toBe(-Infinity);
  });

  it('hand calculation: logistic and logit are inverse and keep to 0..1', () => {
    expect([logistic(-1e9), logistic(0), logistic(1e9)]).toEqual([0, 0.5, 1]);
    expect([logit(0), logit(0.5), logit(1)]).toEqual([-Infinity, 0, Infinity]);
    expect(logistic(logit(0.0123))).toBeCloseTo(0.0123, 16);
  });
});
