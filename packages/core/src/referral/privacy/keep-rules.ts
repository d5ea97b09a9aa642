import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import { REASONS, type ReasonCode } from '../entities/reason-code.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import type { PartyIdentity } from '../fraud/identity/identity-keys.ts';
import { type JournalFacts, settledSubjects } from './journal-facts.ts';
import { textScrubber } from './scrub-text.ts';
import type { Tombstone } from './tombstone.ts';

/** What the rewriting of the journal decides by. */
export interface KeepRules {
  readonly isErased: (id: Id | null) => boolean;
  /** Whether what lies between this participant and this subject stays, without the person. */
  readonly keepsPair: (participantId: Id, subjectId: Id) => boolean;
  readonly keepsSubject: (subjectId: Id) => boolean;
  readonly keepsParticipant: (participantId: Id) => boolean;
  readonly isSettled: (subjectId: Id) => boolean;
  /** What stood against a claim on account of others: it must stand when those are gone. */
  readonly restingOnOthers: (event: Extract<ReferralEvent, { readonly kind: 'claim' }>) => readonly FraudSignal[];
  /** Whether an event goes whatever it is about. */
  readonly isOver: (event: ReferralEvent) => boolean;
  readonly isExpired: (tombstone: Tombstone) => boolean;
  /** Whether a digest of a participant tells nobody any more. */
  readonly isStale: (hash: string) => boolean;
  readonly askedOf: (askKey: string) => Id | null;
  readonly scrub: (text: string) => string;
}

/**
 * An erased subject stays, as an opaque key, only where a reward or a decision rests on it. What an erased participant
 * claimed stays where that is so, or where another participant claims the same subject: a rival must stand as before.
 */
export function erasureRules(facts: JournalFacts, party: PartyIdentity): KeepRules {
  const { claims, survivorOf, subjectOf } = facts;
  const ids = new Set([...party.contactIds, ...party.accountIds].map(survivorOf));
  const isErased = (id: Id | null) => id !== null && ids.has(survivorOf(id));
  const settled = settledSubjects(facts);
  const isSettled = (id: Id) => settled.has(subjectOf(id));
  const rivals = claims.filter((it) => !isErased(it.participantId));
  const contested = new Set(rivals.map((it) => subjectOf(it.subjectId)));
  // a claim on somebody may be on their account by now: there it stays without them
  const keepsSubject = (id: Id) => !isErased(subjectOf(id)) || isSettled(id);
  const keepsPair = (participant: Id, subject: Id) =>
    keepsSubject(subject) && (!isErased(participant) || isSettled(subject) || contested.has(subjectOf(subject)));
  const kept = claims.filter((it) => keepsPair(it.participantId, it.subjectId));
  const staying = new Set(kept.map((it) => survivorOf(it.participantId)));
  return {
    ...{ isErased, keepsPair, keepsSubject, isSettled },
    keepsParticipant: (id) => !isErased(id) || staying.has(survivorOf(id)),
    restingOnOthers: restingOnOthers(facts, kept.length < claims.length),
    isOver: () => false,
    isExpired: () => false,
    isStale: () => false,
    askedOf: facts.askedOf,
    scrub: textScrubber(party),
  };
}

/** The check that says it, of refusals that may rest on claims about somebody else; a code that they used up has none. */
const CHECK_OF: Partial<Record<ReasonCode, string>> = {
  loop: 'loop',
  too_many_open_claims: 'claim_squatting',
  code_not_valid: 'code_used_up',
};

/** What may rest on claims about somebody else as findings of their own: such a refusal, and a hold for their speed. */
export function restingOnOthers(
  { refused, found }: Pick<JournalFacts, 'refused' | 'found'>,
  somethingGoes: boolean,
): KeepRules['restingOnOthers'] {
  if (!somethingGoes) return () => [];
  return ({ key, claim, occurredAt: at }) => {
    const reason = refused.get(key);
    const check = reason && CHECK_OF[reason];
    const speed = found(claim, 'velocity');
    const held = speed === null || speed.cleared ? [] : [{ ...speed, check: 'velocity_before' }];
    if (reason === undefined || check === undefined) return held;
    const { cleared: _lifted, ...signal } = ownFinding(found(claim, check), reason) ?? refusal(reason, check, at);
    return [signal, ...held];
  };
}

/** Claims that a merge made one share their findings: one that says something else stays beside what is said of this refusal. */
function ownFinding(found: FraudSignal | null, reason: ReasonCode): FraudSignal | null {
  if (found === null || found.reason === reason) return found;
  return refusal(reason, `${found.check}_before`, found.raisedAt);
}

/** Without a finding it stopped the claim alone: it weighs on no reward, at no time. */
function refusal(reason: ReasonCode, check: string, at: Instant): FraudSignal {
  return {
    ...{ check, action: 'block', severity: 'low', reason, failed: false, evidence: {} },
    ...{ explanation: REASONS[reason].staff, appeal: 'Submit it again.', raisedAt: at, expiresAt: 0 },
  };
}

/** Whether the erased person takes part in a claim. */
export function concerns(
  claim: { readonly participantId: Id; readonly subjectId: Id; readonly referredContactId: Id | null },
  { isErased }: Pick<KeepRules, 'isErased'>,
): boolean {
  return isErased(claim.participantId) || isErased(claim.subjectId) || isErased(claim.referredContactId);
}
