import { addDays, type CalendarDay, dayFromNumber, dayNumber } from '../../model/dates.ts';
import { type DatedOrder, orderDays } from './summarise-orders.ts';
import type { OccasionSummary } from './summary.ts';
import type { TimeBase } from './time-base.ts';

/** A summary of occasions with the account of every row. */
export interface SummarisedOccasions<B extends TimeBase> {
  readonly accountIds: readonly string[];
  readonly summary: OccasionSummary<B>;
}

/**
 * Builds the summary for BG/BB: calendar periods of the base (weeks start on Monday) with and without an order. The
 * period of the first order is not an occasion, the occasions are the whole periods after it that had ended by the end
 * of `asOf`. Orders in a period that had not ended are left out, and accounts whose first order lies in it.
 */
export function summariseOccasions<B extends TimeBase>(
  orders: Iterable<DatedOrder>,
  asOf: CalendarDay,
  base: B,
): SummarisedOccasions<B> {
  // the period of tomorrow is the first that has not ended
  const open = periodOf(addDays(asOf, 1), base);
  const rows: { accountId: string; frequency: number; recency: number; occasions: number }[] = [];
  for (const [accountId, days] of orderDays(orders, dayNumber(asOf))) {
    const periods = [...new Set(days.map((day) => periodOf(dayFromNumber(day), base)))].filter((it) => it < open);
    const first = periods[0];
    if (first === undefined) continue;
    rows.push({
      accountId,
      frequency: periods.length - 1,
      recency: periods.at(-1)! - first,
      occasions: open - 1 - first,
    });
  }
  return {
    accountIds: rows.map((row) => row.accountId),
    summary: {
      base,
      frequency: Float64Array.from(rows, (row) => row.frequency),
      recency: Float64Array.from(rows, (row) => row.recency),
      occasions: Float64Array.from(rows, (row) => row.occasions),
      accounts: new Float64Array(rows.length).fill(1),
    },
  };
}

/** The running number of the calendar period that a day falls in. 1970-01-01 was a Thursday. */
function periodOf(day: CalendarDay, base: TimeBase): number {
  const year = Number(day.slice(0, 4));
  const month = year * 12 + Number(day.slice(5, 7)) - 1;
  switch (base) {
    case 'days':
      return dayNumber(day);
    case 'weeks':
      return Math.floor((dayNumber(day) + 3) / 7);
    case 'months':
      return month;
    case 'quarters':
      return Math.floor(month / 3);
    case 'years':
      return year;
  }
}
