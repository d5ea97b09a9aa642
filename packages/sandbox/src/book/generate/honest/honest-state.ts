import { DAY } from '../../calendar.ts';
import type { Random } from '../../random.ts';

/** One urgent ticket: when it is opened and closed. Instants are milliseconds. */
interface UrgentTicket {
  readonly openedAt: number;
  closedAt: number;
}

/** One order on its way or done. Instants are milliseconds. */
export interface OrderMade {
  readonly orderedAt: number;
  readonly promisedAt: number;
  shippedAt: number;
}

/**
 * What the next months of one account depend on: nothing else, and all of it stands in its records, but for the ends of what
 * is still open (`forgetAhead` draws those again). Instants are milliseconds.
 */
export interface HonestState {
  readonly since: number;
  /** Share of the bought seats in use in normal times. */
  readonly normal: number;
  readonly metered: boolean;
  readonly owned: boolean;
  /** Orders a month in normal times; 0 for accounts that order nothing. */
  readonly orderRate: number;
  /** The contract renews itself unless notice is given. */
  readonly autoRenews: boolean;
  /** Logarithm of use against its own normal. */
  level: number;
  /** Recorded shares of seats in use of the last whole months, newest first, at most four. */
  shares: number[];
  urgent: UrgentTicket[];
  lastUrgentAt: number;
  lastTouchAt: number;
  /** Orders of the last 200 days or so, and all that are not shipped. */
  orders: OrderMade[];
}

/** What the chance of loss follows from, as it stands at one instant. */
export interface HonestDrivers {
  /** Seats in use over seats bought in the last whole month; `undefined` where use is not metered or not yet known. */
  readonly share: number | undefined;
  /** Logarithm of that share over the mean of the three months before; 0 with less history. */
  readonly trend: number;
  readonly openUrgent: number;
  /** Share of the promises due in the last 180 days that were broken; `undefined` with none due. */
  readonly lateShare: number | undefined;
  readonly monthsSinceTouch: number;
  readonly tenureYears: number;
  readonly autoRenews: boolean;
}

/** Reads the drivers off a state. */
export function driversAt(state: HonestState, at: number): HonestDrivers {
  const [share, ...before] = state.shares;
  const usual = before.reduce((sum, one) => sum + one, 0) / before.length;
  const due = state.orders.filter((one) => one.promisedAt < at && one.promisedAt > at - 180 * DAY);
  const late = due.filter((one) => one.shippedAt >= one.promisedAt + DAY).length;
  return {
    share,
    trend: share === undefined || before.length < 3 ? 0 : Math.log((share + 0.01) / (usual + 0.01)),
    openUrgent: state.urgent.reduce((n, one) => (one.openedAt < at && one.closedAt > at ? n + 1 : n), 0),
    lateShare: due.length === 0 ? undefined : late / due.length,
    monthsSinceTouch: (at - state.lastTouchAt) / (30.4 * DAY),
    tenureYears: (at - state.since) / (365 * DAY),
    autoRenews: state.autoRenews,
  };
}

/** Mean days that an urgent ticket stays open, and that a late order is late. Both ends are without memory. */
export const urgentDays = 45;
export const lateDays = 6;

/** Days until an end without memory. */
export function drawWait(random: Random, meanDays: number): number {
  return -Math.log(1 - random.next()) * meanDays * DAY;
}

/** How often a promise is broken: more often while the last one due was. */
export function chanceLate(state: HonestState, at: number): number {
  let last: OrderMade | undefined;
  for (const one of state.orders)
    if (one.promisedAt + DAY < at && (last === undefined || one.promisedAt > last.promisedAt)) last = one;
  return last !== undefined && last.shippedAt >= last.promisedAt + DAY ? 0.5 : 0.05;
}

/** A copy of a state in which what is open at an instant ends at random, as nobody can know at that instant. */
export function forgetAhead(state: HonestState, at: number, random: Random): HonestState {
  const chance = chanceLate(state, at);
  return {
    ...state,
    shares: [...state.shares],
    urgent: state.urgent
      .filter((one) => one.closedAt > at)
      .map((one) => ({ openedAt: one.openedAt, closedAt: at + drawWait(random, urgentDays) })),
    orders: state.orders.map((one) =>
      one.shippedAt <= at ? one : { ...one, shippedAt: shipAgain(one, at, chance, random) },
    ),
  };
}

function shipAgain(order: OrderMade, at: number, chance: number, random: Random): number {
  if (order.promisedAt <= at) return Math.max(at, order.promisedAt + DAY) + drawWait(random, lateDays);
  return random.chance(chance) ? order.promisedAt + DAY + drawWait(random, lateDays) : order.promisedAt;
}
