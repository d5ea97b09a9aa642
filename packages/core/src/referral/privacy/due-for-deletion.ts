import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { cameToNothing } from '../claims/transitions.ts';
import type { Program } from '../entities/program.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { type JournalFacts, settledSubjects } from './journal-facts.ts';
import { type KeepRules, restingOnOthers } from './keep-rules.ts';
import type { PrivacyPolicy } from './privacy-policy.ts';
import { type Rewriting, rewriteEvents } from './rewrite-events.ts';
import type { Tombstone } from './tombstone.ts';

/** What nobody needs any longer. */
export interface DueForDeletion {
  /** Ids of claims. */
  readonly claims: readonly string[];
  /** Whether there is anything, as far as the journal is not gone through for it. */
  readonly isAny: boolean;
  /** Takes it out of the journal. */
  readonly rewriting: () => Rewriting;
}

/**
 * Touches that led to nothing, once their tracking window and the days of grace are over; claims that ended without a
 * sale, the days of the policy later, all claims on one party at once; tombstones that have expired. Kept meanwhile:
 * whatever rests on a subject with a reward, a decision or a claim that still runs, since a rival's standing depends on
 * it, and what `isRead` says the CRM tells again with each pull. With their tombstones go the digests of erased people whose
 * claims stay. Days are over at their last millisecond.
 */
export function dueForDeletion(
  facts: JournalFacts,
  asOf: Instant,
  programs: readonly Pick<Program, 'policy'>[],
  policy: PrivacyPolicy,
  isRead: (claim: ReferralClaim) => boolean = () => false,
): DueForDeletion {
  const { subjectOf } = facts;
  const needed = new Set(settledSubjects(facts));
  for (const it of facts.claims) if (!cameToNothing(it.state) || isRead(it)) needed.add(it.subjectId);
  const isNeeded = (id: Id) => needed.has(subjectOf(id));
  const young = facts.claims.filter((it) => !isPast(endedAt(it), policy.endedClaimDays, asOf));
  const resting = new Set(young.map((it) => it.subjectId));
  const claims = facts.claims.filter((it) => !needed.has(it.subjectId) && !resting.has(it.subjectId));
  const due = new Set(claims.map((it) => it.subjectId));
  const span = Math.max(0, ...programs.map((it) => it.policy.trackingDays)) + policy.touchGraceDays;
  const isOver = (event: ReferralEvent) =>
    event.kind === 'touch' &&
    !isNeeded(event.touch.subjectId) &&
    isPast(Math.max(event.touch.occurredAt, event.touch.recordedAt), span, asOf);
  const isExpired = (it: Tombstone) => asOf >= it.expiresAt;
  const isStale = (hash: string) => asOf >= (facts.erasedDigests.get(hash) ?? Number.POSITIVE_INFINITY);
  const rules: KeepRules = {
    isErased: () => false,
    keepsPair: (_participant: Id, subject: Id) => !due.has(subjectOf(subject)),
    keepsSubject: (id: Id) => !due.has(subjectOf(id)),
    keepsParticipant: () => true,
    isSettled: () => false,
    restingOnOthers: restingOnOthers(facts, claims.length > 0),
    isOver,
    isExpired,
    isStale,
    askedOf: facts.askedOf,
    scrub: (text: string) => text,
  };
  const isAny = claims.length > 0 || facts.tombstones.some(isExpired) || [...facts.erasedDigests.keys()].some(isStale);
  return { claims: claims.map((it) => it.id), isAny, rewriting: () => rewriteEvents(rules, `purge ${asOf}`) };
}

function isPast(from: Instant, days: number, asOf: Instant): boolean {
  return asOf >= from + days * DAY_MS;
}

function endedAt({ history, claimedAt }: ReferralClaim): Instant {
  return history.at(-1)?.at ?? claimedAt;
}
