import type { DecisionRows } from '@holdfast/core';
import { auc } from '@holdfast/core/stats';
import { describe, expect, test } from 'vitest';
import { HONEST_CARD } from './honest-card.ts';
import { collectRows, honestRows } from './honest-rows.ts';
import { forecastLatest } from './latest-slice.ts';
import { naiveRows } from './naive-rows.ts';

const options = {
  accounts: 900,
  contractCard: HONEST_CARD,
  honest: { attainableFrom: '9999-01-01', standingTickets: 0.7 },
};
const plain = honestRows(21, options);
const planted = honestRows(21, { ...options, honest: { ...options.honest, canary: true } });
/** AUC over the last year, forecast from what was known before. */
function lastYear(rows: DecisionRows): number {
  const { chances, test } = forecastLatest({ rows, attainable: new Float64Array(rows.count) }, HONEST_CARD, 365);
  return auc(chances, test.lost)!;
}

describe('canary: tickets that somebody sets to urgent once the account has left', () => {
  test('the plant is there: it moves nothing but priorities', () => {
    const urgent = (book: typeof plain.made.book) => book.tickets.filter((it) => it.priority === 'urgent').length;
    expect(planted.made.book.tickets.length).toBe(plain.made.book.tickets.length);
    expect(urgent(planted.made.book)).toBeGreaterThan(urgent(plain.made.book) + 100);
  });

  test('read naively it lifts the AUC by at least .1', () => {
    const lift = lastYear(naiveRows(planted.records, HONEST_CARD)) - lastYear(naiveRows(plain.records, HONEST_CARD));
    expect(lift).toBeGreaterThanOrEqual(0.1);
  });

  test('as-of, with field history, it lifts the AUC by less than .01', () => {
    expect(Math.abs(lastYear(planted.rows) - lastYear(plain.rows))).toBeLessThan(0.01);
  });

  test('as-of, without field history, it lifts the AUC by less than .01', () => {
    const rowsOf = ({ made, records }: typeof plain) =>
      collectRows(made, records, { ...options, history: false }).contract;
    expect(Math.abs(lastYear(rowsOf(planted)) - lastYear(rowsOf(plain)))).toBeLessThan(0.01);
  });
});

describe('survivorship', () => {
  test('a book whose churned accounts were purged: losses missing', () => {
    const purged = honestRows(21, { ...options, honest: { ...options.honest, purge: true } });
    expect(purged.collected.coverage.losses.missing).toBe(true);
    expect(purged.collected.coverage.losses.reasons.length).toBeGreaterThan(0);
  });

  test('the same book unpurged: none missing', () => {
    expect(plain.collected.coverage.losses).toEqual({ missing: false, reasons: [] });
  });
});
