/** A span of calendar days in the user's time zone: from `from` up to but not including `to`, both `YYYY-MM-DD`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
const utc = (value: string): number => Date.parse(`${value}T00:00:00Z`);
const plusDays = (value: string, days: number): string => day(utc(value) + days * 86_400_000);

function monthStart(value: string, shift: number): string {
  const date = new Date(utc(value));
  return day(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + shift, 1));
}

/** First day of the span of `length` months that holds `value`, when spans start in month `first` (1 to 12). */
function spanStart(value: string, length: number, first: number): string {
  const month = Number(value.slice(5, 7));
  return monthStart(value, -((((month - first) % length) + length) % length));
}

const weekStart = (value: string): string => plusDays(value, -new Date(utc(value)).getUTCDay());

const spans = (start: string, length: number, from: number, to: number): DayRange => ({
  from: monthStart(start, from * length),
  to: monthStart(start, to * length),
});

/** Moves a start by whole units: weeks by days, months and longer by calendar months. */
function unitRange(unit: string, today: string, fiscalStart: number, from: number, to: number): DayRange {
  if (unit === 'DAY') return { from: plusDays(today, from), to: plusDays(today, to) };
  if (unit === 'WEEK') return { from: plusDays(weekStart(today), 7 * from), to: plusDays(weekStart(today), 7 * to) };
  const months = unit === 'MONTH' ? 1 : unit.endsWith('QUARTER') ? 3 : 12;
  return spans(spanStart(today, months, unit.startsWith('FISCAL') ? fiscalStart : 1), months, from, to);
}

/**
 * The days that a SOQL date literal means, or undefined when it is none. `today` is the user's own day.
 * SOQL and SOSL Reference, "Date Formats and Date Literals": LAST_N_DAYS:n runs from n days ago to now, today included;
 * the other LAST_N units end before the current one. A week starts on Sunday.
 */
export function dateLiteral(literal: string, today: string, fiscalStart: number): DayRange | undefined {
  const name = literal.toUpperCase();
  const named: Record<string, readonly [string, number, number]> = {
    YESTERDAY: ['DAY', -1, 0],
    TODAY: ['DAY', 0, 1],
    TOMORROW: ['DAY', 1, 2],
    LAST_90_DAYS: ['DAY', -90, 1],
    NEXT_90_DAYS: ['DAY', 1, 91],
  };
  const plain = named[name];
  if (plain !== undefined) return unitRange(plain[0], today, fiscalStart, plain[1], plain[2]);
  const single = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR|FISCAL_QUARTER|FISCAL_YEAR)$/.exec(name);
  if (single !== null) {
    const shift = single[1] === 'LAST' ? -1 : single[1] === 'NEXT' ? 1 : 0;
    return unitRange(single[2] as string, today, fiscalStart, shift, shift + 1);
  }
  const counted = /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR|FISCAL_QUARTER|FISCAL_YEAR)S:(\d+)$/.exec(name);
  if (counted !== null) {
    const count = Number(counted[3]);
    const unit = counted[2] as string;
    if (counted[1] === 'LAST') return unitRange(unit, today, fiscalStart, -count, unit === 'DAY' ? 1 : 0);
    return unitRange(unit, today, fiscalStart, 1, count + 1);
  }
  const ago = /^N_(DAY|WEEK|MONTH|QUARTER|YEAR|FISCAL_QUARTER|FISCAL_YEAR)S_AGO:(\d+)$/.exec(name);
  if (ago === null) return undefined;
  return unitRange(ago[1] as string, today, fiscalStart, -Number(ago[2]), -Number(ago[2]) + 1);
}

/** The calendar day of an instant (seconds) in a time zone. */
export function dayIn(timeZone: string, secondsSinceEpoch: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    secondsSinceEpoch * 1000,
  );
}

/** The instant (seconds) at which a calendar day starts in a time zone. */
export function startOfDay(timeZone: string, value: string): number {
  const guess = utc(value);
  const offset = offsetAt(timeZone, guess);
  const corrected = guess - offset;
  return Math.floor((guess - offsetAt(timeZone, corrected)) / 1000);
}

function offsetAt(timeZone: string, time: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(time);
  const part = (type: string): number => Number(parts.find((found) => found.type === type)?.value);
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) -
    Math.floor(time / 1000) * 1000
  );
}
