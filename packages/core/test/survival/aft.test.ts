import { describe, expect, it } from 'vitest';
import { aftQuantile, aftSurvival, fitAft } from '../../src/stats/index.ts';
import { bind, column, complete, fitted, note, present, readRows, reference } from './data.ts';

interface SurvregReference {
  readonly loglik: readonly [number, number];
  readonly coef: Readonly<Record<string, number>>;
  readonly scale: number;
  readonly se: Readonly<Record<string, number>>;
}

function lung() {
  const rows = complete(readRows('surv_lung.csv'), 'time', 'status', 'age', 'sex', 'ph.ecog');
  return {
    spells: { time: column(rows, 'time'), event: column(rows, 'status').map((status) => status - 1) },
    covariates: bind({ age: column(rows, 'age'), sex: column(rows, 'sex'), 'ph.ecog': column(rows, 'ph.ecog') }),
  };
}

describe.skipIf(!present)(`Accelerated failure times as in R survival 3.5-3${note}`, () => {
  it.each([
    ['weibull', 'survreg_lung_weibull'],
    ['exponential', 'survreg_lung_exponential'],
    ['log-normal', 'survreg_lung_lognormal'],
    ['log-logistic', 'survreg_lung_loglogistic'],
  ] as const)('lung, age + sex + ph.ecog, %s (survreg)', (family, key) => {
    const { spells, covariates } = lung();
    const expected = reference<SurvregReference>(key);
    const fit = fitted(fitAft(spells, covariates, family));
    fit.names.forEach((name, j) => {
      expect(fit.coefficients[j]! / expected.coef[name]!).toBeCloseTo(1, 6);
      expect(fit.standardErrors[j]! / expected.se[name]!).toBeCloseTo(1, 6);
    });
    expect(fit.scale).toBeCloseTo(expected.scale, 8);
    expect(fit.logScale).toBeCloseTo(Math.log(expected.scale), 8);
    expect(fit.logScaleError).toBeCloseTo(expected.se['Log(scale)'] ?? 0, 8);
    expect(fit.logLikelihoodNull).toBeCloseTo(expected.loglik[0], 8);
    expect(fit.logLikelihood).toBeCloseTo(expected.loglik[1], 8);
  });

  it('lung, Weibull: quantiles of one subject (predict.survreg, type quantile)', () => {
    const { spells, covariates } = lung();
    const fit = fitted(fitAft(spells, covariates, 'weibull'));
    expect(aftQuantile(fit, [60, 1, 1], 0.25)).toBeCloseTo(144.817326582384, 5);
    expect(aftQuantile(fit, [60, 1, 1])).toBeCloseTo(275.448433928035, 5);
    expect(aftSurvival(fit, [60, 1, 1], 275.448433928035)).toBeCloseTo(0.5, 8);
  });

  it('lung with weights 2, 3, 1, 2, ..., age + sex, log-logistic (survreg, weights)', () => {
    const { spells, covariates } = lung();
    const weight = Array.from(spells.time, (_, row) => 1 + ((row + 1) % 3));
    const values = Array.from(covariates.values).filter((_, at) => at % 3 !== 2);
    const fit = fitted(fitAft({ ...spells, weight }, { names: ['age', 'sex'], values }, 'log-logistic'));
    expect(fit.logLikelihood).toBeCloseTo(-2330.55644127113, 7);
    [5.9995828841783574, -0.0147045963420527, 0.4562697425370412].forEach((expected, j) => {
      expect(fit.coefficients[j]! / expected).toBeCloseTo(1, 6);
    });
    [0.37192116964474919, 0.00536248274603768, 0.09815959100609291].forEach((expected, j) => {
      expect(fit.standardErrors[j]! / expected).toBeCloseTo(1, 6);
    });
    expect(fit.logScaleError).toBeCloseTo(0.04617535578980329, 7);
  });

  it('lung, Weibull without columns, all 228 rows (survreg, ~ 1)', () => {
    const rows = readRows('surv_lung.csv');
    const event = column(rows, 'status').map((status) => status - 1);
    const fit = fitted(fitAft({ time: column(rows, 'time'), event }, { names: [], values: [] }, 'weibull'));
    expect(fit.logLikelihood).toBeCloseTo(-1153.85118808941, 8);
    expect(fit.coefficients[0]).toBeCloseTo(6.03490391022577, 7);
    expect(fit.scale).toBeCloseTo(0.759393601123977, 7);
  });
});
