import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { type ReasonCode, refuse } from '../entities/reason-code.ts';
import type { RewardBook, RewardChanges } from './reward-book.ts';
import type { RewardScreening } from './reward-input.ts';
import { isOpen, type RewardRecord } from './reward-record.ts';
import { stepReward } from './step-reward.ts';

/** What a person does to a reward; `hold` and `review` with the reason that stands against it. */
export interface PersonsStep {
  readonly step: 'hold' | 'clear' | 'review' | 'approve' | 'cancel' | 'fulfil' | 'reverse';
  readonly at: Instant;
  readonly by: string;
  readonly reason?: ReasonCode;
}

const USUAL_REASON: Readonly<Record<PersonsStep['step'], ReasonCode>> = {
  hold: 'disputed',
  clear: 'accepted',
  review: 'fraud_check',
  approve: 'accepted',
  cancel: 'withdrawn',
  fulfil: 'accepted',
  reverse: 'refunded',
};

/**
 * Takes a person's step on one reward; a step that the table does not know is refused and changes nothing. Approving
 * lifts every hold but that of an open dispute, which refuses it; `clear` lifts them all.
 */
export function moveReward(book: RewardBook, key: string, does: PersonsStep): RewardChanges {
  return book.change(() => {
    const record = book.get(key);
    if (!record) return book.refuse(key, refuse('unknown_reward'));
    const { step, at, by, reason = USUAL_REASON[step] } = does;
    const result = stepReward(book, record, step, { at, by, reason, source: null });
    if ('refused' in result) book.refuse(key, result);
    else if (step === 'hold') book.put({ ...result, holds: withHold(result, reason) });
  });
}

/** Holds an opportunity's rewards while a dispute stands open, beside any other hold; settled ones stay. */
export function holdCase(
  book: RewardBook,
  caseId: Id,
  at: Instant,
  reason: ReasonCode = 'dispute_open',
): RewardChanges {
  return book.change(() => {
    for (const it of book.ofCase(caseId)) holdReward(book, it, reason, at);
  });
}

/** Lifts the hold of a dispute, and no other; a reward without one goes on from `earned` at the next advance. */
export function releaseCase(
  book: RewardBook,
  caseId: Id,
  at: Instant,
  reason: ReasonCode = 'dispute_open',
): RewardChanges {
  return book.change(() => {
    for (const it of book.ofCase(caseId)) liftHolds(book, it, (one) => one === reason, at);
  });
}

/** Holds that a person or a dispute put there: no check lifts them. */
const PERSONS_HOLDS: readonly ReasonCode[] = ['dispute_open', 'disputed'];

/**
 * Applies what the checks say now to each of the rewards that is not settled: waits and holds come and go; `null` leaves
 * one as it is.
 */
export function screenUnsettled(
  book: RewardBook,
  keys: Iterable<string>,
  screen: (reward: RewardRecord) => RewardScreening | null,
  at: Instant,
): RewardChanges {
  return book.change(() => {
    for (const key of [...keys].sort()) {
      const it = book.get(key);
      if (!it || !isOpen(it)) continue;
      const now = it.beneficiary.role === 'referrer' ? screen(it) : null;
      if (now) screenOne(book, it, now, at);
    }
  });
}

function screenOne(book: RewardBook, it: RewardRecord, now: RewardScreening, at: Instant): void {
  if (it.beneficiary.role !== 'referrer' || it.settled > 0 || it.state === 'review_required') return;
  const reason = now.rewardReason ?? 'fraud_check';
  const context = { at, by: null, reason, source: null };
  const isOther = (hold: ReasonCode) => hold !== reason && !PERSONS_HOLDS.includes(hold);
  if (now.reward === 'held') {
    holdReward(book, it, reason, at);
    liftHolds(book, book.get(it.key) ?? it, isOther, at);
  } else if (now.reward === 'review_required') stepReward(book, it, 'review', context);
  else if (now.reward === 'blocked') stepReward(book, it, 'cancel', context);
  else if (now.reward === 'proceeds') {
    const free = it.waits ? book.put({ ...it, waits: false }) : it;
    liftHolds(book, free, (one) => !PERSONS_HOLDS.includes(one), at);
  }
}

/** What waits for a person anyway is only marked: they cannot approve it before the hold is lifted. */
function holdReward(book: RewardBook, record: RewardRecord, reason: ReasonCode, at: Instant): void {
  if (record.holds.includes(reason)) return;
  const marked = { ...record, holds: withHold(record, reason) };
  if (record.state === 'review_required') book.put(marked);
  else stepReward(book, marked, 'hold', { at, by: null, reason, source: null });
}

function liftHolds(book: RewardBook, record: RewardRecord, isLifted: (hold: ReasonCode) => boolean, at: Instant): void {
  const holds = record.holds.filter((it) => !isLifted(it));
  if (holds.length === record.holds.length) return;
  const lifted = { ...record, holds, reason: holds[0] ?? record.reason };
  if (holds.length > 0 || record.state !== 'held') book.put(lifted);
  else stepReward(book, lifted, 'clear', { at, by: null, reason: 'accepted', source: null });
}

/** The first is the one that is told: what a person put there goes before what a check did. */
function withHold({ holds }: RewardRecord, reason: ReasonCode): readonly ReasonCode[] {
  if (holds.includes(reason)) return holds;
  return PERSONS_HOLDS.includes(reason) ? [reason, ...holds] : [...holds, reason];
}

/**
 * Fraud was upheld for a reward: it waits until the time to appeal has passed, is taken back then, and with it every
 * later reward of the same person for the same case is refused (rule 4).
 */
export function upholdFraud(book: RewardBook, key: string, at: Instant, appealDays: number): RewardChanges {
  return book.change(() => {
    const record = book.get(key);
    if (!record) return book.refuse(key, refuse('unknown_reward'));
    if (record.fraudFinalAt !== null) return;
    const marked = book.put({ ...record, fraudFinalAt: at + appealDays * DAY_MS });
    if (canWait(marked)) stepReward(book, marked, 'review', { at, by: null, reason: 'fraud_upheld', source: null });
  });
}

/** An appeal was won before it was final: the reward goes on. Refused afterwards. */
export function clearFraud(book: RewardBook, key: string, at: Instant): RewardChanges {
  return book.change(() => {
    const record = book.get(key);
    if (!record) return book.refuse(key, refuse('unknown_reward'));
    if (record.fraudFinalAt === null) return;
    if (record.fraudFinalAt <= at) return book.refuse(key, refuse('dispute_closed'));
    const cleared = book.put({ ...record, fraudFinalAt: null });
    if (cleared.state !== 'review_required' || cleared.reason !== 'fraud_upheld') return;
    const held = stepReward(book, cleared, 'hold', { at, by: null, reason: 'ruled', source: null });
    if ('refused' in held || held.holds.length > 0) return;
    stepReward(book, held, 'clear', { at, by: null, reason: 'accepted', source: null });
  });
}

function canWait(record: RewardRecord): boolean {
  return record.settled === 0 && record.amount.minor > 0;
}
