import { listed } from '../model/listed.ts';
import { currencyDecimals, type Money } from '../model/money.ts';
import type { OrgProfile } from '../model/profile.ts';

/** Money in the org's currency, or `null` with the reason that no amount can be given. */
export type Converted =
  | { readonly money: Money; readonly rateOn: string | null; readonly reason: null }
  | { readonly money: null; readonly rateOn: null; readonly reason: string };

/**
 * Converts an amount with the profile's own rates (units of the org's currency for one unit of the other), rounded
 * half away from zero. A missing rate is `null` with a reason, never a rate of 1.
 */
export function convertMoney(money: Money, profile: Pick<OrgProfile, 'currency' | 'rates'>): Converted {
  if (money.currency === profile.currency) return { money, rateOn: null, reason: null };
  const rate = listed(profile.rates, money.currency);
  if (!rate) return { money: null, rateOn: null, reason: `no rate for ${money.currency}` };
  const shift = 10 ** (currencyDecimals(profile.currency) - currencyDecimals(money.currency));
  const minor = roundHalfAway(money.minor * rate.rate * shift);
  return { money: { minor, currency: profile.currency }, rateOn: rate.on, reason: null };
}

/**
 * The same amount in another currency by the profile's rates, which lead from and to the org's currency; `null` where
 * one is missing. Used for amounts that are written to a record which is kept in a currency of its own.
 */
export function moneyIn(money: Money, currency: string, profile: Pick<OrgProfile, 'currency' | 'rates'>): Money | null {
  if (money.currency === currency) return money;
  const base = convertMoney(money, profile).money;
  if (base === null || base.currency === currency) return base;
  const rate = listed(profile.rates, currency);
  if (!rate) return null;
  const shift = 10 ** (currencyDecimals(currency) - currencyDecimals(base.currency));
  return { minor: roundHalfAway((base.minor / rate.rate) * shift), currency };
}

/**
 * Sums amounts in the org's currency. One amount without a rate makes the whole sum `null`: a partial sum would look
 * like a smaller account. No amounts at all is `null` too.
 */
export function sumMoney(amounts: readonly Money[], profile: Pick<OrgProfile, 'currency' | 'rates'>): Converted {
  if (amounts.length === 0) return { money: null, rateOn: null, reason: 'no amounts' };
  let minor = 0;
  let rateOn: string | null = null;
  for (const amount of amounts) {
    const converted = convertMoney(amount, profile);
    if (converted.money === null) return converted;
    minor += converted.money.minor;
    rateOn = converted.rateOn ?? rateOn;
  }
  return { money: { minor, currency: profile.currency }, rateOn, reason: null };
}

function roundHalfAway(value: number): number {
  const rounded = Math.sign(value) * Math.round(Math.abs(value));
  return rounded === 0 ? 0 : rounded;
}
