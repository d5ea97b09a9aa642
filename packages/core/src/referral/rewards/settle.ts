import type { ExchangeRate } from '../../ledger/index.ts';
import { formatInstant, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import { limitPayout, type Payee } from './limit-payout.ts';
import type { PayoutBatch, PayoutRow } from './payout-batch.ts';
import type { RewardBook, RewardChanges } from './reward-book.ts';
import { isPayout, openMinor, type RewardRecord } from './reward-record.ts';
import { settleReward } from './step-reward.ts';
import type { TaxHint } from './tax-hints.ts';

export interface SettleOptions {
  readonly programId: string;
  /** Month `YYYY-MM`; each is settled once. */
  readonly period: string;
  readonly asOf: Instant;
  /** Id of the owner who settles. */
  readonly by: string;
  readonly payee: (partyId: Id) => Payee | undefined;
  readonly rates: readonly ExchangeRate[];
  readonly taxHints?: readonly TaxHint[];
  /** `always` (rule 8): where the table names a form, nothing is paid without it; `above`: only what lies above the threshold waits. */
  readonly withoutForm?: 'always' | 'above';
}

export interface Settled {
  readonly refused: false;
  readonly batch: PayoutBatch;
  readonly changes: RewardChanges;
}

/** What is settled together: one party in one currency by one method. */
interface Group {
  readonly partyId: Id;
  readonly currency: string;
  readonly method: PayoutRow['method'];
  readonly records: readonly RewardRecord[];
}

/**
 * Settles what is payable: what a party owes is netted first, then payouts and benefits are exported as rows, the
 * earliest rewards first. What may not be paid yet stays payable for the next period. A period that was settled gives
 * the same batch again and posts nothing; one that has not begun is refused.
 */
export function settle(book: RewardBook, options: SettleOptions): Settled | Refusal {
  const { programId, period, asOf, by } = options;
  const id = `${programId}/${period}`;
  const known = book.batch(id);
  if (known) return { refused: false, batch: known, changes: book.change(() => undefined) };
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period))
    return refuse('illegal_transition', `"${period}" is not a month YYYY-MM.`);
  if (period > formatInstant(asOf).slice(0, 7)) return refuse('future_event', `The month ${period} has not begun.`);
  const paid = paidThisYear(book, formatInstant(asOf).slice(0, 4));
  const changes = book.change(() => {
    const rows = groupsOf(book, programId).map((group) => settleGroup(book, group, id, options, paid));
    book.putBatch({ id, programId, period, settledAt: asOf, by, rows });
  });
  return { refused: false, batch: book.batch(id)!, changes };
}

function settleGroup(book: RewardBook, group: Group, id: string, options: SettleOptions, paid: PaidTotals): PayoutRow {
  const { partyId, currency, method, records } = group;
  const payable = records.reduce((sum, it) => sum + openMinor(it), 0);
  const netted = Math.min(payable, book.ledger.balance({ kind: 'receivable', of: partyId }, currency));
  const limit = limitPayout({ partyId, currency, method, wanted: payable - netted }, paid.of(partyId), options);
  const source = { at: options.asOf, source: id };
  let [toNet, toPay] = [netted, limit.paid];
  for (const { key } of records) {
    const net = Math.min(toNet, openMinor(book.get(key)!));
    if (net > 0) settleReward(book, book.get(key)!, 'net', net, source);
    const pay = Math.min(toPay, openMinor(book.get(key)!));
    if (pay > 0) settleReward(book, book.get(key)!, method === 'payout' ? 'pay' : 'fulfil', pay, source);
    toNet -= net;
    toPay -= pay;
  }
  if (method === 'payout') paid.add(partyId, currency, limit.paid);
  return {
    partyId,
    method,
    currency,
    payable,
    netted,
    paid: limit.paid,
    held: payable - netted - limit.paid,
    reason: limit.reason,
    paidThisYear: paid.of(partyId).get(currency) ?? 0,
    taxHint: limit.hint,
    rewardKeys: records.map((it) => it.key),
  };
}

/** Payouts before benefits, so that a debt is netted with cash first; otherwise by party and currency. */
function groupsOf(book: RewardBook, programId: string): readonly Group[] {
  const groups = new Map<string, RewardRecord[]>();
  for (const it of book.unsettled()) {
    if (it.programId !== programId || it.state !== 'payable' || openMinor(it) === 0) continue;
    const name = [isPayout(it.kind) ? 0 : 1, it.beneficiary.partyId, it.amount.currency].join('\n');
    const group = groups.get(name);
    if (group) group.push(it);
    else groups.set(name, [it]);
  }
  const names = [...groups.keys()].sort();
  return names.map((name) => {
    const records = groups.get(name)!.sort((a, b) => a.earnedAt - b.earnedAt || (a.key < b.key ? -1 : 1));
    const { beneficiary, amount, kind } = records[0]!;
    const method = isPayout(kind) ? 'payout' : 'benefit';
    return { partyId: beneficiary.partyId, currency: amount.currency, method, records };
  });
}

interface PaidTotals {
  readonly of: (partyId: Id) => ReadonlyMap<string, number>;
  readonly add: (partyId: Id, currency: string, minor: number) => void;
}

/** Payouts of a calendar year by party and currency, all programs; merged parties count as one. */
function paidThisYear(book: RewardBook, year: string): PaidTotals {
  const totals = new Map<Id, Map<string, number>>();
  const add = (partyId: Id, currency: string, minor: number) => {
    const id = book.survivorOf(partyId);
    const of = totals.get(id) ?? new Map<string, number>();
    totals.set(id, of.set(currency, (of.get(currency) ?? 0) + minor));
  };
  for (const batch of book.batches()) {
    if (formatInstant(batch.settledAt).slice(0, 4) !== year) continue;
    for (const row of batch.rows) if (row.method === 'payout') add(row.partyId, row.currency, row.paid);
  }
  return { of: (partyId) => totals.get(book.survivorOf(partyId)) ?? new Map(), add };
}
