import type { Id } from '../../model/ids.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { PartyIdentity } from '../fraud/identity/identity-keys.ts';
import { type JournalFacts, settledSubjects } from './journal-facts.ts';
import { textScrubber } from './scrub-text.ts';

/** What the rewriting of the journal decides by. */
export interface KeepRules {
  readonly isErased: (id: Id | null) => boolean;
  /** Whether what lies between this participant and this subject stays, without the person. */
  readonly keepsPair: (participantId: Id, subjectId: Id) => boolean;
  readonly keepsSubject: (subjectId: Id) => boolean;
  readonly keepsParticipant: (participantId: Id) => boolean;
  readonly isSettled: (subjectId: Id) => boolean;
  /** Why an event was refused on account of other claims: it must stay refused when those are gone. */
  readonly refusedFor: (key: string) => ReasonCode | null;
  readonly askedOf: (askKey: string) => Id | null;
  readonly scrub: (text: string) => string;
}

/**
 * An erased subject stays, as an opaque key, only where a reward or a decision rests on it. What an erased participant
 * claimed stays where that is so, or where another participant claims the same subject: a rival must stand as before.
 */
export function erasureRules(facts: JournalFacts, party: PartyIdentity): KeepRules {
  const { claims, survivorOf } = facts;
  const ids = new Set([...party.contactIds, ...party.accountIds].map(survivorOf));
  const isErased = (id: Id | null) => id !== null && ids.has(survivorOf(id));
  const settled = settledSubjects(facts);
  const isSettled = (id: Id) => settled.has(survivorOf(id));
  const rivals = claims.filter((it) => !isErased(it.participantId));
  const contested = new Set(rivals.map((it) => survivorOf(it.subjectId)));
  const keepsSubject = (id: Id) => !isErased(id) || isSettled(id);
  const keepsPair = (participant: Id, subject: Id) =>
    keepsSubject(subject) && (!isErased(participant) || isSettled(subject) || contested.has(survivorOf(subject)));
  const kept = claims.filter((it) => keepsPair(it.participantId, it.subjectId));
  const staying = new Set(kept.map((it) => survivorOf(it.participantId)));
  return {
    ...{ isErased, keepsPair, keepsSubject, isSettled },
    keepsParticipant: (id) => !isErased(id) || staying.has(survivorOf(id)),
    refusedFor: kept.length === claims.length ? () => null : refusedForOthers(facts),
    askedOf: facts.askedOf,
    scrub: textScrubber(party),
  };
}

const FOR_OTHERS: readonly ReasonCode[] = ['loop', 'too_many_open_claims', 'code_not_valid'];

/** The refusals that may rest on claims about somebody else: a circle, too many open ones, a code that they used up. */
export function refusedForOthers({ refused }: Pick<JournalFacts, 'refused'>): KeepRules['refusedFor'] {
  return (key) => {
    const reason = refused.get(key);
    return reason !== undefined && FOR_OTHERS.includes(reason) ? reason : null;
  };
}

/** Whether the erased person takes part in a claim. */
export function concerns(
  claim: { readonly participantId: Id; readonly subjectId: Id; readonly referredContactId: Id | null },
  { isErased }: Pick<KeepRules, 'isErased'>,
): boolean {
  return isErased(claim.participantId) || isErased(claim.subjectId) || isErased(claim.referredContactId);
}
