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
