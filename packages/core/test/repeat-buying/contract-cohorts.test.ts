import { describe, expect, it } from 'vitest';
import { fitBdw, fitSbg } from '../../src/retention/contract-cohorts/fit.ts';
import { renewalRate, residualPeriods, survivalAfter } from '../../src/retention/contract-cohorts/predict.ts';
import type { RenewalModel } from '../../src/retention/contract-cohorts/renewal-model.ts';
import type { FitRefusal } from '../../src/stats/fit.ts';
import { absent, SKIPPED, subscribers } from './shared-data.ts';

/** 1,000 subscribers followed over some renewals. */
const cohort = (percent: readonly number[], renewals: number) => [
  { base: 'years' as const, kept: percent.slice(0, renewals + 1).map((it) => it * 10) },
];

function fitted<M extends RenewalModel<'years'>>(fit: M | FitRefusal): M {
  if (!fit.fitted) throw new Error(fit.message);
  return fit;
}

const closeTo = (actual: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>) => {
  for (const [name, value] of Object.entries(expected))
    expect(Math.abs(actual[name]! / value - 1), name).toBeLessThan(1e-5);
};

describe.skipIf(absent)(`subscribers of Fader and Hardie 2007 ${SKIPPED}`, () => {
  it('sBG on 7 renewals: JIM 21:76 (Regular .704 1.182; High End .668 3.806, LL/n -1.611; the body’s .688 is a misprint)', () => {
    const { regular, highEnd } = subscribers();
    const one = fitted(fitSbg(cohort(regular, 7)));
    const other = fitted(fitSbg(cohort(highEnd, 7)));
    closeTo(one.parameters, { alpha: 0.7040773, beta: 1.1820431 });
    closeTo(other.parameters, { alpha: 0.6680884, beta: 3.8060955 });
    expect(one.logLikelihood).toBeCloseTo(-1680.26519, 4);
    expect(other.logLikelihood).toBeCloseTo(-1611.15815, 4);
  });

  it('sBG projects S(8..12) and r(1), r(8), r(12): an independent fit; jdmaturen prints .460 .436 .414 .395 .378', () => {
    const { regular, highEnd } = subscribers();
    const one = fitted(fitSbg(cohort(regular, 7)));
    const other = fitted(fitSbg(cohort(highEnd, 7)));
    const projected = (model: RenewalModel<'years'>) =>
      [8, 9, 10, 11, 12].map((k) => (100 * survivalAfter(model, k)).toFixed(2)).join(' ');
    const rates = (model: RenewalModel<'years'>) => [1, 8, 12].map((k) => renewalRate(model, k).toFixed(4)).join(' ');
    expect(projected(one)).toBe('22.01 20.44 19.12 17.99 17.00');
    expect(projected(other)).toBe('46.04 43.58 41.42 39.51 37.80');
    expect(rates(one)).toBe('0.6267 0.9208 0.9454');
    expect(rates(other)).toBe('0.8507 0.9418 0.9568');
  });

  it('sBG on all 12 renewals: an independent fit', () => {
    const { regular, highEnd } = subscribers();
    const one = fitted(fitSbg(cohort(regular, 12)));
    const other = fitted(fitSbg(cohort(highEnd, 12)));
    closeTo(one.parameters, { alpha: 0.6973624, beta: 1.1689046 });
    closeTo(other.parameters, { alpha: 0.5961112, beta: 3.3269691 });
    expect(one.logLikelihood).toBeCloseTo(-1931.49169, 4);
    expect(other.logLikelihood).toBeCloseTo(-2010.85842, 4);
  });

  it('BdW on 7 renewals: an independent fit of the model of Fader et al. 2018', () => {
    const { regular, highEnd } = subscribers();
    const one = fitted(fitBdw(cohort(regular, 7)));
    const other = fitted(fitBdw(cohort(highEnd, 7)));
    closeTo(one.parameters, { gamma: 0.455614, delta: 0.7793255, c: 1.2834512 });
    closeTo(other.parameters, { gamma: 0.2142533, delta: 1.4265749, c: 1.7235648 });
    expect(one.logLikelihood).toBeCloseTo(-1679.60283, 4);
    expect(other.logLikelihood).toBeCloseTo(-1605.31421, 4);
  });

  it('error in year 12 by renewals used: sBG 3 -9.7 / -44 %, 7 -1.7 / -4.1 %; BdW 3 +2.2 / -6.8 %, 5 +.8 / +1.4 % (an independent fit)', () => {
    const { regular, highEnd } = subscribers();
    const errors = (fit: typeof fitSbg | typeof fitBdw, renewals: number) =>
      [regular, highEnd].map((percent) => {
        const model = fitted<RenewalModel<'years'>>(fit(cohort(percent, renewals)));
        return Number((100 * ((100 * survivalAfter(model, 12)) / percent[12]! - 1)).toFixed(1));
      });
    expect(errors(fitSbg, 3)[0]).toBe(-9.7);
    expect(Math.round(errors(fitSbg, 3)[1]!)).toBe(-44);
    expect(errors(fitSbg, 7)).toEqual([-1.7, -4.1]);
    expect(errors(fitBdw, 3)).toEqual([2.2, -6.8]);
    expect(errors(fitBdw, 5)).toEqual([0.8, 1.4]);
  });

  it('DERL(d = .10, t = 7) of High End is 7.530: jdmaturen/shifted_beta_geometric_py', () => {
    const model = fitted(fitSbg(cohort(subscribers().highEnd, 7)));
    expect(residualPeriods(model, 7, { base: 'years', perPeriod: 0.1 }).toFixed(3)).toBe('7.530');
  });
});
