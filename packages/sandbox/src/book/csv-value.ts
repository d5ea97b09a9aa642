import { parseDay, parseInstant } from './calendar.ts';
import type { Column } from './tables.ts';

/** A cell's value, or what is wrong with it. */
export type CellResult = { readonly value: unknown } | { readonly wrong: string; readonly next: string };

/** What separates the ids of a list in one cell. */
const separator = ';';

/** Reads one cell that is not empty; a link is checked later, when all files are read. */
export function parseCell(text: string, column: Column): CellResult {
  switch (column.kind) {
    case 'text':
    case 'link':
      return { value: text };
    case 'links':
      return { value: text.split(separator) };
    case 'day':
      return parseDay(text) === undefined ? refuse(text, 'no day', 'Write it as 2026-01-31') : { value: text };
    case 'instant':
      return parseInstant(text) === undefined
        ? refuse(text, 'no instant', 'Write it in UTC as 2026-01-31T09:30:00Z')
        : { value: text };
    case 'yes-no':
      return text === 'true' || text === 'false'
        ? { value: text === 'true' }
        : refuse(text, 'neither true nor false', 'Write true or false');
    case 'choice':
      return column.choices!.includes(text)
        ? { value: text }
        : refuse(text, 'not allowed', `Write one of ${column.choices!.join(', ')}`);
    case 'number':
    case 'whole':
      return parseNumber(text, column);
  }
}

function parseNumber(text: string, { kind, low = -Infinity, high = Infinity }: Column): CellResult {
  const next = `Write a ${kind === 'whole' ? 'whole ' : ''}number${rangeText(low, high)}, with a dot for decimals and no thousands mark`;
  if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return refuse(text, 'no number', next);
  const value = Number(text);
  if (kind === 'whole' && !Number.isInteger(value)) return refuse(text, 'no whole number', next);
  return value >= low && value <= high && Number.isFinite(value) ? { value } : refuse(text, 'out of range', next);
}

function rangeText(low: number, high: number): string {
  if (high < Infinity) return ` from ${low} to ${high}`;
  return low > -Infinity ? ` of at least ${low}` : '';
}

function refuse(text: string, what: string, next: string): CellResult {
  const shown = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  return { wrong: `"${shown}" is ${what}`, next };
}

/** Writes one value so that `parseCell` reads the same again; a value left out is an empty cell. Throws RangeError where that cannot be. */
export function formatCell(value: unknown): string {
  if (value === undefined) return '';
  if (!Array.isArray(value)) return whole(String(value));
  const ids: readonly string[] = value.map(String);
  if (ids.length === 0 || ids.some((id) => id.includes(separator))) {
    throw new RangeError(`A list in a book needs ids, and ids without "${separator}": ${JSON.stringify(ids)}`);
  }
  return ids.map(whole).join(separator);
}

function whole(text: string): string {
  if (text === '') throw new RangeError('An empty text cannot be told from a missing one in a book: leave it out');
  return text;
}
