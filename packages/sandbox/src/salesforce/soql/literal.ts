import { badRequest } from '../errors.ts';
import { toId18 } from '../ids.ts';
import { seconds } from '../org.ts';
import type { Field } from '../schema/field.ts';
import type { Cell } from '../store/row.ts';
import { isIdType, isNumber, isText, parseInstant } from '../store/values.ts';
import { type DayRange, dateLiteral, dayIn, startOfDay } from './date-literal.ts';
import type { Scope } from './resolve.ts';

/** A value to compare with: one value, or a span (a date literal) from `from` up to but not including `to`. */
export type Operand = { readonly value: Cell } | { readonly from: Cell; readonly to: Cell };

const soapName: Partial<Record<Field['type'], string>> = {
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'currency',
  percent: 'double',
  date: 'date',
  datetime: 'dateTime',
};

const wrongType = (field: Field): Error => {
  const name = soapName[field.type];
  return name === undefined
    ? badRequest(
        'INVALID_FIELD',
        `value of filter criterion for field '${field.name}' must be of type string and should be enclosed in quotes`,
      )
    : badRequest(
        'INVALID_FIELD',
        `value of filter criterion for field '${field.name}' must be of type ${name} and should not be enclosed in quotes`,
      );
};

/** Text between the quotes with SOQL's escapes resolved. */
export const unquote = (literal: string): string =>
  literal
    .replace(/^'|'$/g, '')
    .replace(/\\u([0-9a-fA-F]{4})|\\(.)/gs, (_, code: string | undefined, char: string | undefined) =>
      code !== undefined
        ? String.fromCharCode(Number.parseInt(code, 16))
        : (escapes[char as string] ?? (char as string)),
    );

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  N: '\n',
  R: '\r',
  T: '\t',
  B: '\b',
  F: '\f',
};

/** Converts a literal of the query to the field's own kind of value, or throws the vendor's complaint about its type. */
export function operand(scope: Scope, field: Field, type: string, raw: string): Operand {
  if (type === 'NULL') return { value: field.type === 'boolean' ? false : null };
  if (type === 'DATE_LITERAL' || type === 'DATE_N_LITERAL') return dayOperand(scope, field, raw);
  if (isText(field)) {
    if (type !== 'STRING') throw wrongType(field);
    const text = unquote(raw);
    return { value: text === '' ? null : text };
  }
  if (isIdType(field)) return { value: idOperand(field, type, raw) };
  if (field.type === 'boolean') {
    if (type !== 'BOOLEAN') throw wrongType(field);
    return { value: raw.toUpperCase() === 'TRUE' };
  }
  if (isNumber(field)) {
    if (!/^(INTEGER|DECIMAL)/.test(type)) throw wrongType(field);
    return { value: Number(raw.replace(/^[A-Za-z]{3}(?=[\d.])/, '')) };
  }
  if (field.type === 'date' && type === 'DATE') return { value: raw };
  if (field.type === 'datetime' && type === 'DATETIME') {
    const time = parseInstant(raw);
    if (time !== undefined) return { value: time };
  }
  throw wrongType(field);
}

function idOperand(field: Field, type: string, raw: string): Cell {
  if (type !== 'STRING') throw wrongType(field);
  const text = unquote(raw);
  if (text === '') return field.type === 'id' ? '' : null;
  const id = toId18(text);
  if (id === undefined) throw badRequest('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
  return id;
}

function dayOperand(scope: Scope, field: Field, raw: string): Operand {
  const { org, user } = scope.call;
  const zone = user.timeZone ?? 'America/Los_Angeles';
  const range = dateLiteral(raw, dayIn(zone, seconds(org)), org.settings.fiscalYearStartMonth ?? 1);
  if (range === undefined || (field.type !== 'date' && field.type !== 'datetime')) throw wrongType(field);
  return field.type === 'date' ? range : instants(zone, range);
}

const instants = (zone: string, range: DayRange): Operand => ({
  from: startOfDay(zone, range.from),
  to: startOfDay(zone, range.to),
});
