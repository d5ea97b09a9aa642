import { type Refusal, refuse } from '../entities/reason-code.ts';
import { accrueEvent } from './accrue-event.ts';
import { refundSales } from './refund-sales.ts';
import type { RewardBook, RewardChanges } from './reward-book.ts';
import type { RewardInput, RewardOptions } from './reward-input.ts';
import { seenKey } from './seen-key.ts';
import { isAmount } from './work-out-amount.ts';

/**
 * Takes a batch of qualifying events, each with the decision that credits it: sales give rewards, refunds and
 * cancellations take them back. The order is (`occurredAt`, key) whatever the order of the batch, so caps go to the
 * earlier; a key that was seen changes nothing, and what an earlier batch was given is never taken for a later one.
 * Refused, with nothing half-written, and to be given again when mended: an amount below 0, an event in the future, a
 * missing rate, an unknown participant, a program that is a draft.
 */
export function applyBatch(book: RewardBook, batch: readonly RewardInput[], options: RewardOptions): RewardChanges {
  return book.change(() => {
    for (const input of [...batch].sort(byTime)) applyOne(book, input, options);
  });
}

function applyOne(book: RewardBook, input: RewardInput, options: RewardOptions): void {
  const { event } = input;
  if (book.isSeen(seenKey(input))) return;
  const refusal = barEvent(input, options.asOf) ?? takeEvent(book, input, options);
  if (refusal) book.refuse(event.key, refusal);
  else {
    book.see(seenKey(input));
    refundSales(book, event.opportunityId ?? event.subjectId, options.asOf);
  }
}

/** The refusal that leaves the event untaken, or `null`. */
function takeEvent(book: RewardBook, input: RewardInput, options: RewardOptions): Refusal | null {
  const { event, screening } = input;
  const isRefund = event.type === 'refunded' || event.type === 'cancelled';
  if (isRefund) recordRefund(book, input);
  else if (screening?.reward !== 'blocked') {
    if (event.again) spareWin(book, input);
    return accrueEvent(book, input, options);
  } else book.refuse(event.key, refuse(screening.rewardReason ?? 'fraud_check'));
  return null;
}

/** Whole cancellations of the sale came before the win that stands now. */
function spareWin(book: RewardBook, { event }: RewardInput): void {
  for (const it of book.refundsOf(event.opportunityId ?? event.subjectId)) {
    const spares = it.spares ?? [];
    if (it.amount === null && !spares.includes(event.key)) book.putRefund({ ...it, spares: [...spares, event.key] });
  }
}

function barEvent({ event, program }: RewardInput, asOf: number): Refusal | null {
  if (event.amount !== null && !isAmount(event.amount.minor)) return refuse('negative_amount');
  if (event.occurredAt > asOf) return refuse('future_event');
  return program.state === 'draft' ? refuse('program_not_active') : null;
}

/**
 * A refund without an amount says nothing of how much: the rewards of the case wait for a person. Each program takes the
 * same refund; it is one all the same, and what was set against sales stays so.
 */
function recordRefund(book: RewardBook, { event }: RewardInput): void {
  const { key, type, occurredAt, amount, refundsKey = null } = event;
  const caseId = event.opportunityId ?? event.subjectId;
  if (book.refundsOf(caseId).some((it) => it.key === key)) return;
  const isWhole = type === 'cancelled';
  book.putRefund({ key, caseId, occurredAt, amount: isWhole ? null : (amount ?? UNKNOWN), refundsKey, left: {} });
}

/** No sale is in this currency, so it can be set against none. */
const UNKNOWN = { minor: 1, currency: 'XXX' };

function byTime(a: RewardInput, b: RewardInput): number {
  return (
    a.event.occurredAt - b.event.occurredAt || compare(a.event.key, b.event.key) || compare(a.program.id, b.program.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
