import { placedOrders } from '../metrics/delivery.ts';
import { median } from '../metrics/median.ts';
import { daysBetween } from '../model/dates.ts';
import type { Feature } from './feature.ts';

/** Days since the last order over the median of the account's own intervals between days of ordering. */
export const orderIntervalDrift: Feature = {
  id: 'orderIntervalDrift',
  title: 'Time since the last order',
  group: 'usage',
  unit: 'ratio',
  asOfSource: 'record',
  missingRule: 'null with fewer than four different days of ordering',
  compute: (slice, { profile, today }) => {
    const orders = placedOrders(slice.orders, profile);
    const days = [...new Set(orders.flatMap((it) => it.orderedOn ?? []))].sort();
    const last = days.at(-1);
    if (days.length < 4 || last === undefined) return null;
    const usual = median(days.slice(1).map((day, index) => daysBetween(days[index] ?? day, day)));
    return usual === null ? null : daysBetween(last, today) / usual;
  },
};
