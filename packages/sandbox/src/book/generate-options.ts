import { parseInstant } from './calendar.ts';

/** What decides a generated book to the last byte. */
export interface GenerateOptions {
  /** How many accounts of all types: a whole number, 0 or more. */
  readonly accounts: number;
  readonly seed: number;
  /** The instant at which the book ends, ISO 8601 with `Z`. */
  readonly asOf: string;
  /** Months of history before `asOf`, at least 1; 36 when left out. */
  readonly months?: number;
}

/** Milliseconds of `asOf` once all options make sense. Throws RangeError that names the option which does not. */
export function checkedAsOf({ accounts, seed, asOf, months = 36 }: GenerateOptions): number {
  const at = parseInstant(asOf);
  if (!Number.isInteger(accounts) || accounts < 0)
    throw new RangeError(`accounts must be a whole number, not ${accounts}`);
  if (!Number.isFinite(seed)) throw new RangeError(`seed must be a number, not ${seed}`);
  if (!Number.isInteger(months) || months < 1)
    throw new RangeError(`months must be a whole number from 1, not ${months}`);
  if (at === undefined) throw new RangeError(`asOf must be an instant like 2026-01-31T12:00:00Z, not ${asOf}`);
  return at;
}
