import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';

/**
 * Why recurring revenue changed. Changes of `currency` (the rate moved, not the price), `reward-credit` and `free-period`
 * are no movements (retention model, rule 14 and trap 6).
 */
export type ChangeCause =
  | 'sold'
  | 'escalator'
  | 'discount-end'
  | 'usage'
  | 'currency'
  | 'reward-credit'
  | 'free-period';

/** One change of an account's recurring revenue: signed, in minor units a month. */
export interface RevenueChange {
  readonly at: Instant;
  readonly change: number;
  /** Missing: `sold`. */
  readonly cause?: ChangeCause;
}

/**
 * One account between two instants. All amounts are monthly recurring revenue in whole minor units of one currency, both
 * ends at the exchange rates of the start, without trials, free plans, reward credits and one-off fees.
 */
export interface AccountRevenue {
  readonly accountId: Id;
  /** At the start; above 0 makes the account part of the cohort. */
  readonly m0: number;
  /** At the end. */
  readonly m1: number;
  /** The changes between the two, in any order. What they leave unexplained counts as one change without a date. */
  readonly path: readonly RevenueChange[];
  /** It had paid before the start, so coming back is a reactivation and not new. Missing: no. */
  readonly paidBefore?: boolean;
}

const NO_MOVEMENT: readonly ChangeCause[] = ['currency', 'reward-credit', 'free-period'];

/** Whether a change is one of the recurring revenue itself. */
export function isCounted(change: RevenueChange): boolean {
  return !NO_MOVEMENT.includes(change.cause ?? 'sold');
}
