import type { CalendarDay } from '../model/dates.ts';
import { listed } from '../model/listed.ts';
import type { OrgProfile } from '../model/profile.ts';
import type { Order, OrderLine } from '../model/types.ts';
import { linesByOrder } from './lines-by-order.ts';

/** What was promised and what was done, counted in orders. */
export interface DeliveryCounts {
  readonly orders: number;
  /** Shipped on or before the promised day. */
  readonly inTime: number;
  readonly late: number;
  readonly notShipped: number;
  /** Not shipped although the promised day has passed; due that very day is not overdue. */
  readonly overdue: number;
  readonly dueToday: number;
  /** `inTime / (inTime + late)`: shipped orders with a promise only; `null` when there are none. */
  readonly onTimeShare: number | null;
}

type PromisedDays = Pick<Order, 'promisedOn' | 'shippedOn'>;

/**
 * The one definition of on time: shipped on or before the promised day, among orders that are shipped and had a promise.
 * Cancelled orders must be left out before (`liveOrders`). An order shipped without a promise counts as an order only.
 */
export function countDelivery(orders: readonly PromisedDays[], today: CalendarDay): DeliveryCounts {
  let [inTime, late, notShipped, overdue, dueToday] = [0, 0, 0, 0, 0];
  for (const { promisedOn, shippedOn } of orders) {
    if (shippedOn === null) {
      notShipped += 1;
      if (promisedOn !== null && promisedOn < today) overdue += 1;
      if (promisedOn === today) dueToday += 1;
    } else if (promisedOn !== null) {
      if (shippedOn <= promisedOn) inTime += 1;
      else late += 1;
    }
  }
  const promised = inTime + late;
  const onTimeShare = promised === 0 ? null : inTime / promised;
  return { orders: orders.length, inTime, late, notShipped, overdue, dueToday, onTimeShare };
}

/**
 * Orders that count, each with its promised and shipped day. Where the order itself has no such day its lines' are used:
 * the latest promise; shipped when every line is shipped or, for services, delivered or accepted. Cancelled orders are
 * out, and so are those that are shipped by their status only: without a day they say nothing of time.
 */
export function liveOrders(
  orders: readonly Order[],
  lines: readonly OrderLine[],
  profile: Pick<OrgProfile, 'orders'>,
): readonly Order[] {
  const linesOf = linesByOrder(lines);
  return placedOrders(orders, profile)
    .map((order) => withDaysOfLines(order, linesOf.get(order.id) ?? []))
    .filter((order) => order.shippedOn !== null || !isShippedByStatus(order, profile));
}

/** Orders that were not cancelled. */
export function placedOrders(orders: readonly Order[], profile: Pick<OrgProfile, 'orders'>): readonly Order[] {
  return orders.filter((order) => listed(profile.orders.statuses, order.status) !== 'cancelled');
}

function withDaysOfLines(order: Order, lines: readonly OrderLine[]): Order {
  if (lines.length === 0 || (order.promisedOn !== null && order.shippedOn !== null)) return order;
  const promisedOn = order.promisedOn ?? latest(lines.map((line) => line.promisedOn));
  const done = lines.map((line) => line.shippedOn ?? line.deliveredOn ?? line.acceptedOn);
  const shippedOn = order.shippedOn ?? (done.includes(null) ? null : latest(done));
  return { ...order, promisedOn, shippedOn };
}

function latest(days: readonly (CalendarDay | null)[]): CalendarDay | null {
  return days.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
}

function isShippedByStatus(order: Order, profile: Pick<OrgProfile, 'orders'>): boolean {
  const status = listed(profile.orders.statuses, order.status);
  return status === 'shipped' || status === 'delivered';
}
