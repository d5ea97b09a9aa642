import { describe, expect, it } from 'vitest';
import {
  auc,
  averagePrecision,
  brier,
  empb,
  empc,
  fitIsotonic,
  fitPlatt,
  logit,
  logLoss,
  mpc,
  predictIsotonic,
} from '../../src/stats/index.ts';
import { hasReference, NEEDS_REFERENCE, readReference } from './reference.ts';

interface Reference {
  readonly y: readonly number[];
  readonly p: readonly number[];
  readonly w: readonly number[];
  readonly auc: number;
  readonly auc_w: number;
  readonly ap: number;
  readonly brier: number;
  readonly logloss: number;
  readonly isotonic: {
    readonly q: readonly number[];
    readonly v: readonly number[];
    readonly weighted: readonly number[];
  };
  readonly platt_on_logit: { readonly slope: number; readonly intercept: number };
  readonly empc: readonly {
    readonly params: { alpha: number; beta: number; clv: number; d: number; f: number };
    readonly empc: number;
  }[];
  readonly empc10: { readonly y: readonly number[]; readonly p: readonly number[]; readonly empc: number };
}

describe.skipIf(!hasReference)(`figures on the 300-row vector ${NEEDS_REFERENCE}`, () => {
  const reference = (): Reference => readReference('metrics_sklearn_empc.json');

  it('scikit-learn 1.2.1: AUC with and without weights, average precision, Brier, log-loss to 1e-14', () => {
    const { y, p, w, ...expected } = reference();
    expect(auc(p, y)).toBeCloseTo(expected.auc, 14);
    expect(auc(p, y, w)).toBeCloseTo(expected.auc_w, 14);
    expect(averagePrecision(p, y)).toBeCloseTo(expected.ap, 14);
    expect(brier(p, y)).toBeCloseTo(expected.brier, 14);
    expect(logLoss(p, y)).toBeCloseTo(expected.logloss, 14);
  });

  it('scikit-learn 1.2.1: isotonic regression with and without weights at 12 points', () => {
    const { y, p, w, isotonic } = reference();
    const [plain, weighted] = [fitIsotonic(p, y), fitIsotonic(p, y, w)];
    if (!plain.fitted || !weighted.fitted) throw new Error('refused');
    isotonic.q.forEach((q, i) => {
      expect(predictIsotonic(plain, q)).toBeCloseTo(isotonic.v[i] ?? NaN, 14);
      expect(predictIsotonic(weighted, q)).toBeCloseTo(isotonic.weighted[i] ?? NaN, 14);
    });
  });

  it('R glm (epsilon 1e-15): the line on the log-odds with errors; scikit-learn stops 3e-6 short of it', () => {
    const { y, p, w, platt_on_logit } = reference();
    const logOdds = p.map(logit);
    const fit = fitPlatt(logOdds, y);
    if (!fit.fitted) throw new Error(fit.message);
    expect(fit.slope).toBeCloseTo(1.03645766094066, 13);
    expect(fit.intercept).toBeCloseTo(-0.343830959679747, 13);
    expect(fit.slopeError).toBeCloseTo(0.165396155784254, 8);
    expect(fit.interceptError).toBeCloseTo(0.151865005946335, 8);
    expect(fit.logLikelihood).toBeCloseTo(-157.436121278935, 10);
    expect(Math.abs(fit.slope - platt_on_logit.slope)).toBeLessThan(5e-6);
    expect(Math.abs(fit.intercept - platt_on_logit.intercept)).toBeLessThan(5e-6);
    expect(fitPlatt(logOdds, y, { weights: w })).toMatchObject({
      slope: expect.closeTo(0.998940829900124, 12),
      intercept: expect.closeTo(-0.365843866877747, 12),
    });
  });

  it('R (sandwich by hand, 60 clusters, 60 / 59): cluster-robust errors', () => {
    const { y, p } = reference();
    const fit = fitPlatt(p.map(logit), y, { clusters: y.map((_, i) => i % 60) });
    expect(fit).toMatchObject({
      interceptError: expect.closeTo(0.165790852840903, 9),
      slopeError: expect.closeTo(0.162248038779071, 9),
    });
  });

  it('empulse 0.5: EMPC at 7 parameter sets to 1e-9', () => {
    const { y, p, ...all } = reference();
    for (const { params, empc: expected } of all.empc) {
      const { d: incentive, f: contact, ...terms } = params;
      expect(Math.abs((empc(p, y, { ...terms, incentive, contact })?.profit ?? NaN) - expected)).toBeLessThan(1e-9);
    }
  });

  it('proflogit tests: EMPC of the 10-row vector', () => {
    const { y, p, empc: expected } = reference().empc10;
    expect(Math.abs((empc(p, y)?.profit ?? NaN) - expected)).toBeLessThan(1e-9);
  });
});

describe('profit of a campaign', () => {
  it.each([
    ['perfect', [0, 1], 28.0000000000391, 0.4999999997, 28, 0.5],
    ['reversed', [1, 0], 22.5007912244511, 0.99916, 22.5, 1],
    ['constant', [1, 1], 22.5007912244511, 0.99916, 22.5, 1],
  ])(
    'proflogit tests: EMPC and MPC of a %s score on [0, 1] at the defaults',
    (_, scores, expected, at, single, part) => {
      const best = empc(scores, [0, 1]);
      expect(Math.abs((best?.profit ?? NaN) - expected)).toBeLessThan(1e-12 * 100);
      expect(best?.fraction).toBeCloseTo(at, 5);
      expect(mpc(scores, [0, 1])).toEqual({ profit: expect.closeTo(single, 12), fraction: part });
    },
  );

  it('empulse tests: EMPB of a perfect and a reversed score, incentive 5 %, contact 15', () => {
    const y = Array.from({ length: 20 }, (_, i) => i % 2);
    const clv = y.map((lost) => (lost ? 200 : 100));
    expect(empb(y, y, clv)).toEqual({ profit: expect.closeTo(525, 10), fraction: 0.5 });
    expect(
      empb(
        y.map((lost) => 1 - lost),
        y,
        clv,
      ),
    ).toEqual({ profit: expect.closeTo(325, 10), fraction: 1 });
  });

  it('empulse tests: EMPB 345 of a constant score holds with ties in the order of the rows; together they give 325', () => {
    const y = Array.from({ length: 20 }, (_, i) => i % 2);
    const clv = y.map((lost) => (lost ? 200 : 100));
    const inRowOrder = y.map((_, i) => i);
    expect(empb(inRowOrder, y, clv)).toEqual({ profit: expect.closeTo(345, 10), fraction: 0.95 });
    expect(
      empb(
        y.map(() => 0.5),
        y,
        clv,
      ),
    ).toEqual({ profit: expect.closeTo(325, 10), fraction: 1 });
  });

  it('nothing to act on: no rows give null, an offer dearer than its gain acts on nobody', () => {
    expect([empc([], []), mpc([], []), empb([], [], [])]).toEqual([null, null, null]);
    expect(mpc([0.2, 0.9], [0, 1], 0.3, { clv: 10, incentive: 10, contact: 5 })).toEqual({ profit: 0, fraction: 0 });
  });
});
