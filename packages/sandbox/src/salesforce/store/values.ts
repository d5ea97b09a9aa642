import type { Field } from '../schema/field.ts';
import type { Cell } from './row.ts';

/** `2026-05-01T07:25:37.000+0000`: the API's form of an instant, always with zero milliseconds. */
export const instant = (secondsSinceEpoch: number): string =>
  `${new Date(secondsSinceEpoch * 1000).toISOString().slice(0, 19)}.000+0000`;

/** Whole seconds of an ISO instant with `Z`, `+0000` or `+00:00`; undefined when it is none. */
export function parseInstant(value: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value)) return undefined;
  const time = Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}

/** A calendar day that exists. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** A stored value as the REST API writes it. */
export const toJson = (field: Field, value: Cell): Cell =>
  field.type === 'datetime' && typeof value === 'number' ? instant(value) : value;

/** True for types whose values are text. */
export const isText = (field: Field): boolean =>
  field.type === 'string' ||
  field.type === 'textarea' ||
  field.type === 'picklist' ||
  field.type === 'multipicklist' ||
  field.type === 'combobox' ||
  field.type === 'email' ||
  field.type === 'phone' ||
  field.type === 'url';

/** True for types whose values are ids. */
export const isIdType = (field: Field): boolean => field.type === 'id' || field.type === 'reference';

/** True for types whose values are numbers. */
export const isNumber = (field: Field): boolean =>
  field.type === 'int' || field.type === 'double' || field.type === 'currency' || field.type === 'percent';

/** Long text and compound fields cannot be filtered on. */
export const isFilterable = (field: Field): boolean =>
  field.type !== 'address' && !(field.type === 'textarea' && field.length > 255);
