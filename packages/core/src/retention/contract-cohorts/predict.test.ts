import { describe, expect, it } from 'vitest';
import { renewalRate, residualPeriods, residualValue, survivalAfter } from './predict.ts';
import type { BdwModel, SbgModel } from './renewal-model.ts';

const about = {
  fitted: true,
  base: 'years',
  accounts: 0,
  logLikelihood: 0,
  iterations: 0,
  limits: [],
  note: null,
} as const;
const sbg = (alpha: number, beta: number): SbgModel<'years'> => ({
  ...about,
  family: 'sbg',
  parameters: { alpha, beta },
  standardErrors: { alpha: null, beta: null },
});
const bdw = (gamma: number, delta: number, c: number): BdwModel<'years'> => ({
  ...about,
  family: 'bdw',
  parameters: { gamma, delta, c },
  standardErrors: { gamma: null, delta: null, c: null },
});
const tenPercent = { base: 'years', perPeriod: 0.1 } as const;

describe('projections of renewals', () => {
  it('sBG with alpha = beta = 1: S(k) = 1 / (k + 1), r(k) = k / (k + 1) (Fader and Hardie 2007)', () => {
    for (const k of [0, 1, 5, 40]) expect(survivalAfter(sbg(1, 1), k)).toBeCloseTo(1 / (k + 1), 13);
    for (const k of [1, 5, 40]) expect(renewalRate(sbg(1, 1), k)).toBeCloseTo(k / (k + 1), 13);
  });

  it('DERL of alpha = beta = 1 after 1 renewal at 10 %: 2 (x + x^2/3 ... ) summed by hand to the closed logarithm', () => {
    // sum over k >= 1 of 2 / (k + 2) z^(k - 1), z = 1 / 1.1: 2 / z^3 (-log(1 - z) - z - z^2 / 2)
    const z = 1 / 1.1;
    const expected = (2 / z ** 3) * (-Math.log1p(-z) - z - z ** 2 / 2);
    expect(residualPeriods(sbg(1, 1), 1, tenPercent)).toBeCloseTo(expected, 11);
    expect(residualPeriods(bdw(1, 1, 1.0000001), 1, tenPercent)).toBeCloseTo(expected, 5);
    expect(residualValue(sbg(1, 1), 1, tenPercent, 250)).toBeCloseTo(250 * expected, 8);
  });

  it('BdW: S(k) is that of sBG after k^c renewals (2^2 = 4), and a large c stays finite', () => {
    expect(survivalAfter(bdw(0.7, 1.2, 2), 2)).toBeCloseTo(survivalAfter(sbg(0.7, 1.2), 4), 13);
    expect(survivalAfter(bdw(0.7, 1.2, 19), 1e6)).toBeGreaterThanOrEqual(0);
    expect(residualPeriods(bdw(0.7, 1.2, 19), 1e6, tenPercent)).toBeGreaterThan(0);
  });

  it('the rate rises with tenure though no account changes: the ruse of heterogeneity (Vaupel and Yashin 1985)', () => {
    const rates = [1, 2, 5, 10, 50].map((k) => renewalRate(sbg(0.7, 1.2), k));
    expect(rates).toEqual([...rates].sort());
  });

  it('another term, half a renewal, no discount: refused', () => {
    // @ts-expect-error months are not years
    expect(() => residualPeriods(sbg(1, 1), 1, { base: 'months', perPeriod: 0.1 })).toThrow(RangeError);
    expect(() => survivalAfter(sbg(1, 1), 1.5)).toThrow(RangeError);
    expect(() => renewalRate(sbg(1, 1), 0)).toThrow(RangeError);
    expect(() => residualPeriods(sbg(1, 1), 1, { base: 'years', perPeriod: 0 })).toThrow(RangeError);
  });
});
