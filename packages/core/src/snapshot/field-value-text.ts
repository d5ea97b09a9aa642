/**
 * A field's value as the text that a `fieldChange` holds: JSON with the keys in order, so that equal values are equal
 * texts; `null` for nothing held.
 */
export function fieldValueText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return JSON.stringify(value, typeof value === 'object' && !Array.isArray(value) ? Object.keys(value).sort() : null);
}

/** The value again; throws `SyntaxError` for a text that `fieldValueText` did not make. */
export function fieldValueOf(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}
