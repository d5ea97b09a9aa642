import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { PartyIdentity } from '../fraud/identity/identity-keys.ts';
import { type ReferralRecords, settledSubjects } from './referral-records.ts';
import { textScrubber } from './scrub-text.ts';

/** What the parts of an erasure decide by. */
export interface ErasureRules {
  readonly at: Instant;
  readonly isErased: (id: Id | null) => boolean;
  /** Whether what lies between this participant and this subject stays, without the person. */
  readonly keepsPair: (participantId: Id, subjectId: Id) => boolean;
  readonly keepsSubject: (subjectId: Id) => boolean;
  readonly keepsParticipant: (participantId: Id) => boolean;
  readonly isSettled: (subjectId: Id) => boolean;
  readonly scrub: (text: string) => string;
}

/**
 * An erased subject stays, as an opaque key, only where a reward or a decision rests on it. What an erased participant
 * claimed stays where that is so, or where another participant claims the same subject: a rival must stand as before.
 */
export function erasureRules(records: ReferralRecords, party: PartyIdentity, at: Instant): ErasureRules {
  const ids = new Set([...party.contactIds, ...party.accountIds]);
  const isErased = (id: Id | null) => id !== null && ids.has(id);
  const settled = settledSubjects(records);
  const contested = new Set(records.claims.filter((it) => !isErased(it.participantId)).map((it) => it.subjectId));
  const keepsSubject = (id: Id) => !isErased(id) || settled.has(id);
  const keepsPair = (participant: Id, subject: Id) =>
    keepsSubject(subject) && (!isErased(participant) || settled.has(subject) || contested.has(subject));
  const staying = new Set(
    records.claims.filter((it) => keepsPair(it.participantId, it.subjectId)).map((it) => it.participantId),
  );
  return {
    at,
    isErased,
    keepsPair,
    keepsSubject,
    keepsParticipant: (id) => !isErased(id) || staying.has(id),
    isSettled: (id) => settled.has(id),
    scrub: textScrubber(party),
  };
}
