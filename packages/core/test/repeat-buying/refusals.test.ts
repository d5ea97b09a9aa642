import { describe, expect, it } from 'vitest';
import { fitBdw, fitSbg } from '../../src/retention/contract-cohorts/fit.ts';
import { fitBgNbd, fitMbgNbd } from '../../src/retention/repeat-buying/beta-geometric/fit.ts';
import { fitBgBb } from '../../src/retention/repeat-buying/bg-bb/fit.ts';
import { fitGammaGamma } from '../../src/retention/repeat-buying/gamma-gamma/fit.ts';
import { fitParetoNbd } from '../../src/retention/repeat-buying/pareto-nbd/fit.ts';
import { expectedOrders, probabilityActive } from '../../src/retention/repeat-buying/predict.ts';
import { span } from '../../src/retention/repeat-buying/time-base.ts';
import { betaChance, simulate } from './simulate.ts';

type Row = readonly [frequency: number, recency: number, age: number];

const summary = (...rows: readonly Row[]) => ({
  base: 'weeks' as const,
  frequency: Float64Array.from(rows, (row) => row[0]),
  recency: Float64Array.from(rows, (row) => row[1]),
  age: Float64Array.from(rows, (row) => row[2]),
});
const occasions = (...rows: readonly Row[]) => {
  const { frequency, recency, age } = summary(...rows);
  return { base: 'months' as const, frequency, recency, occasions: age, accounts: frequency.map(() => 1) };
};
const good: Row = [2, 20, 30];

const cases: readonly (readonly [string, string, readonly Row[], RegExp])[] = [
  ['no rows', 'no-rows', [], /no accounts/],
  [
    'no repeat order at all',
    'no-events',
    [
      [0, 0, 30],
      [0, 0, 12],
    ],
    /ordered twice/,
  ],
  ['NaN', 'not-finite', [good, [1, Number.NaN, 30]], /Row 1/],
  ['an infinite age', 'not-finite', [good, [1, 3, Number.POSITIVE_INFINITY]], /Row 1/],
  ['a negative number', 'out-of-range', [good, [1, -3, 30]], /Row 1: a number is negative/],
  ['recency beyond the age', 'out-of-range', [good, good, [1, 31, 30]], /Row 2: recency 31 is beyond/],
  ['half an order', 'out-of-range', [[1.5, 3, 30]], /not whole/],
  ['repeat orders without a recency', 'out-of-range', [[1, 0, 30]], /recency 0/],
  ['a recency without repeat orders', 'out-of-range', [[0, 3, 30]], /no repeat order/],
];

describe('a summary that cannot be fitted is refused with its reason', () => {
  for (const [what, problem, rows, message] of cases) {
    it(`${what}: ${problem}`, () => {
      for (const refusal of [
        fitBgNbd(summary(...rows)),
        fitMbgNbd(summary(...rows)),
        fitParetoNbd(summary(...rows)),
        fitBgBb(occasions(...rows)),
      ])
        expect(refusal).toMatchObject({ fitted: false, problem, message: expect.stringMatching(message) });
    });
  }

  it('columns of different lengths; more orders than occasions; half a month; too many occasions', () => {
    expect(fitBgNbd({ ...summary(good), age: new Float64Array(2) })).toMatchObject({ problem: 'out-of-range' });
    expect(fitBgBb(occasions([5, 4, 6]))).toMatchObject({ problem: 'out-of-range' });
    expect(fitBgBb(occasions([1, 1.5, 6]))).toMatchObject({ problem: 'out-of-range' });
    expect(fitBgBb(occasions([1, 1, 1e6]))).toMatchObject({ problem: 'out-of-range' });
    expect(fitBgBb({ ...occasions([1, 1, 6]), accounts: Float64Array.of(0) })).toMatchObject({
      problem: 'out-of-range',
    });
  });

  it('a cancelled fit says so, before and in the middle', () => {
    const book = simulate({ accounts: 400, seed: 5, r: 0.5, alpha: 4, dropOut: betaChance(0.8, 2.4) });
    for (const fit of [fitBgNbd, fitMbgNbd, fitParetoNbd])
      expect(fit(book, { signal: { aborted: true } })).toMatchObject({ fitted: false, problem: 'cancelled' });
    let asked = 0;
    const signal = {
      get aborted() {
        asked++;
        return asked > 2;
      },
    };
    expect(fitBgNbd(book, { signal })).toMatchObject({ problem: 'cancelled' });
    expect(fitBgBb(occasions([2, 3, 6], [1, 1, 6]), { signal })).toMatchObject({ problem: 'cancelled' });
    expect(fitSbg([{ base: 'years', kept: [10, 6, 5] }], { signal })).toMatchObject({ problem: 'cancelled' });
  });

  it('progress rises from 0 and stays below 1', () => {
    const shares: number[] = [];
    fitBgNbd(summary(good, [0, 0, 30], [1, 5, 20], [4, 20, 30]), { onProgress: (share) => shares.push(share) });
    expect(shares[0]).toBe(0);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(Math.max(...shares)).toBeLessThan(1);
  });
});

describe('order values and contracts that cannot be fitted', () => {
  const spend = (frequency: number[], meanValue: number[]) => ({
    currency: 'EUR',
    frequency: Float64Array.from(frequency),
    meanValue: Float64Array.from(meanValue),
  });

  it('order values: no rows, no repeat buyer, free orders, NaN, all equal', () => {
    expect(fitGammaGamma(spend([], []))).toMatchObject({ problem: 'no-rows' });
    expect(fitGammaGamma(spend([0, 0], [0, Number.NaN]))).toMatchObject({ problem: 'no-events' });
    expect(fitGammaGamma(spend([1, 2], [10, 0]))).toMatchObject({ problem: 'out-of-range' });
    expect(fitGammaGamma(spend([1, 2], [10, Number.NaN]))).toMatchObject({ problem: 'not-finite' });
    expect(fitGammaGamma(spend([1, 2, 3], [10, 10, 10]))).toMatchObject({ problem: 'constant-column' });
  });

  it('contracts: none, none lost, all lost at once, too few renewals, growing, NaN, negative, mixed terms', () => {
    const problem = (...kept: readonly number[][]) => fitSbg(kept.map((it) => ({ base: 'years' as const, kept: it })));
    expect(problem()).toMatchObject({ problem: 'no-rows' });
    expect(problem([10, 10, 10])).toMatchObject({ problem: 'no-events' });
    expect(problem([10, 0, 0])).toMatchObject({ problem: 'one-class' });
    expect(problem([10, 8])).toMatchObject({ problem: 'out-of-range', message: expect.stringMatching(/needs 2/) });
    expect(fitBdw([{ base: 'years', kept: [10, 8, 7] }])).toMatchObject({ problem: 'out-of-range' });
    expect(problem([10, 8, 9])).toMatchObject({ problem: 'out-of-range', message: expect.stringMatching(/grows/) });
    expect(problem([10, Number.NaN, 1])).toMatchObject({ problem: 'not-finite' });
    expect(problem([10, -1, -2])).toMatchObject({ problem: 'out-of-range' });
    const mixed = [
      { base: 'years', kept: [10, 8, 7] },
      { base: 'months', kept: [10, 8, 7] },
    ] as const;
    expect(fitSbg<'years' | 'months'>(mixed)).toMatchObject({ problem: 'out-of-range' });
  });
});

describe('a huge frequency still works', () => {
  it.each([1e3, 1e5, 1e7, 1e9])('one account of 300 with %d orders: fits and predicts, nothing overflows', (orders) => {
    const book = simulate({ accounts: 300, seed: 9, r: 0.25, alpha: 4.4, dropOut: betaChance(0.8, 2.4) });
    book.frequency[7] = orders;
    book.recency[7] = book.age[7]! * 0.99;
    for (const model of [fitBgNbd(book), fitMbgNbd(book), fitParetoNbd(book)]) {
      if (!model.fitted) throw new Error(model.message);
      expect(Number.isFinite(model.logLikelihood)).toBe(true);
      const busy = { base: 'weeks', frequency: orders, recency: book.recency[7]!, age: book.age[7]! } as const;
      const silent = probabilityActive(model, { ...busy, recency: busy.age * 0.5 });
      expect(silent).toBeGreaterThanOrEqual(0);
      expect(silent).toBeLessThan(1e-6);
      expect(probabilityActive(model, { ...busy, recency: busy.age })).toBeGreaterThan(0.9);
      const expected = expectedOrders(model, busy, span('weeks', 1));
      expect(expected).toBeGreaterThanOrEqual(0);
      expect(expected).toBeLessThan(orders);
    }
  });
});
