import {
  type Codec,
  type Id,
  type Money,
  moneyFromDecimal,
  moneyToDecimal,
  parseDay,
  parseInstant,
  qualifyId,
} from '@holdfast/core';
import { recordId } from './record-id.ts';

/** Nothing held: Salesforce sends `null`; an absent key and an empty text mean the same. */
const isEmpty = (raw: unknown): boolean => raw === null || raw === undefined || raw === '';

const nullable = <T>(
  name: string,
  decode: (raw: unknown, context: { readonly currency: string }) => T | null,
  encode: (value: T) => unknown,
): Codec<T | null> => ({
  decode(raw, context) {
    if (isEmpty(raw)) return null;
    const value = decode(raw, context);
    if (value === null) throw new TypeError(`is not ${name}`);
    return value;
  },
  encode: (value) => (value === null ? null : encode(value)),
});

const same = <T>(value: T): T => value;
const finite = (raw: unknown): number | null => (typeof raw === 'number' && Number.isFinite(raw) ? raw : null);

export const text = nullable<string>('a text', (raw) => (typeof raw === 'string' ? raw : null), same);
export const flag = nullable<boolean>('true or false', (raw) => (typeof raw === 'boolean' ? raw : null), same);
export const number = nullable<number>('a number', finite, same);
export const integer = nullable<number>(
  'a whole number',
  (raw) => (Number.isInteger(raw) ? (raw as number) : null),
  same,
);

/** A civil day; Salesforce's date fields carry no zone and are never shifted. */
export const day = nullable<string>('a day', (raw) => (typeof raw === 'string' ? parseDay(raw) : null), same);

/** Milliseconds since the epoch, from `2026-05-01T07:25:37.000+0000`. */
export const instant = nullable<number>(
  'a date and time',
  (raw) => (typeof raw === 'string' ? parseInstant(raw) : null),
  (at) => new Date(at).toISOString(),
);

/** A share, 0.12 for 12 %: Salesforce's percent fields hold 12. Written to a tenth of a percent, as our own field is. */
export const percent = nullable<number>(
  'a percentage',
  (raw) => {
    const held = finite(raw);
    return held === null ? null : shiftDecimal(held, -2);
  },
  (share) => shiftDecimal(Math.round(shiftDecimal(share, 3)), -1),
);

/** Minor units in the record's own currency, which the context carries; the amount itself is in major units. */
export const money: Codec<Money | null> = {
  decode(raw, context) {
    if (isEmpty(raw)) return null;
    const held = finite(raw);
    const value = held === null ? null : moneyFromDecimal(held, context.currency);
    if (value === null) throw new TypeError('is not an amount');
    return value;
  },
  encode: (value) => (value === null ? null : Number(moneyToDecimal(value))),
};

/** The same, for a field without which the record makes no sense. */
export const required = <T>(codec: Codec<T | null>): Codec<T> => ({
  decode(raw, context) {
    const value = codec.decode(raw, context);
    if (value === null) throw new TypeError('is empty');
    return value;
  },
  encode: (value, context) => codec.encode(value, context),
});

/** One of a closed set; anything else makes the record a reject. */
export const oneOf = <const V extends string>(values: readonly V[]): Codec<V | null> =>
  nullable<V>(`one of ${values.join(', ')}`, (raw) => values.find((value) => value === raw) ?? null, same);

/** The same, however the org writes it: `NPS` is `nps`. */
export const lowerCased = <const V extends string>(values: readonly V[]): Codec<V | null> =>
  nullable<V>(
    `one of ${values.join(', ')}`,
    (raw) => values.find((value) => value === String(raw).toLowerCase()) ?? null,
    same,
  );

/**
 * A lookup to records of one object, by the key prefix of their ids; `null` when it points elsewhere: a queue that
 * owns a record is no person.
 */
export const lookup = (object: string, keyPrefix: string | null): Codec<Id | null> => ({
  decode(raw) {
    if (isEmpty(raw)) return null;
    const id = typeof raw === 'string' ? recordId(raw) : null;
    if (id === null) throw new TypeError('is not a record id');
    return keyPrefix === null || id.startsWith(keyPrefix) ? qualifyId(object, id) : null;
  },
  encode: (value) => (value === null ? null : value.slice(value.indexOf(':') + 1)),
});

export const accountId = lookup('Account', '001');
export const contactId = lookup('Contact', '003');
export const opportunityId = lookup('Opportunity', '006');
export const leadId = lookup('Lead', '00Q');
export const ownerId = lookup('User', '005');

/** A web address as its domain: `https://www.example.com/about` is `example.com`. */
export const domain = nullable<string>(
  'a web address',
  (raw) =>
    typeof raw === 'string'
      ? raw
          .trim()
          .toLowerCase()
          .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
          .replace(/^[^/?#]*@/, '')
          .replace(/[/?#:].*$/s, '')
          .replace(/^www\./, '')
          .replace(/\.$/, '') || raw.trim()
      : null,
  same,
);

/** Moves the decimal point without the error of a binary division. */
function shiftDecimal(value: number, places: number): number {
  const [digits = '0', exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}
