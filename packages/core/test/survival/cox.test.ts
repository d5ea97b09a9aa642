import { describe, expect, it } from 'vitest';
import {
  type Covariates,
  type CoxFit,
  fitCox,
  martingaleResiduals,
  predictCoxSurvival,
  type Spells,
  subjectSurvivalAt,
  testProportionalHazards,
} from '../../src/stats/index.ts';
import { bind, type CoxReference, column, complete, fitted, note, present, readRows, reference } from './data.ts';

type Data = { readonly spells: Spells; readonly covariates: Covariates };

function lung(): Data {
  const rows = complete(readRows('surv_lung.csv'), 'time', 'status', 'age', 'sex', 'ph.ecog');
  return {
    spells: { time: column(rows, 'time'), event: column(rows, 'status').map((status) => status - 1) },
    covariates: bind({ age: column(rows, 'age'), sex: column(rows, 'sex'), 'ph.ecog': column(rows, 'ph.ecog') }),
  };
}

function veteran(): Data {
  const rows = readRows('surv_veteran.csv');
  const cell = (name: string) => rows.map(({ celltype }) => (celltype === name ? 1 : 0));
  return {
    spells: { time: column(rows, 'time'), event: column(rows, 'status') },
    covariates: bind({
      trt: column(rows, 'trt'),
      celltypesmallcell: cell('smallcell'),
      celltypeadeno: cell('adeno'),
      celltypelarge: cell('large'),
      karno: column(rows, 'karno'),
      diagtime: column(rows, 'diagtime'),
      age: column(rows, 'age'),
      prior: column(rows, 'prior'),
    }),
  };
}

function pbc(): Data {
  const rows = complete(readRows('surv_pbc.csv'), 'age', 'edema', 'bili', 'protime', 'albumin');
  return {
    spells: { time: column(rows, 'time'), event: column(rows, 'status').map((status) => (status === 2 ? 1 : 0)) },
    covariates: bind({
      age: column(rows, 'age'),
      edema: column(rows, 'edema'),
      'log(bili)': column(rows, 'bili').map(Math.log),
      'log(protime)': column(rows, 'protime').map(Math.log),
      'log(albumin)': column(rows, 'albumin').map(Math.log),
    }),
  };
}

function heart(): Data {
  const rows = readRows('surv_heart.csv');
  return {
    spells: { entry: column(rows, 'start'), time: column(rows, 'stop'), event: column(rows, 'event') },
    covariates: bind({
      age: column(rows, 'age'),
      surgery: column(rows, 'surgery'),
      transplant1: column(rows, 'transplant'),
    }),
  };
}

function kidney(): Data {
  const rows = readRows('surv_kidney.csv');
  return {
    spells: { time: column(rows, 'time'), event: column(rows, 'status'), stratum: column(rows, 'sex') },
    covariates: bind({ age: column(rows, 'age') }),
  };
}

function expectAsInR(fit: CoxFit, expected: CoxReference): void {
  const { names, coefficients, standardErrors, means } = fit;
  expect(fit.rows).toBe(expected.n);
  expect(fit.events).toBe(expected.events);
  names.forEach((name, j) => {
    expect(coefficients[j]! / expected.coef[name]! - 1).toBeCloseTo(0, 6);
    expect(standardErrors[j]! / expected.se[name]! - 1).toBeCloseTo(0, 6);
  });
  expect(fit.logLikelihoodNull).toBeCloseTo(expected.loglik[0], 8);
  expect(fit.logLikelihood).toBeCloseTo(expected.loglik[1], 8);
  expect(fit.likelihoodRatio.chiSquare).toBeCloseTo(expected.lrt, 7);
  expect(fit.wald.chiSquare).toBeCloseTo(expected.wald, 1.9);
  expect(fit.score.chiSquare).toBeCloseTo(expected.score, 7);
  expect(fit.concordance?.concordance).toBeCloseTo(expected.concordance, 9);
  expect(fit.concordance?.standardError).toBeCloseTo(expected.conc_se, 9);
  // R's basehaz(centered = FALSE) is that of a subject with zeros; it lists the strata one after the other
  const atZero = Math.exp(-coefficients.reduce((sum, value, j) => sum + value * means[j]!, 0));
  let stratum = 0;
  expected.basehaz_at0.forEach(({ time, hazard }, at) => {
    if (at > 0 && time < expected.basehaz_at0[at - 1]!.time) stratum++;
    const baseline = fit.baseline[stratum]!;
    const step = baseline.time.findLastIndex((one) => one <= time);
    const found = (baseline.cumulative[step] ?? 0) * atZero;
    expect(found).toBeCloseTo(hazard, 8);
    if (hazard > 0) expect(found / hazard).toBeCloseTo(1, 6);
  });
}

describe.skipIf(!present)(`Cox regression as in R survival 3.5-3${note}`, () => {
  it.each([
    ['lung, age + sex + ph.ecog, Efron (coxph)', lung, 'efron', 'lung_efron'],
    ['lung, Breslow (coxph)', lung, 'breslow', 'lung_breslow'],
    ['veteran, eight columns (coxph)', veteran, 'efron', 'veteran'],
    ['pbc with logarithms (coxph)', pbc, 'efron', 'pbc'],
    ['heart, start-stop rows (coxph)', heart, 'efron', 'heart_tv'],
    ['kidney, strata(sex) (coxph)', kidney, 'efron', 'kidney_strata'],
  ] as const)('%s', (_, data, ties, key) => {
    const { spells, covariates } = data();
    expectAsInR(fitted(fitCox(spells, covariates, { ties })), reference<CoxReference>(key));
  });

  it('Wald statistic of lung to more digits than the reference file (coxph, wald.test)', () => {
    const { spells, covariates } = lung();
    expect(fitted(fitCox(spells, covariates)).wald.chiSquare).toBeCloseTo(29.9292512092047, 7);
  });

  it('survival of one subject of lung: age 60, sex 1, ph.ecog 1 (survfit.coxph), and the median', () => {
    const { spells, covariates } = lung();
    const curve = fitted(predictCoxSurvival(fitted(fitCox(spells, covariates)), [60, 1, 1]));
    expect(subjectSurvivalAt(curve, 100)).toBeCloseTo(0.850938787271, 9);
    expect(subjectSurvivalAt(curve, 365)).toBeCloseTo(0.335863369536, 9);
    expect(subjectSurvivalAt(curve, 700)).toBeCloseTo(0.088043127057, 9);
    expect(curve.median).toBe(285);
  });

  it('proportional hazards of lung (cox.zph, Kaplan-Meier scale)', () => {
    const { spells, covariates } = lung();
    const test = fitted(testProportionalHazards(fitted(fitCox(spells, covariates)), spells, covariates));
    const expected = reference<{ term: string; chisq: number; df: number; p: number }[]>('zph_lung');
    for (const { name, chiSquare, p } of test.columns) {
      const row = expected.find(({ term }) => term === name)!;
      expect(chiSquare).toBeCloseTo(row.chisq, 8);
      expect(p).toBeCloseTo(row.p, 8);
    }
    expect(test.global.chiSquare).toBeCloseTo(expected.at(-1)!.chisq, 8);
    expect(test.global.p).toBeCloseTo(expected.at(-1)!.p, 8);
  });

  it('proportional hazards of start-stop rows, heart (cox.zph)', () => {
    const { spells, covariates } = heart();
    const test = fitted(testProportionalHazards(fitted(fitCox(spells, covariates)), spells, covariates));
    const expected = [0.8953770835326972, 0.0968351119740433, 0.1282665260069773];
    test.columns.forEach(({ chiSquare }, j) => {
      expect(chiSquare).toBeCloseTo(expected[j]!, 7);
    });
    expect(test.global.chiSquare).toBeCloseTo(1.3792528013440046, 7);
  });

  it('proportional hazards within strata, kidney (cox.zph), and against time itself, lung (cox.zph, transform identity)', () => {
    const [strata, plain] = [kidney(), lung()];
    const inStrata = testProportionalHazards(
      fitted(fitCox(strata.spells, strata.covariates)),
      strata.spells,
      strata.covariates,
    );
    expect(fitted(inStrata).columns[0]?.chiSquare).toBeCloseTo(1.14606468373077, 8);
    const inTime = fitted(
      testProportionalHazards(
        fitted(fitCox(plain.spells, plain.covariates)),
        plain.spells,
        plain.covariates,
        'identity',
      ),
    );
    [0.15235031725392, 2.49191321710657, 1.57823523837676].forEach((expected, j) => {
      expect(inTime.columns[j]?.chiSquare).toBeCloseTo(expected, 8);
    });
    expect(inTime.global.chiSquare).toBeCloseTo(4.11938295147948, 8);
  });

  it.each([
    [
      'breslow',
      [-1739.07102176299, -1723.81808155843],
      [0.018528884704804, -0.530603984928491],
      [0.00666104617022438, 0.11803242430679706],
    ],
    [
      'efron',
      [-1738.6673936096, -1723.36496413858],
      [0.0185931534620328, -0.5312091082167383],
      [0.00666303113635759, 0.11802892803577184],
    ],
  ] as const)(
    'lung with weights 2, 3, 1, 2, ..., age + sex, %s (coxph, weights)',
    (ties, logLikelihoods, coefficients, errors) => {
      const { spells, covariates } = lung();
      const weight = Array.from(spells.time, (_, row) => 1 + ((row + 1) % 3));
      const values = Array.from(covariates.values).filter((_, at) => at % 3 !== 2);
      const fit = fitted(fitCox({ ...spells, weight }, { names: ['age', 'sex'], values }, { ties }));
      expect(fit.logLikelihoodNull).toBeCloseTo(logLikelihoods[0], 8);
      expect(fit.logLikelihood).toBeCloseTo(logLikelihoods[1], 8);
      coefficients.forEach((expected, j) => {
        expect(fit.coefficients[j]! / expected).toBeCloseTo(1, 6);
        expect(fit.standardErrors[j]! / errors[j]!).toBeCloseTo(1, 6);
      });
      expect(fit.concordance?.concordance).toBeCloseTo(0.604390010934181, 10);
    },
  );

  it.each([
    [
      'lung, Efron',
      lung,
      'efron',
      {
        0: 0.0438187707579248,
        1: 0.0445889152718615,
        2: -2.2218789691482703,
        99: -0.6249107423887275,
        226: -0.199332778613135,
      },
      176.863942246737,
    ],
    [
      'lung, Breslow',
      lung,
      'breslow',
      {
        0: 0.0455700582912955,
        1: 0.0456028516772957,
        2: -2.2213188830830761,
        99: -0.6245542182038532,
        226: -0.1990743293477282,
      },
      176.301999193253,
    ],
    [
      'heart, start-stop rows',
      heart,
      'efron',
      { 0: 0.7339680845641108, 1: 0.8628807677349992, 3: 0.7765892778584411, 171: 0.9064467922917336 },
      72.682127908223,
    ],
  ] as const)('martingale residuals of %s (residuals.coxph)', (_, data, ties, expected, squares) => {
    const { spells, covariates } = data();
    const { residuals } = fitted(martingaleResiduals(fitted(fitCox(spells, covariates, { ties })), spells, covariates));
    for (const [row, value] of Object.entries(expected)) expect(residuals[Number(row)]).toBeCloseTo(value, 9);
    expect(residuals.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(squares, 7);
    expect(residuals.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9);
  });
});
