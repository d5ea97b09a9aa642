import { type CalendarDay, dayInZone, type Instant } from '../model/dates.ts';

/** A civil month `YYYY-MM` in the org's time zone; months compare as text. */
export type CalendarMonth = string;

/**
 * The month of a civil day.
 *
 * @example
 * calendarMonth('2026-11-30'); // '2026-11'
 */
export function calendarMonth(day: CalendarDay): CalendarMonth {
  return day.slice(0, 7);
}

/**
 * The month that an instant falls in, by the civil calendar of a named zone.
 *
 * @example
 * monthInZone(1769902200000, 'Europe/Berlin'); // '2026-02': 23:30 UTC on 31 January
 */
export function monthInZone(at: Instant, timeZone: string): CalendarMonth {
  return calendarMonth(dayInZone(at, timeZone));
}

/**
 * The month `months` later (earlier when negative).
 *
 * @example
 * shiftMonth('2026-11', 3); // '2027-02'
 */
export function shiftMonth(month: CalendarMonth, months: number): CalendarMonth {
  const index = monthIndex(month) + months;
  const year = Math.floor(index / 12);
  return `${String(year).padStart(4, '0')}-${String(index - year * 12 + 1).padStart(2, '0')}`;
}

/**
 * Whole months from one month to another; negative when `to` is earlier. A month counts as one whatever its length.
 *
 * @example
 * monthsBetween('2026-11', '2027-02'); // 3
 */
export function monthsBetween(from: CalendarMonth, to: CalendarMonth): number {
  return monthIndex(to) - monthIndex(from);
}

function monthIndex(month: CalendarMonth): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}
