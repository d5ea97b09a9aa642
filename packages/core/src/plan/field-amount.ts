import { currencyDecimals, type Money } from '../model/money.ts';

/** Decimals of the fields that amounts are written to (Currency(16,2)); dinars have three. */
const AMOUNT_DECIMALS = 2;

/** An amount to two decimals at most: a value that the field cannot hold would differ for ever. */
export function fieldAmount({ minor, currency }: Money): Money {
  const step = 10 ** Math.max(0, currencyDecimals(currency) - AMOUNT_DECIMALS);
  return { minor: Math.round(minor / step) * step, currency };
}
