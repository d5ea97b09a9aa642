import { describe, expect, it } from 'vitest';
import {
  fitAalenJohansen,
  fitKaplanMeier,
  incidenceAt,
  restrictedMean,
  type SurvivalCurve,
  survivalAt,
  survivalQuantile,
  testLogRank,
} from '../../src/stats/index.ts';
import { column, complete, fitted, note, present, readRows, reference } from './data.ts';

interface Step {
  readonly time: number;
  readonly n_risk: number;
  readonly n_event: number;
  readonly n_censor: number;
  readonly surv: number;
  readonly std_err_greenwood: number;
  readonly lower_log: number;
  readonly upper_log: number;
}

function expectSteps(curve: SurvivalCurve, steps: readonly Step[]): void {
  expect(curve.time).toEqual(steps.map(({ time }) => time));
  expect(curve.atRisk).toEqual(steps.map(({ n_risk }) => n_risk));
  expect(curve.events).toEqual(steps.map(({ n_event }) => n_event));
  expect(curve.censored).toEqual(steps.map(({ n_censor }) => n_censor));
  steps.forEach((step, at) => {
    expect(curve.survival[at]).toBeCloseTo(step.surv, 12);
    expect(curve.standardError[at]).toBeCloseTo(step.std_err_greenwood, 12);
    expect(curve.lower[at]).toBeCloseTo(step.lower_log, 10);
    expect(curve.upper[at]).toBeCloseTo(step.upper_log, 10);
  });
}

function lung() {
  const rows = readRows('surv_lung.csv');
  return { time: column(rows, 'time'), event: column(rows, 'status').map((status) => status - 1) };
}

describe.skipIf(!present)(`Survival curves as in R survival 3.5-3${note}`, () => {
  it('lung: all 186 steps with Greenwood errors and log intervals (survfit)', () => {
    expectSteps(fitted(fitKaplanMeier(lung())), reference('km_lung'));
  });

  it('aml, maintained: all steps (survfit)', () => {
    const rows = readRows('surv_aml.csv').filter(({ x }) => x === 'Maintained');
    const curve = fitted(fitKaplanMeier({ time: column(rows, 'time'), event: column(rows, 'status') }));
    expectSteps(curve, reference('km_aml_maintained'));
    expect(survivalQuantile(curve, 0.25)).toEqual({ time: 18, lower: 13, upper: null });
    expect(survivalQuantile(curve)).toEqual({ time: 31, lower: 18, upper: null });
    expect(survivalQuantile(curve, 0.75)).toEqual({ time: 48, lower: 34, upper: null });
  });

  it('aml, not maintained: quantiles of a curve that ends at 0 and of one that runs flat (quantile.survfit)', () => {
    const rows = readRows('surv_aml.csv').filter(({ x }) => x === 'Nonmaintained');
    const curve = fitted(fitKaplanMeier({ time: column(rows, 'time'), event: column(rows, 'status') }));
    expect(curve.survival.at(-1)).toBe(0);
    expect(curve.standardError.at(-1)).toBeNull();
    expect(survivalQuantile(curve, 0.25)).toEqual({ time: 8, lower: 5, upper: 30 });
    expect(survivalQuantile(curve)).toEqual({ time: 23, lower: 8, upper: null });
    expect(survivalQuantile(curve, 0.75)).toEqual({ time: 33, lower: 27, upper: null });
  });

  it('lung: median 310 [285, 363] and mean to 1,000 days 375.167 (19.4389) (print.survfit, rmean)', () => {
    const curve = fitted(fitKaplanMeier(lung()));
    expect(survivalQuantile(curve)).toEqual({ time: 310, lower: 285, upper: 363 });
    const mean = fitted(restrictedMean(curve, 1000));
    expect(mean.mean).toBeCloseTo(375.1671436502919, 9);
    expect(mean.standardError).toBeCloseTo(19.4388593732858, 9);
    expect(restrictedMean(curve, 1023)).toMatchObject({ fitted: false, problem: 'out-of-range' });
  });

  it('lung: S(365) .40924 (.03582) with all three intervals (summary.survfit, conf.type)', () => {
    const at = (scale: 'plain' | 'log' | 'log-log') => survivalAt(fitted(fitKaplanMeier(lung(), { scale })), 365);
    expect(at('log').survival).toBeCloseTo(0.40924162446, 11);
    expect(at('log').standardError).toBeCloseTo(0.035823638172, 12);
    expect(at('log').lower).toBeCloseTo(0.3447215818, 10);
    expect(at('log').upper).toBeCloseTo(0.48583760355, 10);
    expect(at('log-log').lower).toBeCloseTo(0.338714269088323, 12);
    expect(at('log-log').upper).toBeCloseTo(0.478380767646914, 12);
    expect(at('plain').lower).toBeCloseTo(0.339028583847676, 12);
    expect(at('plain').upper).toBeCloseTo(0.479454665072453, 12);
  });

  it.each([
    [
      '0',
      [0.87357439782, 0.65223669454, 0.56271401098, 0.23633988461],
      [0.0342574047, 0.0635109922, 0.0810268175, 0.121977227],
    ],
    [
      '1',
      [0.90909090909, 0.68490844885, 0.46787542148, 0.32109521919],
      [0.0866784172, 0.0974915981, 0.080162076, 0.0652583804],
    ],
  ])(
    'heart, transplant %s: rows that enter late, at days 10, 50, 100 and 400 (survfit of start-stop rows)',
    (arm, survival, errors) => {
      const rows = readRows('surv_heart.csv').filter(({ transplant }) => transplant === arm);
      const entry = column(rows, 'start');
      const curve = fitted(fitKaplanMeier({ entry, time: column(rows, 'stop'), event: column(rows, 'event') }));
      [10, 50, 100, 400].forEach((day, at) => {
        expect(survivalAt(curve, day).survival).toBeCloseTo(survival[at]!, 10);
        expect(survivalAt(curve, day).standardError).toBeCloseTo(errors[at]!, 9);
      });
    },
  );

  it('mgus2: competing shares at 12, 60, 120 and 240 months with their errors (survfit of a multi-state response)', () => {
    const rows = readRows('surv_mgus2.csv');
    const progressed = column(rows, 'pstat');
    const [toProgress, toEnd, died] = [column(rows, 'ptime'), column(rows, 'futime'), column(rows, 'death')];
    const time = toEnd.map((end, at) => (progressed[at] === 1 ? toProgress[at]! : end));
    const event = progressed.map((flag, at) => (flag === 1 ? 1 : 2 * died[at]!));
    const fit = fitted(fitAalenJohansen({ time, event }, 2));
    for (const row of reference<{ time: number; s0: number; pcm: number; death: number; se_pcm: number }[]>(
      'aj_mgus2',
    )) {
      const [pcm, death] = incidenceAt(fit, row.time);
      expect(pcm?.share).toBeCloseTo(row.pcm, 12);
      expect(pcm?.standardError).toBeCloseTo(row.se_pcm, 12);
      expect(death?.share).toBeCloseTo(row.death, 12);
      expect(1 - pcm!.share - death!.share).toBeCloseTo(row.s0, 12);
    }
  });

  it('lung by sex: log-rank 10.32674, p .00131 (survdiff)', () => {
    const rows = readRows('surv_lung.csv');
    const test = fitted(testLogRank(lung(), column(rows, 'sex')));
    expect(test.chiSquare).toBeCloseTo(reference<number>('logrank_lung_sex'), 9);
    expect(test.p).toBeCloseTo(0.00131, 5);
  });

  it('lung by ph.ecog within strata of sex (survdiff with strata)', () => {
    const rows = complete(readRows('surv_lung.csv'), 'ph.ecog');
    const event = column(rows, 'status').map((status) => status - 1);
    const spells = { time: column(rows, 'time'), event, stratum: column(rows, 'sex') };
    const test = fitted(testLogRank(spells, column(rows, 'ph.ecog')));
    expect(test.chiSquare).toBeCloseTo(21.5962383704516, 9);
    expect(test.degrees).toBe(3);
    expect(test.p).toBeCloseTo(7.91470206e-5, 12);
    expect(test.observed).toEqual([37, 82, 44, 1]);
    [54.35397433912, 83.70258462974, 25.71616315209, 0.22727787906].forEach((expected, g) => {
      expect(test.expected[g]).toBeCloseTo(expected, 9);
    });
  });
});

describe.skipIf(!present)(`Telco as survival, retention.md 2.5${note}`, () => {
  const telco = (only?: string) => {
    const rows = readRows('wa_churn.csv').filter(
      (row) => Number(row['tenure']) > 0 && (!only || row['contract'] === only),
    );
    return { time: column(rows, 'tenure'), event: rows.map((row) => (row['churn'] === 'Yes' ? 1 : 0)) };
  };

  it('7,032 customers: S at 1, 6, 12, 24, 36, 48, 60 and 72 months (R survfit)', () => {
    const curve = fitted(fitKaplanMeier(telco()));
    expect(curve.rows).toBe(7032);
    const expected = [0.94596, 0.88483, 0.8432, 0.78874, 0.74855, 0.70884, 0.6644, 0.59279];
    [1, 6, 12, 24, 36, 48, 60, 72].forEach((month, at) => {
      expect(survivalAt(curve, month).survival).toBeCloseTo(expected[at]!, 5);
    });
  });

  it('month-to-month contracts: S at 12, 24 and 48 months (R survfit)', () => {
    const curve = fitted(fitKaplanMeier(telco('Month-to-month')));
    [0.7031, 0.58592, 0.39726].forEach((expected, at) => {
      expect(survivalAt(curve, [12, 24, 48][at]!).survival).toBeCloseTo(expected, 5);
    });
  });
});
