import { type CalendarDay, daysBetween } from '../model/dates.ts';
import { currencyDecimals, type Money } from '../model/money.ts';
import { type LedgerRefusal, refuseEntry } from './ledger-refusal.ts';
import { scaleHalfEven } from './round-half-even.ts';
import type { ExchangeRate } from './transaction.ts';

/** An amount in another currency with the rate that made it; `null`: it was in that currency already. */
export interface ConvertedMoney {
  readonly refused: false;
  readonly money: Money;
  readonly rate: ExchangeRate | null;
}

/** A rate stands for the days without one that follow it: a week covers weekends and holidays. */
const RATE_DAYS = 7;

/**
 * Converts at the last rate of the table on or before a day, at most a week old, a half to the even neighbour, exactly by
 * the decimals that the rate is written with. A missing rate is a refusal, never a rate of 1, nor one turned round.
 */
export function convert(
  money: Money,
  to: string,
  on: CalendarDay,
  rates: readonly ExchangeRate[],
): ConvertedMoney | LedgerRefusal {
  if (money.currency === to) return { refused: false, money, rate: null };
  const rate = findRate(money.currency, to, on, rates);
  if (!rate)
    return refuseEntry('no_rate', `No rate from ${money.currency} to ${to} on ${on}: add it to the rate table.`);
  const shift = currencyDecimals(to) - currencyDecimals(money.currency);
  const { digits, decimals } = decimalParts(rate.value);
  const power = shift - decimals;
  const minor = scaleHalfEven(
    money.minor,
    digits * 10n ** BigInt(Math.max(0, power)),
    10n ** BigInt(Math.max(0, -power)),
  );
  return { refused: false, money: { minor, currency: to }, rate };
}

function findRate(from: string, to: string, on: CalendarDay, rates: readonly ExchangeRate[]): ExchangeRate | null {
  let best: ExchangeRate | null = null;
  for (const rate of rates) {
    if (rate.from !== from || rate.to !== to || !(rate.value > 0) || !Number.isFinite(rate.value)) continue;
    const age = daysBetween(rate.on, on);
    if (age >= 0 && age <= RATE_DAYS && (best === null || isBetter(rate, best))) best = rate;
  }
  return best;
}

/** The later one; of two of one day, one and the same whatever the order of the table. */
function isBetter(rate: ExchangeRate, than: ExchangeRate): boolean {
  if (rate.on !== than.on) return rate.on > than.on;
  return rate.source === than.source ? rate.value < than.value : rate.source < than.source;
}

/** A rate as whole digits over a power of ten: 1.0825 is 10825 over 10^4. */
function decimalParts(value: number): { readonly digits: bigint; readonly decimals: number } {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), decimals: fraction.length - Number(exponent) };
}
