import { endOfDay, type Instant, parseDay, parseInstant } from '@holdfast/core';
import { UserError } from '../failure.ts';

/** A whole number given as an option, within bounds; anything else is wrong usage. */
export function wholeNumber(
  options: Readonly<Record<string, unknown>>,
  name: string,
  least: number,
  most: number,
): number {
  const value = Number(options[name]);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UserError('usage', `--${name} must be a whole number from ${least} to ${most}.`, 2);
}

/** An instant as it is written, or the end of a calendar day in the zone; `null` for anything else. */
export function instantOrDay(text: string, timeZone: string): Instant | null {
  const day = parseDay(text);
  return day === null ? parseInstant(text) : endOfDay(day, timeZone);
}
