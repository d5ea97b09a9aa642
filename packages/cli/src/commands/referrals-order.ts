import type { Outcome } from '../io.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { usage } from './referrals-usage.ts';

/** What a part of `holdfast referrals` was told: what it is about, and its options as they were typed. */
export interface Order {
  readonly about: string;
  readonly option: (name: string) => string | undefined;
  /** Whether an option without a value was given. */
  readonly isSet: (name: string) => boolean;
}

/** One part of `holdfast referrals` at work. */
export type Work = (desk: ReferralDesk, order: Order) => Promise<Omit<Outcome, 'stay'>>;

/** An option that takes one of a few words; `null` where it was left out, anything else is wrong usage. */
export function oneOf<T extends string>({ option }: Order, name: string, words: readonly T[]): T | null {
  const given = option(name);
  if (given === undefined) return null;
  const found = words.find((it) => it === given);
  if (found !== undefined) return found;
  throw usage(`--${name} must be one of ${words.join(', ')}.`);
}
