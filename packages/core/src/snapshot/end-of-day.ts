import { type CalendarDay, DAY_MS, dayInZone, dayNumber, type Instant } from '../model/dates.ts';

/** Cut-offs of a book are few days asked for often, and a zone's rules are slow to ask. */
const known = new Map<string, Instant>();

/** The last instant of a civil day in a named IANA zone: what was known when that day was over. */
export function endOfDay(day: CalendarDay, timeZone: string): Instant {
  const utc = (dayNumber(day) + 1) * DAY_MS - 1;
  if (timeZone === 'UTC') return utc;
  const key = `${timeZone} ${day}`;
  const end = known.get(key) ?? searchEnd(utc, day, timeZone);
  known.set(key, end);
  return end;
}

function searchEnd(utc: Instant, day: CalendarDay, timeZone: string): Instant {
  // Zones lie within 14 hours of UTC, either side: the day ends between these two, and days only go forward.
  let [within, after] = [utc - 15 * 3_600_000, utc + 15 * 3_600_000];
  while (after - within > 1) {
    const middle = Math.floor((within + after) / 2);
    if (dayInZone(middle, timeZone) <= day) within = middle;
    else after = middle;
  }
  return within;
}
