import { describe, expect, it } from 'vitest';
import { summariseOccasions } from './summarise-occasions.ts';
import { summariseOrders } from './summarise-orders.ts';

const placed = (accountId: string, ...days: readonly string[]) => days.map((orderedOn) => ({ accountId, orderedOn }));
const orders = [
  ...placed('a', '2026-01-05', '2026-03-02', '2026-01-05', '2026-02-02', '2026-02-02'),
  ...placed('b', '2026-02-10'),
  ...placed('c', '2026-06-01'),
  ...placed('d', '2025-12-29', '2026-03-31'),
];

describe('a summary from order days (counted by hand)', () => {
  it('days: the first day is not counted, orders of one day are one, later orders and later accounts are left out', () => {
    const { accountIds, summary } = summariseOrders(orders, '2026-03-16', 'days');
    expect(accountIds).toEqual(['a', 'b', 'd']);
    expect(summary.base).toBe('days');
    expect([...summary.frequency]).toEqual([2, 0, 0]);
    expect([...summary.recency]).toEqual([56, 0, 0]);
    expect([...summary.age]).toEqual([70, 34, 77]);
  });

  it('weeks are 7 days; the day of the cut-off counts', () => {
    const { summary } = summariseOrders(orders, '2026-03-31', 'weeks');
    expect([...summary.frequency]).toEqual([2, 0, 1]);
    expect(summary.recency[0]).toBe(8);
    expect(summary.age[2]).toBeCloseTo(92 / 7, 12);
    expect(summary.recency[2]).toBe(summary.age[2]);
  });

  it('an unreadable day is an error that names the account', () => {
    expect(() => summariseOrders(placed('x', 'soon'), '2026-03-31', 'days')).toThrow(/An order of x/);
  });
});

describe('occasions from order days (counted by hand)', () => {
  it('months: the first month is no occasion, only months that have ended count', () => {
    const { accountIds, summary } = summariseOccasions(orders, '2026-03-30', 'months');
    expect(accountIds).toEqual(['a', 'b', 'd']);
    // on the 30th March has not ended: a ordered in February, of the one occasion it had
    expect([...summary.frequency]).toEqual([1, 0, 0]);
    expect([...summary.recency]).toEqual([1, 0, 0]);
    expect([...summary.occasions]).toEqual([1, 0, 2]);
    const ended = summariseOccasions(orders, '2026-03-31', 'months').summary;
    expect([...ended.frequency]).toEqual([2, 0, 1]);
    expect([...ended.recency]).toEqual([2, 0, 3]);
    expect([...ended.occasions]).toEqual([2, 1, 3]);
  });

  it('weeks start on Monday: Sunday 2026-03-08 ends the week of Monday the 2nd', () => {
    const weekly = placed('a', '2026-03-01', '2026-03-02', '2026-03-08', '2026-03-09');
    const { summary } = summariseOccasions(weekly, '2026-03-15', 'weeks');
    expect([...summary.frequency, ...summary.recency, ...summary.occasions]).toEqual([2, 2, 2]);
  });

  it('quarters and years', () => {
    const days = placed('a', '2025-02-01', '2025-12-31', '2026-01-01');
    const quarters = summariseOccasions(days, '2026-12-30', 'quarters').summary;
    expect([...quarters.frequency, ...quarters.recency, ...quarters.occasions]).toEqual([2, 4, 6]);
    const years = summariseOccasions(days, '2026-12-31', 'years').summary;
    expect([...years.frequency, ...years.recency, ...years.occasions]).toEqual([1, 1, 1]);
  });
});
