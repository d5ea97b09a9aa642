import { countDelivery, liveOrders } from '../metrics/delivery.ts';
import type { Feature } from './feature.ts';

/** Orders and milestones not shipped although their promised day has passed. */
export const overdueLines: Feature = {
  id: 'overdueLines',
  title: 'Overdue deliveries',
  group: 'delivery',
  unit: 'count',
  asOfSource: 'history',
  edited: ['order.status', 'order.shippedOn', 'orderLine.shippedOn', 'orderLine.deliveredOn', 'orderLine.acceptedOn'],
  missingRule: 'null when no order of the account has a promised day; due today is not overdue',
  compute: (slice, { profile, today }) => {
    const promised = liveOrders(slice.orders, slice.orderLines, profile).filter((it) => it.promisedOn !== null);
    return promised.length === 0 ? null : countDelivery(promised, today).overdue;
  },
};
