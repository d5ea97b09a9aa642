import {
  addDays,
  type Codec,
  type CodecContext,
  dayInZone,
  formatInstant,
  type Id,
  type Instant,
  type Money,
  moneyFromDecimal,
  moneyToDecimal,
  parseDay,
  parseId,
  parseInstant,
  qualifyId,
} from '@holdfast/core';

/** HubSpot clears a property with an empty text; `null` would be refused. */
const CLEARED = '';

/** A property value as text; `null`, a missing key and an empty text all mean "nothing held" (T31). */
export function held(raw: unknown): string | null {
  return raw === undefined || raw === null || raw === '' ? null : String(raw);
}

function codec<T>(
  read: (text: string, context: CodecContext) => T,
  write: (value: T, context: CodecContext) => string = String,
): Codec<T | null> {
  return {
    decode: (raw, context) => {
      const text = held(raw);
      return text === null ? null : read(text, context);
    },
    encode: (value, context) => (value === null || value === undefined ? CLEARED : write(value, context)),
  };
}

/** Free text, as it stands. */
export const text = codec<string>((value) => value);

const SIGNS = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
] as const;

/** Plain text kept as HTML (T39): its signs are escaped, and what an editor has put around it is taken off. */
export const html = codec<string>(
  (value) => {
    const lines = value.replaceAll(/<br\s*\/?>|<\/(?:p|div|li)>(?=.)/gi, '\n').replaceAll(/<\/?[a-z][^>]*>/gi, '');
    const spaced = lines.replaceAll('&nbsp;', ' ');
    return SIGNS.reduceRight((text, [sign, escaped]) => text.replaceAll(escaped, sign), spaced.trim());
  },
  (value) => SIGNS.reduce((text, [sign, escaped]) => text.replaceAll(sign, escaped), value).replaceAll('\n', '<br>'),
);

/** A finite decimal; "1e3" and "12.50" occur in real portals, words in number properties too (T31). */
export const number = codec<number>((value) => {
  if (!/^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(value)) throw new TypeError('not a number');
  return Number(value);
});

/** A whole number; HubSpot answers "12.0" for 12. */
export const integer = codec<number>((value, context) => {
  const found = number.decode(value, context);
  if (!Number.isSafeInteger(found)) throw new TypeError('not a whole number');
  return found as number;
});

/** A checkbox: "true" or "false". */
export const flag = codec<boolean>((value) => {
  const lower = value.toLowerCase();
  if (lower !== 'true' && lower !== 'false') throw new TypeError('neither true nor false');
  return lower === 'true';
});

function instantOf(value: string): Instant | null {
  if (/^-?\d{5,}(\.\d+)?$/.test(value)) return Math.trunc(Number(value));
  return parseInstant(value);
}

/** A `datetime`: ISO 8601 with or without milliseconds, or milliseconds since 1970 as text. */
export const instant = codec<Instant>((value) => {
  const at = instantOf(value);
  if (at === null) throw new TypeError('not an instant');
  return at;
}, formatInstant);

/**
 * A civil day. A `date` property holds the day itself (or midnight UTC of it in milliseconds); a `datetime` falls on
 * the day it has in the portal's time zone (T32).
 */
export const day = codec<string>((value, { timeZone }) => {
  const plain = parseDay(value);
  if (plain !== null) return plain;
  const at = instantOf(value);
  if (at === null) throw new TypeError('not a day');
  const midnightUtc = !value.includes('T') && at % 86_400_000 === 0;
  return dayInZone(at, midnightUtc ? 'UTC' : timeZone);
});

/** A civil day kept in a `datetime` property: written as nine in the morning of that day in the portal's time zone. */
export const dueDay: Codec<string | null> = {
  decode: day.decode,
  encode: (value, { timeZone }) => (value === null ? CLEARED : formatInstant(morning(value, timeZone))),
};

function morning(civilDay: string, timeZone: string): Instant {
  const nineUtc = parseInstant(`${civilDay}T09:00:00Z`) as Instant;
  const shift = hourOf(nineUtc, timeZone) - 9 + 24 * dayShift(civilDay, dayInZone(nineUtc, timeZone));
  return nineUtc - shift * 3_600_000;
}

function hourOf(at: Instant, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(at));
}

function dayShift(wanted: string, seen: string): number {
  if (seen === wanted) return 0;
  return seen === addDays(wanted, 1) ? 1 : -1;
}

/** One of a closed set of internal values; another value in the property is a reason to reject the record. */
export function oneOf<const V extends string>(values: readonly V[]): Codec<V | null> {
  return codec<V>((value) => {
    const found = values.find((known) => known === value);
    if (found === undefined) throw new TypeError('not one of the known options');
    return found;
  });
}

/** An amount in the portal's own currency. */
export const money = codec<Money>((value, { currency }) => amount(value, currency), moneyToDecimal);

/** An amount with its currency; throws on text that is no amount. */
export function amount(value: string, currency: string): Money {
  const found = moneyFromDecimal(value, currency.toUpperCase());
  if (found === null) throw new TypeError('not an amount of money');
  return found;
}

/** The id of a record of the named object, held in a property; qualified on our side, bare on HubSpot's. */
export function idOf(object: string): Codec<Id | null> {
  return codec<Id>(
    (value) => qualifyId(object, value),
    (value) => parseId(value).nativeId,
  );
}

/** Ids merged into this record: `;`-separated and cumulative, sometimes a bare number (T23). */
export function mergedIds(raw: unknown): readonly string[] {
  return (held(raw) ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => /^\d+$/.test(part));
}
