import type { ApiFault } from '../errors.ts';
import { toId18 } from '../ids.ts';
import { type Org, objectOf } from '../org.ts';
import type { Field } from '../schema/field.ts';
import type { Cell } from '../store/row.ts';
import { isDeleted } from '../store/row.ts';
import { isDay, isIdType, isNumber, isText, parseInstant } from '../store/values.ts';

/** A value ready to store, or why not. */
type Coerced = { readonly value: Cell } | { readonly fault: ApiFault };

const fault = (code: string, message: string, field?: Field): Coerced => ({
  fault: field === undefined ? { code, message } : { code, message, fields: [field.name] },
});

/** The JSON parser's complaint about a value of the wrong kind. */
function unreadable(field: Field, value: unknown): Coerced {
  const token =
    typeof value === 'string'
      ? 'VALUE_STRING'
      : typeof value === 'number'
        ? Number.isInteger(value)
          ? 'VALUE_NUMBER_INT'
          : 'VALUE_NUMBER_FLOAT'
        : typeof value === 'boolean'
          ? `VALUE_${String(value).toUpperCase()}`
          : Array.isArray(value)
            ? 'START_ARRAY'
            : 'START_OBJECT';
  const kind = isText(field) || isIdType(field) ? 'string' : field.type === 'percent' ? 'double' : field.type;
  const shown = typeof value === 'object' ? '' : ` value ${String(value)}`;
  return fault(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${kind} from ${token}${shown} or request may be missing a required field at [line:1, column:1]`,
  );
}

/** Converts a JSON value to what the field stores, with the platform's trimming, rounding and refusals. */
export function coerce(org: Org, field: Field, value: unknown): Coerced {
  if (value === null || value === undefined || value === '') return { value: field.type === 'boolean' ? false : null };
  if (field.type === 'boolean') return toBoolean(field, value);
  if (isNumber(field)) return toNumber(field, value);
  if (field.type === 'date')
    return typeof value === 'string' && isDay(value.slice(0, 10))
      ? { value: value.slice(0, 10) }
      : unreadable(field, value);
  if (field.type === 'datetime') return toInstant(field, value);
  if (isIdType(field)) return toReference(org, field, value);
  return toText(field, value);
}

function toBoolean(field: Field, value: unknown): Coerced {
  if (typeof value === 'boolean') return { value };
  if (value === 'true' || value === '1') return { value: true };
  if (value === 'false' || value === '0') return { value: false };
  return unreadable(field, value);
}

function toInstant(field: Field, value: unknown): Coerced {
  const time =
    typeof value === 'string'
      ? (parseInstant(value) ?? (isDay(value) ? parseInstant(`${value}T00:00:00Z`) : undefined))
      : undefined;
  return time === undefined ? unreadable(field, value) : { value: time };
}

/** Numbers may come as text (recorded: `"NumberOfEmployees":"10000"`); they are rounded to the field's scale. */
function toNumber(field: Field, value: unknown): Coerced {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) return unreadable(field, value);
  const whole = field.type === 'int' ? 10 : field.precision - field.scale;
  if (whole > 0 && Math.abs(number) >= 10 ** whole) {
    return fault(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${field.label}: value outside of valid range on numeric field: ${number}`,
      field,
    );
  }
  return { value: roundTo(number, field.type === 'int' ? 0 : field.scale) };
}

/** Rounds half away from zero, as the platform does on saving. */
function roundTo(value: number, scale: number): number {
  const factor = 10 ** scale;
  const scaled = Math.abs(value) * factor;
  return (Math.sign(value) * Math.round(scaled + Number.EPSILON * scaled)) / factor + 0;
}

function toText(field: Field, value: unknown): Coerced {
  if (typeof value !== 'string') return unreadable(field, value);
  const text = value.trim();
  if (text === '') return { value: null };
  if (field.length > 0 && text.length > field.length) {
    return fault(
      'STRING_TOO_LONG',
      `${field.label}: data value too large: ${text} (max length=${field.length})`,
      field,
    );
  }
  if (field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) {
    return fault('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${text}`, field);
  }
  if (field.type === 'picklist' || field.type === 'multipicklist') return toChoice(field, text);
  return { value: text };
}

/** A restricted picklist refuses unknown values; an open one keeps them. Known values take their own spelling. */
function toChoice(field: Field, text: string): Coerced {
  const chosen = field.type === 'multipicklist' ? text.split(';') : [text];
  const known = chosen.map(
    (part) => field.values.find((value) => value.active && value.value.toLowerCase() === part.toLowerCase())?.value,
  );
  const unknown = chosen.filter((_, index) => known[index] === undefined);
  if (field.restricted && unknown.length > 0) {
    return fault(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${field.label}: bad value for restricted picklist field: ${unknown[0]}`,
      field,
    );
  }
  return { value: chosen.map((part, index) => known[index] ?? part).join(';') };
}

function toReference(org: Org, field: Field, value: unknown): Coerced {
  if (typeof value !== 'string') return unreadable(field, value);
  const id = toId18(value);
  if (id === undefined) return fault('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, field);
  const targets = field.referenceTo.map((name) => objectOf(org, name)).filter((object) => object !== undefined);
  if (targets.length === 0) return { value: id };
  const target = targets.find((object) => object.def.keyPrefix === id.slice(0, 3));
  if (target === undefined)
    return fault('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${value}`, field);
  const row = target.rows.get(id);
  if (row === undefined) return fault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  if (isDeleted(row)) return fault('ENTITY_IS_DELETED', 'entity is deleted');
  return { value: id };
}
