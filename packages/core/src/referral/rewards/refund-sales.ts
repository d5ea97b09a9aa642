import { scaleHalfEven } from '../../ledger/index.ts';
import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { RewardBook } from './reward-book.ts';
import type { RefundRecord, RewardRecord } from './reward-record.ts';
import { nextRewardState } from './reward-table.ts';
import { takeBack } from './take-back.ts';

/** A sale (or invoice) that gave rewards: they share its basis and what was refunded of it. */
interface Sale {
  readonly eventKey: string;
  readonly records: readonly RewardRecord[];
}

/**
 * Sets every refund of a case against its sales and posts what the rewards owe by now: cumulative reversal =
 * round(reward x cumulative refund / basis), less what was taken back before (rule 7). Each type of event is refunded by
 * itself (an invoice is a part of the sale that was won), the latest first, none that came after the refund. A refund
 * that came before its sale is kept until the sale does.
 */
export function refundSales(book: RewardBook, caseId: Id, at: Instant): void {
  for (const refund of book.refundsOf(caseId)) {
    for (const type of typesOf(book.ofCase(caseId))) {
      if (refund.amount === null) cancelSales(book, salesOf(book, refund, type), refund, at);
      else spread(book, refund.key, caseId, type, at);
    }
  }
}

function spread(book: RewardBook, refundKey: string, caseId: Id, type: string, at: Instant): void {
  const refund = book.refundsOf(caseId).find((it) => it.key === refundKey)!;
  let left = refund.left[type] ?? refund.amount!.minor;
  for (const sale of salesOf(book, refund, type)) {
    const taken = refundSale(book, sale, refund, left, at);
    left -= taken;
  }
  if (left !== refund.left[type]) book.putRefund({ ...refund, left: { ...refund.left, [type]: left } });
}

/** Returns how much of the refund the sale takes, in the refund's currency. */
function refundSale(book: RewardBook, sale: Sale, refund: RefundRecord, left: number, at: Instant): number {
  const basis = sale.records[0]?.basis;
  if (!basis || basis.minor === 0 || basis.currency !== refund.amount?.currency) {
    for (const it of sale.records) if (left > 0) askPerson(book, it);
    return 0;
  }
  const before = Math.max(...sale.records.map((it) => it.refunded));
  const refunded = Math.min(basis.minor, before + left);
  for (const it of sale.records) reverseTo(book, it, refunded, basis.minor, refund, at);
  return refunded - before;
}

function reverseTo(
  book: RewardBook,
  record: RewardRecord,
  refunded: number,
  basis: number,
  refund: RefundRecord,
  at: Instant,
): void {
  if (record.refunded >= refunded) return;
  const target = scaleHalfEven(record.amount.minor, refunded, basis);
  takeUpTo(book, book.put({ ...record, refunded }), target, refund, at);
}

function cancelSales(book: RewardBook, sales: readonly Sale[], refund: RefundRecord, at: Instant): void {
  for (const it of sales.flatMap((sale) => sale.records)) {
    if (it.amount.minor > 0) takeUpTo(book, it, it.amount.minor, refund, at);
    else if (nextRewardState(it.state, 'cancel') === 'canceled')
      book.put({ ...it, state: 'canceled', reason: 'refunded' });
  }
}

function takeUpTo(book: RewardBook, record: RewardRecord, target: number, refund: RefundRecord, at: Instant): void {
  const minor = target - record.reversed - record.owedBack - record.forgiven;
  if (minor > 0) takeBack(book, record, { minor, at, source: refund.key, reason: 'refunded' });
}

/** Without a common basis nobody can say by rule how much: an unsettled reward waits for a person. */
function askPerson(book: RewardBook, record: RewardRecord): void {
  if (nextRewardState(record.state, 'review') === 'review_required' && record.state !== 'fulfilled')
    book.put({ ...record, state: 'review_required', reason: 'refunded' });
}

function typesOf(records: readonly RewardRecord[]): readonly string[] {
  return [...new Set(records.map((it) => it.eventType))].sort();
}

/** The sales of one type that a refund can be about, the latest first. */
function salesOf(book: RewardBook, refund: RefundRecord, type: string): readonly Sale[] {
  const sales = new Map<string, RewardRecord[]>();
  for (const it of book.ofCase(refund.caseId)) {
    if (it.eventType !== type || it.earnedAt > refund.occurredAt) continue;
    if (refund.refundsKey !== null && it.eventKey !== refund.refundsKey) continue;
    if (refund.spares?.includes(it.eventKey)) continue;
    sales.set(it.eventKey, [...(sales.get(it.eventKey) ?? []), it]);
  }
  return [...sales]
    .map(([eventKey, records]) => ({ eventKey, records }))
    .sort((a, b) => b.records[0]!.earnedAt - a.records[0]!.earnedAt || (a.eventKey < b.eventKey ? -1 : 1));
}
