import { type Money, moneyToDecimal } from '@holdfast/core';

/** Money to the last minor unit, the code in front: what is owed is not rounded. */
export function exactMoney(amount: Money): string {
  return `${amount.currency} ${moneyToDecimal(amount)}`;
}
