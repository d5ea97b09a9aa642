import type { FunctionExp } from '@jetstreamapp/soql-parser-js';
import { badRequest } from '../errors.ts';
import { field } from '../schema/field.ts';
import type { Getter } from '../store/read.ts';
import type { Cell } from '../store/row.ts';
import { dayIn } from './date-literal.ts';
import { type Column, resolveColumn, type Scope } from './resolve.ts';
import { malformed } from './soql-error.ts';

const dayOfYear = (day: string): number =>
  Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${day.slice(0, 4)}-01-01T00:00:00Z`)) / 86_400_000) + 1;

const parts: Readonly<Record<string, (day: string) => Cell>> = {
  CALENDAR_YEAR: (day) => Number(day.slice(0, 4)),
  CALENDAR_MONTH: (day) => Number(day.slice(5, 7)),
  CALENDAR_QUARTER: (day) => Math.ceil(Number(day.slice(5, 7)) / 3),
  DAY_IN_MONTH: (day) => Number(day.slice(8, 10)),
  DAY_IN_WEEK: (day) => new Date(`${day}T00:00:00Z`).getUTCDay() + 1,
  DAY_IN_YEAR: dayOfYear,
  WEEK_IN_YEAR: (day) => Math.ceil(dayOfYear(day) / 7),
  WEEK_IN_MONTH: (day) => Math.ceil(Number(day.slice(8, 10)) / 7),
  DAY_ONLY: (day) => day,
};

/** A date function of a column (`CALENDAR_YEAR(CreatedDate)`); instants are seen in GMT, as SOQL does without convertTimezone. */
export function dateFunction(scope: Scope, expression: FunctionExp): Column {
  const name = (expression.functionName ?? '').toUpperCase();
  const argument = expression.parameters?.[0];
  if (name === 'CONVERTCURRENCY') {
    throw badRequest('INVALID_FIELD', 'convertCurrency() can not be used in a WHERE clause');
  }
  const part = parts[name];
  if (part === undefined || typeof argument !== 'string')
    throw malformed(`unexpected token: '${expression.rawValue ?? name}'`);
  const column = resolveColumn(scope, argument);
  const get: Getter = (row) => {
    const value = column.get(row);
    if (typeof value === 'number') return part(dayIn('UTC', value));
    return typeof value === 'string' ? part(value) : null;
  };
  return { ...column, direct: false, get, field: field(column.field.name, name === 'DAY_ONLY' ? 'date' : 'int') };
}
