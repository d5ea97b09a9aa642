import type { Instant } from '../../model/dates.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { RewardBook } from './reward-book.ts';
import { isPayout, openMinor, type RewardRecord } from './reward-record.ts';
import { nextRewardState } from './reward-table.ts';

interface TakeBack {
  /** Minor units, at most what is left of the reward. */
  readonly minor: number;
  readonly at: Instant;
  readonly source: string | null;
  readonly reason: ReasonCode;
  readonly kind?: 'cancel' | 'expire';
}

/**
 * Takes back a part of a reward (rule 7): first what is open, by cancelling it; then what was paid, as a receivable; of
 * a benefit that was applied nothing is taken, it goes to review with the amount that is owed back.
 */
export function takeBack(book: RewardBook, before: RewardRecord, take: TakeBack): RewardRecord {
  const unpaid = Math.min(take.minor, openMinor(before));
  const rest = take.minor - unpaid;
  let record = cancelOpen(book, before, unpaid, take);
  if (rest > 0) record = isPayout(record.kind) ? clawBack(book, record, rest, take) : askForReview(record, rest);
  return book.put({
    ...record,
    state: stateAfter(record, take),
    reason: rest > 0 ? reasonAfter(record, take) : take.reason,
  });
}

/** Takes back all that is left of a reward; one that a cap left nothing of is cancelled. */
export function takeBackWhole(book: RewardBook, record: RewardRecord, take: Omit<TakeBack, 'minor'>): RewardRecord {
  const minor = record.amount.minor - record.reversed - record.owedBack - record.forgiven;
  if (minor > 0) return takeBack(book, record, { ...take, minor });
  const isEnded = nextRewardState(record.state, 'cancel') !== 'canceled';
  return isEnded ? record : book.put({ ...record, state: 'canceled', reason: take.reason });
}

/** Posts a receivable for what was settled and is now owed. */
export function clawBack(
  book: RewardBook,
  record: RewardRecord,
  minor: number,
  { at, source }: Pick<TakeBack, 'at' | 'source'>,
): RewardRecord {
  const posted = book.post(record, { kind: 'clawback', minor, debit: 'receivable', credit: 'expense', at, source });
  return { ...posted, reversed: record.reversed + minor, clawedBack: record.clawedBack + minor };
}

function cancelOpen(book: RewardBook, record: RewardRecord, minor: number, { at, source, kind = 'cancel' }: TakeBack) {
  const posted = book.post(record, { kind, minor, debit: record.place, credit: 'expense', at, source });
  return { ...posted, reversed: record.reversed + minor };
}

function askForReview(record: RewardRecord, minor: number): RewardRecord {
  return { ...record, owedBack: record.owedBack + minor };
}

function stateAfter(record: RewardRecord, { kind }: TakeBack): RewardRecord['state'] {
  if (record.owedBack > 0) return 'review_required';
  if (openMinor(record) > 0) return record.state;
  if (record.settled === 0) return kind === 'expire' ? 'expired' : 'canceled';
  if (record.clawedBack === record.settled) return 'reversed';
  return isPayout(record.kind) ? 'paid' : 'fulfilled';
}

function reasonAfter(record: RewardRecord, take: TakeBack): ReasonCode {
  return record.owedBack > 0 ? 'benefit_applied' : take.reason;
}
