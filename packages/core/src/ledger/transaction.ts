import type { Instant } from '../model/dates.ts';
import type { Money } from '../model/money.ts';

export const ACCOUNT_KINDS = ['expense', 'pending', 'held', 'payable', 'receivable', 'clearing', 'fx'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/**
 * An account of the ledger: expense of a program or budget; pending, held, payable and receivable of a party; clearing
 * of `payout` or `benefit`; fx of a pair of currencies. `of` is an opaque key, never a name or an address.
 */
export interface LedgerAccount {
  readonly kind: AccountKind;
  readonly of: string;
}

/** One line of a transaction: whole minor units, debit positive, credit negative. */
export interface Posting {
  readonly account: LedgerAccount;
  readonly money: Money;
}

/** Units of `to` for one unit of `from`, in major units; the day it holds for and who said so. */
export interface ExchangeRate {
  readonly from: string;
  readonly to: string;
  readonly value: number;
  readonly on: string;
  readonly source: string;
}

export const TRANSACTION_KINDS = [
  'accrue',
  'hold',
  'release',
  'approve',
  'pay',
  'fulfil',
  'expire',
  'cancel',
  'clawback',
  'net',
  'adjust',
] as const;
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/**
 * What happened once and for all: it is never edited, only followed by another. `key` is made of what caused it, so that
 * a replay is no new transaction. `at` is when it was posted, not when its cause occurred.
 */
export interface Transaction {
  readonly key: string;
  readonly kind: TransactionKind;
  readonly at: Instant;
  /** The reward (bonus, budget line) that it belongs to, and the record that caused it; `null`: none. */
  readonly reward: string | null;
  readonly source: string | null;
  /** The rate by which the amount came to its currency, fixed at the accrual; `null`: none was needed. */
  readonly rate: ExchangeRate | null;
  readonly postings: readonly Posting[];
}
