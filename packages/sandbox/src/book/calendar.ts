/** Milliseconds of one day. */
export const DAY = 86_400_000;
const HOUR = 3_600_000;

const days = new Map<number, string>();

/** `YYYY-MM-DD` of an instant, in UTC. Kept by day, because a book names the same thousand days over and over. */
export function dayOf(at: number): string {
  const number = Math.floor(at / DAY);
  let text = days.get(number);
  if (text === undefined) {
    text = new Date(number * DAY).toISOString().slice(0, 10);
    days.set(number, text);
  }
  return text;
}

/** ISO 8601 with `Z` of milliseconds since the epoch. */
export function instantOf(at: number): string {
  return new Date(at).toISOString();
}

/** The start of an instant's day, in UTC. */
export function startOfDay(at: number): number {
  return Math.floor(at / DAY) * DAY;
}

/** The same day and time some months later or earlier; the 31st becomes the last day of a shorter month. */
export function addMonths(at: number, months: number): number {
  const date = new Date(at);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 1);
  const day = Math.min(date.getUTCDate(), (next - first) / DAY);
  return first + (day - 1) * DAY + (at - startOfDay(at));
}

/** Moves an instant to working hours, never earlier; Saturday and Sunday become Monday. */
export function workingTime(at: number, share: number): number {
  const day = startOfDay(at) + DAY;
  const weekday = new Date(day).getUTCDay();
  const shift = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  return day + shift * DAY + 7 * HOUR + Math.floor(share * 10 * HOUR);
}
