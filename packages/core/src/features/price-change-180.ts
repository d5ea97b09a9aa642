import { median } from '../metrics/median.ts';
import { netUnitPrice } from '../metrics/order-amount.ts';
import { addDays, type CalendarDay } from '../model/dates.ts';
import type { AccountSlice } from '../snapshot/slice.ts';
import type { Feature } from './feature.ts';

/** Natural logarithm of the net unit price (after discount) of the same products, last 180 days over the 365 before; the median product. */
export const priceChange180: Feature = {
  id: 'priceChange180',
  title: 'Net price of the same products',
  group: 'payment',
  unit: 'log ratio',
  asOfSource: 'record',
  missingRule:
    'null unless a product was bought in the last 180 days and in the 365 days before, at a price and in one currency',
  compute: (slice, { today }) => {
    const pairs = pricesByProduct(slice, today).flatMap(({ now, before }) => {
      const [a, b] = [median(now), median(before)];
      return a && b ? [Math.log(a / b)] : [];
    });
    return median(pairs);
  },
};

/** Net unit prices by product and currency, of the last 180 days and of the 365 before. */
function pricesByProduct(slice: AccountSlice, today: CalendarDay) {
  const orderedOn = new Map(slice.orders.map((it) => [it.id, it.orderedOn]));
  const [recent, oldest] = [addDays(today, -180), addDays(today, -545)];
  const products = new Map<string, { readonly now: number[]; readonly before: number[] }>();
  for (const line of slice.orderLines) {
    const day = line.orderId === null ? null : orderedOn.get(line.orderId);
    const price = netUnitPrice(line);
    if (!day || !line.product || !price || price < 0 || day <= oldest) continue;
    const key = `${line.unitPrice?.currency} ${line.product}`;
    const prices = products.get(key) ?? { now: [], before: [] };
    products.set(key, prices);
    (day > recent ? prices.now : prices.before).push(price);
  }
  return [...products.values()];
}
