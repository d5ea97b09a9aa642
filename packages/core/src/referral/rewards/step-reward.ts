import type { Instant } from '../../model/dates.ts';
import { type ReasonCode, type Refusal, refuse } from '../entities/reason-code.ts';
import type { RewardBook } from './reward-book.ts';
import { isPayout, openMinor, type RewardRecord } from './reward-record.ts';
import { nextRewardState, type RewardStep } from './reward-table.ts';
import { clawBack, takeBack } from './take-back.ts';

interface StepContext {
  readonly at: Instant;
  /** Id of the owner who takes the step; `null`: the passing of time. */
  readonly by: string | null;
  readonly reason: ReasonCode;
  readonly source: string | null;
}

/** Takes one step of the table with its postings, or says why it cannot be taken. */
export function stepReward(
  book: RewardBook,
  record: RewardRecord,
  step: RewardStep,
  context: StepContext,
): RewardRecord | Refusal {
  const state = nextRewardState(record.state, step);
  if (typeof state !== 'string') return state;
  const barred = guard(record, step);
  if (barred) return barred;
  const moved = { ...record, state, reason: context.reason };
  const { at, by, source } = context;
  switch (step) {
    case 'hold':
      return book.put(moveTo(book, moved, 'held', context));
    case 'clear':
      return book.put({ ...moved, holds: [] });
    case 'approve':
      return book.put({ ...moved, holds: [], approvedAt: record.approvedAt ?? at, approvedBy: by });
    case 'release':
      return book.put(moveTo(book, moved, 'payable', context));
    case 'expire':
    case 'cancel':
      return endReward(book, record, step, context);
    case 'pay':
    case 'fulfil':
      if (record.owedBack > 0) return book.put({ ...moved, owedBack: 0, forgiven: record.forgiven + record.owedBack });
      return settleReward(book, record, step, openMinor(record), { at, source });
    case 'reverse':
      return takeOwed(book, moved, context);
    default:
      return book.put(moved);
  }
}

/** Pays, fulfils or nets a part of a payable reward; it is paid or fulfilled when nothing is open any more. */
export function settleReward(
  book: RewardBook,
  record: RewardRecord,
  kind: 'pay' | 'fulfil' | 'net',
  minor: number,
  { at, source }: Pick<StepContext, 'at' | 'source'>,
): RewardRecord {
  const credit = kind === 'net' ? 'receivable' : 'clearing';
  const posted = book.post(record, { kind, minor, debit: 'payable', credit, at, source });
  const settled = { ...posted, settled: record.settled + minor };
  const done = isPayout(record.kind) ? 'paid' : 'fulfilled';
  return book.put({ ...settled, state: openMinor(settled) === 0 ? done : record.state });
}

/** A step that the table allows may still have nothing to work on. */
function guard(record: RewardRecord, step: RewardStep): Refusal | null {
  const { state, owedBack, key } = record;
  if (step === 'approve' && record.holds.includes('dispute_open')) return refuse('dispute_open');
  if (state === 'review_required') {
    const isAboutBenefit = step === 'reverse' || step === 'fulfil';
    if (isAboutBenefit === owedBack > 0) return null;
    return refuse('illegal_transition', `${key} ${owedBack > 0 ? 'was' : 'was not'} applied before its review.`);
  }
  if (step === 'reverse') return refuse('illegal_transition', `${key}: record the refund; it reverses what was paid.`);
  const method = isPayout(record.kind) ? 'pay' : 'fulfil';
  if ((step === 'pay' || step === 'fulfil') && step !== method) {
    return refuse('illegal_transition', `${key} is settled by the step "${method}".`);
  }
  return null;
}

function moveTo(book: RewardBook, record: RewardRecord, place: 'held' | 'payable', context: StepContext): RewardRecord {
  if (record.place === place) return record;
  const kind = place === 'held' ? 'hold' : record.approvedBy === null ? 'release' : 'approve';
  const { at, source } = context;
  const posted = book.post(record, { kind, minor: openMinor(record), debit: record.place, credit: place, at, source });
  return { ...posted, place };
}

function endReward(
  book: RewardBook,
  record: RewardRecord,
  kind: 'expire' | 'cancel',
  context: StepContext,
): RewardRecord {
  const { at, source, reason } = context;
  const minor = openMinor(record);
  if (minor > 0) return takeBack(book, record, { minor, at, source, reason, kind });
  return book.put({ ...record, state: kind === 'expire' ? 'expired' : 'canceled', reason });
}

/** A person takes back what a refund asked of a benefit that was applied. */
function takeOwed(book: RewardBook, record: RewardRecord, context: StepContext): RewardRecord {
  const taken = { ...clawBack(book, record, record.owedBack, context), owedBack: 0 };
  return book.put({ ...taken, state: taken.clawedBack === taken.settled ? 'reversed' : 'fulfilled' });
}
