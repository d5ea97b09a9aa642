import { type CalendarDay, dayNumber } from '../../model/dates.ts';
import type { RepeatBuyingSummary } from './summary.ts';
import { DAYS_IN, type TimeBase } from './time-base.ts';

/** One order of one account, by the civil day it was placed on in the org's time zone. */
export interface DatedOrder {
  readonly accountId: string;
  readonly orderedOn: CalendarDay;
}

/** A summary with the account of every row. */
export interface SummarisedOrders<B extends TimeBase> {
  readonly accountIds: readonly string[];
  readonly summary: RepeatBuyingSummary<B>;
}

/**
 * Builds the summary of repeat buying from order days, as of the end of `asOf`; accounts come in the order of their
 * first mention.
 *
 * Counted are days with an order: several orders of one account on one day are one. The first of those days is not a
 * repeat order. Later orders than `asOf` are left out, and accounts without an order by then. A month is 30.436875
 * days: ages are exact times, not calendar months.
 */
export function summariseOrders<B extends TimeBase>(
  orders: Iterable<DatedOrder>,
  asOf: CalendarDay,
  base: B,
): SummarisedOrders<B> {
  const end = dayNumber(asOf);
  const days = orderDays(orders, end);
  const rows = [...days.values()].map((placed) => {
    const first = placed[0]!;
    return { frequency: placed.length - 1, recency: placed.at(-1)! - first, age: end - first };
  });
  const column = (value: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, value);
  return {
    accountIds: [...days.keys()],
    summary: {
      base,
      frequency: column((row) => row.frequency),
      recency: column((row) => row.recency / DAYS_IN[base]),
      age: column((row) => row.age / DAYS_IN[base]),
    },
  };
}

/**
 * The distinct order days of every account up to a day, ascending, as numbers of days. An unreadable day is a
 * `RangeError`.
 */
export function orderDays(orders: Iterable<DatedOrder>, end: number): Map<string, number[]> {
  const days = new Map<string, number[]>();
  for (const { accountId, orderedOn } of orders) {
    const day = dayNumber(orderedOn);
    if (Number.isNaN(day)) throw new RangeError(`An order of ${accountId} has no readable day: ${orderedOn}.`);
    if (day > end) continue;
    const placed = days.get(accountId);
    if (placed) placed.push(day);
    else days.set(accountId, [day]);
  }
  for (const [accountId, placed] of days)
    days.set(
      accountId,
      [...new Set(placed)].sort((one, other) => one - other),
    );
  return days;
}
