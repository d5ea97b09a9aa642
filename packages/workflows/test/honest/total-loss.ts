import { bookLoss, type DecisionRows, dayFromNumber, type FittedRetention } from '@holdfast/core';
import { logistic, logit, normalQuantile, type Random } from '@holdfast/core/stats';

/** An interval for a slice's total loss, and how much there was. */
export interface TotalLoss {
  readonly actual: number;
  readonly low: number;
  readonly high: number;
  /** Width of the 90 % interval of whoever knows every attainable chance and how much months differ. */
  readonly oracleWidth: number;
}

/** In money, and in accounts: these are told in whole ones, beside an oracle that is not. */
export interface TotalLosses {
  readonly money: TotalLoss;
  readonly accounts: TotalLoss;
}

/** The month of each row's decision, as a number. */
export function monthsOf(rows: DecisionRows): Int32Array {
  return Int32Array.from(rows.decidesDay, (day) => {
    const on = dayFromNumber(day);
    return Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7));
  });
}

/** Holds the forecast of a slice's losses against what happened. `shock`: the true deviation of months, in log-odds. */
export function totalLosses(
  fitted: FittedRetention,
  test: DecisionRows,
  attainable: ArrayLike<number>,
  shock: number,
): TotalLosses {
  const period = monthsOf(test);
  const money = test.value.map((it) => (Number.isNaN(it) ? 0 : it));
  const one = new Float64Array(test.count).fill(1);
  const { losses, value } = bookLoss(fitted, { count: test.count, swings: test.swings, value: money, period });
  const held = ({ low, high }: { readonly low: number; readonly high: number }, each: Float64Array) => ({
    actual: test.lost.reduce((sum, it, i) => sum + it * each[i]!, 0),
    ...{ low, high, oracleWidth: oracleWidth(attainable, each, period, shock) },
  });
  return { money: held(value, money), accounts: held(losses, one) };
}

/** Twice 1.645 standard deviations: each account's own luck, and each month's shock on all that decide in it. */
function oracleWidth(attainable: ArrayLike<number>, value: Float64Array, period: Int32Array, shock: number): number {
  let own = 0;
  const reach = new Map<number, number>();
  for (let i = 0; i < attainable.length; i += 1) {
    const spread = attainable[i]! * (1 - attainable[i]!);
    own += spread * value[i]! ** 2;
    reach.set(period[i]!, (reach.get(period[i]!) ?? 0) + spread * value[i]!);
  }
  let shared = 0;
  for (const it of reach.values()) shared += (shock * it) ** 2;
  return 2 * normalQuantile(0.95) * Math.sqrt(own + shared);
}

/** Whether a total lies in its interval. */
export function covers({ actual, low, high }: TotalLoss): boolean {
  return actual >= low && actual <= high;
}

/**
 * The same rows with outcomes drawn anew: each lost with its attainable chance, shifted by its month's own shock. What the
 * rows show is what the records gave; only the outcomes are drawn, so that thousands of books cost no records.
 */
export function redrawn(
  rows: DecisionRows,
  attainable: ArrayLike<number>,
  shock: number,
  random: Random,
): DecisionRows {
  const months = monthsOf(rows);
  const shocks = new Map<number, number>();
  const lost = Uint8Array.from({ length: rows.count }, (_, i) => {
    const month = months[i]!;
    const shift = shocks.get(month) ?? shock * random.normal();
    shocks.set(month, shift);
    return Number(random.uniform() < logistic(logit(attainable[i]!) + shift));
  });
  return { ...rows, lost };
}
