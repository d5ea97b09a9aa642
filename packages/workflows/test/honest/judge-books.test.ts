import { describe, expect, test } from 'vitest';
import { HONEST_CARD } from './honest-card.ts';
import { honestRows } from './honest-rows.ts';
import { coverageOf, judgeBook, pooled, redrawnTotals } from './judge-books.ts';
import { expectedAuc } from './latest-slice.ts';

describe('the generated book, a few seeds of what the bench runs with 200 and 1,000', () => {
  const books = [5000, 5001].map((seed) => judgeBook(seed));

  test('gap to the best attainable AUC: at most .02 in each of two books (bench: mean .01, 95 % .02 over 200)', () => {
    for (const { gap, attainableAuc } of books) {
      expect(attainableAuc).toBeGreaterThan(0.75);
      expect(gap).toBeGreaterThan(0);
      expect(gap).toBeLessThanOrEqual(0.02);
    }
  });

  test('the pooled slope of two books is not far from 1 (bench: .95 to 1.05)', () => {
    const { slope, slopeError } = pooled(books);
    expect(Math.abs(slope - 1)).toBeLessThan(3 * slopeError);
  });

  const known = { attainableFrom: '', paths: 16, standingTickets: 0 };
  const made = honestRows(5002, { accounts: 800, contractCard: HONEST_CARD, honest: known });

  test.each([0, 0.3])(
    'total loss, shock %d: an interval for 90 in 100 holds at least 14 of 20 redrawn totals',
    (shock) => {
      // Fewer than 14 of 20 at .9: chance .002.
      for (const held of Object.values(coverageOf(redrawnTotals(made, shock, 20)))) {
        expect(held.coverage).toBeGreaterThanOrEqual(14 / 20);
        expect(held.widthToOracle).toBeLessThan(1.4);
      }
    },
  );
});

describe('expected AUC, by hand', () => {
  test('two rows at .75 and .25: their pairs are won 9, lost 1 times of 10', () => {
    // Lost-kept pairs over both rows: .75 * .75 against .25 * .25.
    expect(expectedAuc([2, 1], [0.75, 0.25])).toBeCloseTo(0.9, 12);
    expect(expectedAuc([1, 2], [0.75, 0.25])).toBeCloseTo(0.1, 12);
    expect(expectedAuc([1, 1], [0.75, 0.25])).toBeCloseTo(0.5, 12);
  });
});
