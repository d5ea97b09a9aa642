import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { type ReasonCode, refuse } from '../entities/reason-code.ts';
import type { RewardBook, RewardChanges } from './reward-book.ts';
import type { RewardScreening } from './reward-input.ts';
import type { RewardRecord } from './reward-record.ts';
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

/** Takes a person's step on one reward; a step that the table does not know is refused and changes nothing. */
export function moveReward(book: RewardBook, key: string, does: PersonsStep): RewardChanges {
  return book.change(() => {
    const record = book.get(key);
    if (!record) return book.refuse(key, refuse('unknown_reward'));
    const { step, at, by, reason = USUAL_REASON[step] } = does;
    const result = stepReward(book, record, step, { at, by, reason, source: null });
    if ('refused' in result) book.refuse(key, result);
  });
}

/** Holds what can still be held of an opportunity's rewards while a dispute stands open; paid ones stay. */
export function holdCase(
  book: RewardBook,
  caseId: Id,
  at: Instant,
  reason: ReasonCode = 'dispute_open',
): RewardChanges {
  return book.change(() => {
    for (const it of book.ofCase(caseId)) {
      if (it.state === 'review_required' || it.hold === reason) continue;
      stepReward(book, it, 'hold', { at, by: null, reason, source: null });
    }
  });
}

/** Lifts the hold of a dispute, and no other; the rewards go on from `earned` at the next advance. */
export function releaseCase(
  book: RewardBook,
  caseId: Id,
  at: Instant,
  reason: ReasonCode = 'dispute_open',
): RewardChanges {
  return book.change(() => {
    for (const it of book.ofCase(caseId)) {
      if (it.hold === reason) stepReward(book, it, 'clear', { at, by: null, reason: 'ruled', source: null });
    }
  });
}

/** Applies what the checks say now to the rewards of a case that are not settled: waits and holds come and go. */
export function screenCase(book: RewardBook, caseId: Id, now: RewardScreening, at: Instant): RewardChanges {
  const reason = now.rewardReason ?? 'fraud_check';
  const step = { proceeds: null, waits: null, held: 'hold', review_required: 'review', blocked: 'cancel' } as const;
  return book.change(() => {
    for (const it of book.ofCase(caseId)) {
      if (it.beneficiary.role !== 'referrer' || it.settled > 0 || it.state === 'review_required') continue;
      const isHeld = it.hold === 'fraud_check' || it.hold === 'check_failed';
      const taken = step[now.reward];
      if (it.waits && now.reward === 'proceeds') book.put({ ...it, waits: false });
      else if (taken && it.hold !== reason) stepReward(book, it, taken, { at, by: null, reason, source: null });
      else if (isHeld && now.reward === 'proceeds')
        stepReward(book, it, 'clear', { at, by: null, reason: 'accepted', source: null });
    }
  });
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
    stepReward(book, cleared, 'hold', { at, by: null, reason: 'ruled', source: null });
    stepReward(book, book.get(key)!, 'clear', { at, by: null, reason: 'accepted', source: null });
  });
}

function canWait(record: RewardRecord): boolean {
  return record.settled === 0 && record.amount.minor > 0;
}
