/**
 * Time in core: an instant is a number, a civil day is a string, and a zone is always named.
 * This is the one file of core that may use `Date`; it reads no clock.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. Names of such fields end in `At`. */
export type Instant = number;

/** A civil day `YYYY-MM-DD` in the org's time zone. Names of such fields end in `On`. */
export type CalendarDay = string;

export const DAY_MS = 86_400_000;

/** Parses an ISO 8601 instant (`2026-01-31T09:00:00Z`, `+0000` offsets too); `null` when it is not one. */
export function parseInstant(text: string): Instant | null {
  const normalised = /[+-]\d{4}$/.test(text) ? `${text.slice(0, -2)}:${text.slice(-2)}` : text;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(normalised)) return null;
  // `Date` would roll 30 February over into March
  if (text.slice(8, 10) > '28' && parseDay(text.slice(0, 10)) === null) return null;
  const at = Date.parse(normalised);
  return Number.isNaN(at) ? null : at;
}

/** Formats an instant as ISO 8601 in UTC with milliseconds. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString();
}

/** Parses a civil day; `null` when it is not an existing day (`2026-02-30`). */
export function parseDay(text: string): CalendarDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : text;
}

/** Days are asked for over and over while a book is scored; so many of each are remembered. */
const REMEMBERED = 4_096;
const numbers = new Map<CalendarDay, number>();
const days = new Map<number, CalendarDay>();

/** Number of the day since 1970-01-01, so that differences are whole days. */
export function dayNumber(day: CalendarDay): number {
  return numbers.get(day) ?? remember(numbers, day, Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS));
}

/** The day with the given number since 1970-01-01. */
export function dayFromNumber(number: number): CalendarDay {
  return days.get(number) ?? remember(days, number, new Date(number * DAY_MS).toISOString().slice(0, 10));
}

function remember<Key, Value>(known: Map<Key, Value>, key: Key, value: Value): Value {
  if (known.size >= REMEMBERED) known.clear();
  known.set(key, value);
  return value;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return dayNumber(to) - dayNumber(from);
}

/** The day `days` after `day`. */
export function addDays(day: CalendarDay, days: number): CalendarDay {
  return dayFromNumber(dayNumber(day) + days);
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>();

/** A book is scored at one instant: the day of the last one asked for is remembered. */
let lastAsked: { readonly at: Instant; readonly timeZone: string; readonly day: CalendarDay } | null = null;

/** The civil day that an instant falls on in a named IANA zone. */
export function dayInZone(at: Instant, timeZone: string): CalendarDay {
  if (lastAsked?.at === at && lastAsked.timeZone === timeZone) return lastAsked.day;
  const day = findDay(at, timeZone);
  lastAsked = { at, timeZone, day };
  return day;
}

function findDay(at: Instant, timeZone: string): CalendarDay {
  if (timeZone === 'UTC') return new Date(at).toISOString().slice(0, 10);
  let format = zoneFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    zoneFormats.set(timeZone, format);
  }
  return format.format(at);
}

/** Whether a text names an IANA time zone that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
