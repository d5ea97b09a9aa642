import type { Money } from '../model/money.ts';
import type { Order, OrderLine } from '../model/types.ts';

/** Price of one unit after the line's discount, in minor units (not rounded); `null` without a price. */
export function netUnitPrice(line: Pick<OrderLine, 'unitPrice' | 'discount'>): number | null {
  return line.unitPrice === null ? null : line.unitPrice.minor * (1 - (line.discount ?? 0));
}

/**
 * What an order is worth: its own amount, else the sum of its lines after discount, each rounded to a minor unit.
 * `null` when neither is known or its lines are in several currencies.
 */
export function orderAmount(order: Pick<Order, 'amount'>, lines: readonly OrderLine[]): Money | null {
  if (order.amount) return order.amount;
  let minor = 0;
  let currency: string | null = null;
  for (const line of lines) {
    const price = netUnitPrice(line);
    if (price === null || line.unitPrice === null || line.quantity === null) return null;
    if (currency !== null && currency !== line.unitPrice.currency) return null;
    currency = line.unitPrice.currency;
    minor += Math.round(price * line.quantity);
  }
  return currency === null ? null : { minor, currency };
}
