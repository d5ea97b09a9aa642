import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../../../../shared/data/retention/reference/', import.meta.url);

/** Whether the reference outputs lie beside the checkout. */
export const hasReference = existsSync(folder);
/** What the title of a suite ends with that needs them. */
export const NEEDS_REFERENCE = '(skipped where ../shared/data is absent)';

/** One file of reference outputs. */
export function readReference<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;
}
