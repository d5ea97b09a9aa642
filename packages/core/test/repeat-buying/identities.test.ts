import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitBgNbd, fitMbgNbd } from '../../src/retention/repeat-buying/beta-geometric/fit.ts';
import { fitBgBb } from '../../src/retention/repeat-buying/bg-bb/fit.ts';
import { fitParetoNbd } from '../../src/retention/repeat-buying/pareto-nbd/fit.ts';
import {
  expectedOrders,
  probabilityActive,
  probabilityOfOrder,
  probabilityOfOrders,
} from '../../src/retention/repeat-buying/predict.ts';
import { predictBook } from '../../src/retention/repeat-buying/predict-book.ts';
import { span } from '../../src/retention/repeat-buying/time-base.ts';
import { bgBb, bgNbd, paretoNbd } from './given-models.ts';
import { betaChance, simulate } from './simulate.ts';

const positive = fc.double({ min: 0.1, max: 5, noNaN: true });
const four = fc.tuple(positive, positive, positive, positive);
const history = fc
  .tuple(
    fc.integer({ min: 0, max: 12 }),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    fc.double({ min: 1, max: 60, noNaN: true }),
  )
  .map(([frequency, share, age]) => ({
    base: 'weeks' as const,
    frequency,
    recency: frequency === 0 ? 0 : share * age,
    age,
  }));
const occasions = fc
  .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }))
  .map((three) => three.sort((one, other) => one - other))
  .map(([x, last, n]) => ({ base: 'years' as const, frequency: x!, recency: x === 0 ? 0 : last!, occasions: n! }));

/** Of some chances of a count: their sum and their mean. */
function sums(chance: (orders: number) => number, upTo: number) {
  let total = 0;
  let mean = 0;
  for (let orders = 0; orders <= upTo; orders++) {
    const p = chance(orders);
    expect(p).toBeGreaterThanOrEqual(0);
    total += p;
    mean += orders * p;
  }
  return { total, mean };
}

describe('identities of probability', () => {
  it('counts: chances add up to 1, their mean is the expected orders, P(any) = 1 - P(0)', () => {
    const short = span('weeks', 2);
    fc.assert(
      fc.property(four, history, ([r, rate, c, d], past) => {
        // up to 90 orders in 2 weeks from at most 17 in about one week: the rest is below 1e-9
        const alpha = 20 * rate + 10;
        for (const model of [
          bgNbd([r, alpha, c, d]),
          bgNbd([r, alpha, c, d], 'mbg-nbd'),
          paretoNbd([r, alpha, c, 10 * d]),
        ]) {
          for (const known of [past, null]) {
            const { total, mean } = sums((orders) => probabilityOfOrders(model, known, short, orders), 90);
            expect(total).toBeCloseTo(1, 8);
            expect(mean).toBeCloseTo(expectedOrders(model, known, short), 7);
            expect(probabilityOfOrder(model, known, short)).toBeCloseTo(
              1 - probabilityOfOrders(model, known, short, 0),
              9,
            );
          }
          const active = probabilityActive(model, past);
          expect(active).toBeGreaterThanOrEqual(0);
          expect(active).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('BG/BB: the same, exactly, over 7 occasions', () => {
    fc.assert(
      fc.property(four, occasions, (parameters, past) => {
        const model = bgBb(parameters);
        for (const known of [past, null]) {
          const { total, mean } = sums((orders) => probabilityOfOrders(model, known, span('years', 7), orders), 8);
          expect(total).toBeCloseTo(1, 10);
          expect(mean).toBeCloseTo(expectedOrders(model, known, span('years', 7)), 10);
          const none = probabilityOfOrders(model, known, span('years', 7), 0);
          expect(probabilityOfOrder(model, known, span('years', 7))).toBeCloseTo(1 - none, 10);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('P(active) and expected orders of a book are those of its accounts', () => {
    const book = simulate({ accounts: 20, seed: 1, r: 1, alpha: 5, dropOut: betaChance(1, 3) });
    const model = bgNbd([0.243, 4.414, 0.793, 2.426]);
    const all = predictBook(model, book, span('weeks', 13));
    for (let i = 0; i < 20; i++) {
      const one = {
        base: 'weeks',
        frequency: book.frequency[i]!,
        recency: book.recency[i]!,
        age: book.age[i]!,
      } as const;
      expect(all.active[i]).toBe(probabilityActive(model, one));
      expect(all.order[i]).toBe(probabilityOfOrder(model, one, span('weeks', 13)));
      expect(all.expectedOrders[i]).toBe(expectedOrders(model, one, span('weeks', 13)));
    }
  });
});

describe('identities of fits', () => {
  const book = simulate({ accounts: 500, seed: 21, r: 0.6, alpha: 5, dropOut: betaChance(0.8, 2.4) });
  const turn = (column: Float64Array) => Float64Array.from(column).reverse();
  const turned = { ...book, frequency: turn(book.frequency), recency: turn(book.recency), age: turn(book.age) };

  it.each([
    ['BG/NBD', fitBgNbd],
    ['MBG/NBD', fitMbgNbd],
    ['Pareto/NBD', fitParetoNbd],
  ])(
    '%s: the order of the accounts changes nothing to 1e-9; seven times the unit of time scales alpha and keeps the rest',
    (_, fit) => {
      const one = fit(book);
      const other = fit(turned);
      const times = (column: Float64Array) => column.map((it) => it * 7);
      const days = fit({ base: 'days', frequency: book.frequency, recency: times(book.recency), age: times(book.age) });
      if (!one.fitted || !other.fitted || !days.fitted) throw new Error('not fitted');
      for (const [name, value] of Object.entries(one.parameters)) {
        expect(Math.abs((other.parameters as Record<string, number>)[name]! / value - 1)).toBeLessThan(1e-9);
        const unit = name === 'alpha' || name === 'beta' ? 7 : 1;
        expect(Math.abs((days.parameters as Record<string, number>)[name]! / (value * unit) - 1)).toBeLessThan(1e-9);
      }
      const orders = book.frequency.reduce((sum, it) => sum + it, 0);
      expect(days.logLikelihood).toBeCloseTo(one.logLikelihood - orders * Math.log(7), 6);
    },
  );

  it('BG/BB: two rows of one account are one row of two, in any order', () => {
    const cells = (rows: readonly (readonly number[])[]) => ({
      base: 'years' as const,
      frequency: Float64Array.from(rows, (row) => row[0]!),
      recency: Float64Array.from(rows, (row) => row[1]!),
      occasions: Float64Array.from(rows, (row) => row[2]!),
      accounts: Float64Array.from(rows, (row) => row[3]!),
    });
    const rows = [
      [0, 0, 4, 40],
      [1, 2, 4, 10],
      [2, 4, 4, 12],
      [3, 4, 4, 8],
      [4, 4, 4, 9],
      [1, 1, 4, 16],
      [2, 3, 4, 6],
    ] as const;
    const split = [...rows, ...rows].reverse().map(([x, last, n, accounts]) => [x!, last!, n!, accounts! / 2]);
    expect(fitBgBb(cells(split))).toEqual(fitBgBb(cells(rows)));
  });
});
