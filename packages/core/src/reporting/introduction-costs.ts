import { convert } from '../ledger/index.ts';
import { formatInstant } from '../model/dates.ts';
import type { ReferralEngine } from '../referral/engine/index.ts';

/** What introductions cost in rewards, net of what was taken back; minor units of one currency. */
export interface IntroductionCosts {
  /** `discounts`: what the referred side was given. `undefined`: no reward was ever given for it. */
  readonly of: (referralId: string) => { readonly rewards: number; readonly discounts: number } | undefined;
  /** Whether a reward of the program is in a currency without a rate for its day. */
  readonly withoutRate: (programId: string) => boolean;
}

/** Sums the rewards by introduction, at the rates of the days on which they were earned; none is ever guessed. */
export function introductionCosts(
  { rewards, options }: Pick<ReferralEngine['state'], 'rewards' | 'options'>,
  currency: string,
): IntroductionCosts {
  const sums = new Map<string, { rewards: number; discounts: number }>();
  const withoutRate = new Set<string>();
  for (const { referralId, programId, amount, reversed, earnedAt, beneficiary } of rewards.all()) {
    const sum = sums.get(referralId) ?? { rewards: 0, discounts: 0 };
    sums.set(referralId, sum);
    const left = { minor: amount.minor - reversed, currency: amount.currency };
    if (left.minor === 0) continue;
    const converted = convert(left, currency, formatInstant(earnedAt).slice(0, 10), options.rates);
    if (converted.refused) withoutRate.add(programId);
    else sum[beneficiary.role === 'referred' ? 'discounts' : 'rewards'] += converted.money.minor;
  }
  return { of: (referralId) => sums.get(referralId), withoutRate: (programId) => withoutRate.has(programId) };
}
