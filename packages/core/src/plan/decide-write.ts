import { OWNED_FIELDS } from '../crm/owned-fields.ts';
import type { WriteDecision } from '../crm/write-item.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * Decides field by field: now = wanted is unchanged, now = before is written, anything else is a conflict. Only fields
 * in `wanted` count, so an edit elsewhere never conflicts. One conflict holds back the whole record, because score,
 * band and reasons belong together. `now` is `null` when the record is gone. A missing value, `null` and an empty text
 * are the same; `undefined` in `wanted` leaves the field.
 */
export function decideWrite(before: Values, now: Values | null, wanted: Values): WriteDecision {
  if (now === null) return { kind: 'gone' };
  const fields = Object.keys(wanted).filter((field) => wanted[field] !== undefined);
  const differing = fields.filter((field) => !sameField(field, now[field], wanted[field]));
  const conflicts = differing.filter((field) => !sameField(field, now[field], before[field]));
  if (conflicts.length > 0) return { kind: 'conflict', fields: conflicts };
  return differing.length === 0 ? { kind: 'unchanged' } : { kind: 'write', fields: differing };
}

/** Shares that the narrowest field of ours (Percent(4,1)) keeps to a tenth of a percent. */
const PERCENTS = /* @__PURE__ */ new Set(
  /* @__PURE__ */ OWNED_FIELDS.filter(({ type }) => type.kind === 'percent').map(({ field }) => field),
);

/** Whether a field says the same, to the steps that it can hold: 0.1234 was written where 0.123 stands. */
function sameField(field: string, a: unknown, b: unknown): boolean {
  if (!PERCENTS.has(field) || typeof a !== 'number' || typeof b !== 'number') return sameValue(a, b);
  return Math.round(a * 1000) === Math.round(b * 1000);
}

/**
 * Whether two field values mean the same: numbers by value within the noise of decimal fractions, money by minor units
 * and currency, text without regard to line ends and trailing blanks, which CRMs change on their own.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  const left = plain(a);
  const right = plain(b);
  if (typeof left === 'number' && typeof right === 'number') return sameNumber(left, right);
  if (isObject(left) && isObject(right)) return sameObject(left, right);
  return left === right;
}

function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') return value;
  return value.replaceAll('\r\n', '\n').trimEnd() || null;
}

function sameNumber(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

function sameObject(a: Values, b: Values): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameValue(a[key], b[key]));
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null;
}
