import { shiftMonth } from '../../metrics/month.ts';
import { DAY_MS, dayInZone, dayNumber, type Instant, parseDay } from '../../model/dates.ts';

/**
 * The last instant at which events that follow a first one still count: the same day and time some calendar months later
 * (UTC), or the last day of that month where it is shorter. `null` months: without end.
 */
export function recursUntil(firstAt: Instant, months: number | null): Instant | null {
  if (months === null) return null;
  const day = dayInZone(firstAt, 'UTC');
  const month = shiftMonth(day.slice(0, 7), months);
  const days = [day.slice(8), '30', '29', '28'].map((last) => `${month}-${last}`);
  const target = days.find((it) => parseDay(it) !== null) ?? day;
  return dayNumber(target) * DAY_MS + (firstAt - dayNumber(day) * DAY_MS);
}
