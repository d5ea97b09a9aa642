/**
 * Parses JSON without losing digits: a whole number beyond 2^53 becomes its text. HubSpot answers `toObjectId` as a
 * number (T17), and an id rounded to the next double is another record.
 */
export function parseJson(source: string): unknown {
  return LONG_NUMBER.test(source) ? JSON.parse(source, exactly) : JSON.parse(source);
}

const LONG_NUMBER = /[:[,]\s*-?\d{16}/;

function exactly(this: unknown, _key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return context?.source !== undefined && /^-?\d+$/.test(context.source) ? context.source : value;
}

/** A JSON object, or an empty one for anything else. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** A JSON array, or an empty one for anything else. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An id as text, whether the answer held a number or a string; `null` for anything else. */
export function asId(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' ? String(value) : null;
}
