import { countDelivery, liveOrders } from '../metrics/delivery.ts';
import { addDays } from '../model/dates.ts';
import type { Feature } from './feature.ts';

/** Share of the orders shipped in the last 180 days that were shipped on or before the promised day. */
export const onTimeShare180: Feature = {
  id: 'onTimeShare180',
  title: 'Shipped in time',
  group: 'delivery',
  unit: 'share',
  asOfSource: 'history',
  edited: ['order.shippedOn', 'orderLine.shippedOn', 'orderLine.deliveredOn', 'orderLine.acceptedOn'],
  missingRule: 'null when nothing with a promised day was shipped in the last 180 days',
  compute: (slice, { profile, today }) => {
    const since = addDays(today, -180);
    const shipped = liveOrders(slice.orders, slice.orderLines, profile).filter(
      (it) => it.shippedOn !== null && it.shippedOn > since,
    );
    return countDelivery(shipped, today).onTimeShare;
  },
};
