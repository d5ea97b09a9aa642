/**
 * What a table of the profile says of a value that the CRM holds; `undefined` for one that is not listed. A value may be
 * called anything, `constructor` too, which every plain object seems to have.
 */
export function listed<T>(table: Readonly<Record<string, T>>, value: string | null): T | undefined {
  return Object.hasOwn(table, value ?? '') ? table[value ?? ''] : undefined;
}
