import { residualBgBb } from './bg-bb/orders.ts';
import { type BgBbMeans, bgBbMeans, bgBbStanding } from './bg-bb/standing.ts';
import { checkHistory, outlookOf } from './outlook.ts';
import { residualParetoNbd } from './pareto-nbd/orders.ts';
import { paretoNbdStanding } from './pareto-nbd/standing.ts';
import type { BetaGeometricModel, BgBbModel, ParetoNbdModel } from './repeat-model.ts';
import type { OccasionHistory, OrderHistory } from './summary.ts';
import { type Discount, lengthIn, rateIn, type Span, type TimeBase } from './time-base.ts';

/** Any fitted model of repeat buying. */
export type RepeatModel<B extends TimeBase> = BetaGeometricModel<B> | ParetoNbdModel<B> | BgBbModel<B>;

/** The history that a model reads; `null` is an account whose first order is only now. */
export type HistoryFor<M extends RepeatModel<TimeBase>> =
  M extends BgBbModel<infer B>
    ? OccasionHistory<B> | null
    : M extends RepeatModel<infer B>
      ? OrderHistory<B> | null
      : never;

/** The time base of a model. */
export type BaseOf<M extends RepeatModel<TimeBase>> = M['base'];

/**
 * The chance that an account is active: for BG/NBD, MBG/NBD and Pareto/NBD that it has not dropped out by the cut-off,
 * for BG/BB that it is active on the next occasion. A poor churn score: use `probabilityOfOrder`. A `RangeError` names
 * impossible input.
 */
export function probabilityActive<M extends RepeatModel<TimeBase>>(model: M, history: HistoryFor<M>): number {
  return outlookOf(model, history).active();
}

/** The chance of at least one order within a span from the cut-off. */
export function probabilityOfOrder<M extends RepeatModel<TimeBase>>(
  model: M,
  history: HistoryFor<M>,
  within: Span<BaseOf<M>>,
): number {
  return outlookOf(model, history).any(lengthOf(model, within));
}

/** The chance of exactly `orders` orders within a span from the cut-off. */
export function probabilityOfOrders<M extends RepeatModel<TimeBase>>(
  model: M,
  history: HistoryFor<M>,
  within: Span<BaseOf<M>>,
  orders: number,
): number {
  if (!(Number.isInteger(orders) && orders >= 0))
    throw new RangeError(`${orders} orders: count from 0 in whole numbers.`);
  return outlookOf(model, history).count(lengthOf(model, within), orders);
}

/**
 * Expected orders within a span from the cut-off.
 *
 * @example
 * expectedOrders(model, { base: 'weeks', frequency: 2, recency: 30.43, age: 38.86 }, span('weeks', 39)) // 1.226 on CDNOW
 */
export function expectedOrders<M extends RepeatModel<TimeBase>>(
  model: M,
  history: HistoryFor<M>,
  within: Span<BaseOf<M>>,
): number {
  return outlookOf(model, history).expected(lengthOf(model, within));
}

/**
 * Expected orders within a span from the cut-off, one at time u worth (1 + d)^-u: what a stated horizon is worth for
 * every family, times the margin of an order. As the span grows it becomes `residualOrders` where that exists. In BG/BB
 * an order of the next occasion is worth 1 / (1 + d).
 */
export function discountedOrders<M extends RepeatModel<TimeBase>>(
  model: M,
  history: HistoryFor<M>,
  within: Span<BaseOf<M>>,
  discount: Discount<BaseOf<M>>,
): number {
  return outlookOf(model, history).discounted(lengthOf(model, within), rateIn(model.base, discount));
}

/**
 * Discounted expected residual orders (DERT): all orders from the cut-off on, one a period away worth 1 / (1 + d).
 * BG/NBD has no such sum: use `expectedOrders` over a stated span. Infinite without drop-out and discount, so the
 * discount is above 0.
 */
export function residualOrders<M extends ParetoNbdModel<TimeBase> | BgBbModel<TimeBase>>(
  model: M,
  history: HistoryFor<M>,
  discount: Discount<BaseOf<M>>,
): number {
  const rate = rateIn(model.base, discount);
  checkHistory(model, history);
  return model.family === 'bg-bb'
    ? residualBgBb(bgBbStanding(model, history as OccasionHistory<TimeBase> | null), rate)
    : residualParetoNbd(paretoNbdStanding(model, history as OrderHistory<TimeBase> | null), rate);
}

/** The mean chances of one account in BG/BB: to order on an occasion while active, to drop out before one. */
export function meanChances<B extends TimeBase>(
  model: BgBbModel<B>,
  history: OccasionHistory<NoInfer<B>> | null,
): BgBbMeans {
  checkHistory(model, history);
  return bgBbMeans(model, history);
}

/** More occasions ahead than this are refused: they are added up one by one. */
const MOST_AHEAD = 100_000;

function lengthOf(model: RepeatModel<TimeBase>, within: Span<TimeBase>): number {
  const length = lengthIn(model.base, within);
  if (model.family === 'bg-bb' && !(Number.isInteger(length) && length <= MOST_AHEAD))
    throw new RangeError(`A span of ${length} occasions: this model counts whole ${model.base}, up to ${MOST_AHEAD}.`);
  return length;
}
