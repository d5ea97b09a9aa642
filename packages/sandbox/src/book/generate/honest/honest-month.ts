import { DAY } from '../../calendar.ts';
import type { Random } from '../../random.ts';
import { chanceLate, drawWait, type HonestState, lateDays, type OrderMade, urgentDays } from './honest-state.ts';

/** What takes down what happens in a month; without one a month is only imagined. Instants are milliseconds. */
export interface MonthRecorder {
  usage(from: number, to: number, share: number): number;
  urgent(openedAt: number, closedAt: number): void;
  touch(at: number): void;
  order(order: OrderMade): void;
}

/**
 * Lets a month pass. Every draw follows from the state alone, so that a month imagined from a copy is as likely as the
 * month that comes. `whole` is false for the part of a month in which an account begins.
 */
export function passMonth(
  state: HonestState,
  random: Random,
  span: { readonly from: number; readonly to: number; readonly whole: boolean },
  recorder?: MonthRecorder,
): void {
  use(state, random, span, recorder);
  fires(state, random, span, recorder);
  touches(state, random, span, recorder);
  if (state.orderRate > 0) orders(state, random, span, recorder);
}

type Span = Parameters<typeof passMonth>[2];

/** Use drifts back to normal and drops now and then; what is recorded is rounded to seats by the recorder. */
function use(state: HonestState, random: Random, { from, to, whole }: Span, recorder?: MonthRecorder): void {
  if (!state.metered) return;
  const drop = random.chance(0.04) ? random.between(0.25, 1) : 0;
  state.level = Math.max(-2, Math.min(0.06, 0.94 * state.level + 0.03 * random.normal() - drop));
  if (!whole) return;
  const share = Math.min(1, state.normal * Math.exp(state.level));
  state.shares = [recorder ? recorder.usage(from, to, share) : share, ...state.shares.slice(0, 3)];
}

/** Urgent tickets: seldom, and more of them for two months after one. */
function fires(state: HonestState, random: Random, { from, to }: Span, recorder?: MonthRecorder): void {
  const months = (to - from) / (30.4 * DAY);
  const fresh = state.lastUrgentAt > from - 60 * DAY;
  if (!random.chance(months * (fresh ? 0.14 : 0.08))) return;
  const openedAt = Math.floor(random.between(from, to));
  const closedAt = Math.floor(openedAt + drawWait(random, urgentDays));
  state.urgent = [...state.urgent.filter((one) => one.closedAt > from), { openedAt, closedAt }];
  state.lastUrgentAt = openedAt;
  recorder?.urgent(openedAt, closedAt);
}

/** Contacts between people: the longer the silence, the rarer. */
function touches(state: HonestState, random: Random, { from, to }: Span, recorder?: MonthRecorder): void {
  const silent = (from - state.lastTouchAt) / (30.4 * DAY);
  const rate = (silent < 1 ? 1 : silent < 2 ? 0.6 : 0.4) * (state.owned ? 1 : 0.6);
  const expected = (rate * (to - from)) / (30.4 * DAY);
  // Waiting times without memory: a gap of any length may end the next day.
  for (let left = expected - drawWait(random, 1) / DAY; left > 0; left -= drawWait(random, 1) / DAY) {
    const at = Math.floor(random.between(from, to));
    state.lastTouchAt = Math.max(state.lastTouchAt, at);
    recorder?.touch(at);
  }
}

/** Orders at the account's own rate; an order and a gap follow on each other by chance. */
function orders(state: HonestState, random: Random, { from, to }: Span, recorder?: MonthRecorder): void {
  const expected = (state.orderRate * (to - from)) / (30.4 * DAY);
  const count = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
  state.orders = state.orders.filter((one) => one.shippedAt > from || one.promisedAt > from - 200 * DAY);
  for (let i = 0; i < count; i += 1) placeOrder(state, random, Math.floor(random.between(from, to)), recorder);
}

function placeOrder(state: HonestState, random: Random, orderedAt: number, recorder?: MonthRecorder): void {
  const promisedAt = Math.floor((orderedAt + random.between(6, 25) * DAY) / DAY) * DAY;
  const late = random.chance(chanceLate(state, orderedAt));
  const shippedAt = late ? Math.floor(promisedAt + DAY + drawWait(random, lateDays)) : promisedAt;
  const order = { orderedAt, promisedAt, shippedAt };
  state.orders.push(order);
  recorder?.order(order);
}
