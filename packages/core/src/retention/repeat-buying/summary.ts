import type { TimeBase } from './time-base.ts';

/**
 * What the continuous-time models need to know of every account, in columns of equal length and in one time base. The
 * first order is not counted: `frequency` counts repeat orders, `recency` is the time from the first order to the last
 * (0 without repeat orders), `age` the time from the first order to the cut-off.
 */
export interface RepeatBuyingSummary<B extends TimeBase> {
  readonly base: B;
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
}

/** One account's row of a `RepeatBuyingSummary`. */
export interface OrderHistory<B extends TimeBase> {
  readonly base: B;
  readonly frequency: number;
  readonly recency: number;
  readonly age: number;
}

/**
 * What the discrete-time model (BG/BB) needs: whole periods, in each of which an account orders or does not.
 * `occasions` counts the periods since the first order's own, `frequency` those with an order, `recency` is the number
 * of the last of them (0 without). `accounts` counts the accounts of a row.
 */
export interface OccasionSummary<B extends TimeBase> {
  readonly base: B;
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly occasions: Float64Array;
  readonly accounts: Float64Array;
}

/** One row of an `OccasionSummary`. */
export interface OccasionHistory<B extends TimeBase> {
  readonly base: B;
  readonly frequency: number;
  readonly recency: number;
  readonly occasions: number;
}
