import { survivorOf } from '../../crm/merge-chain.ts';
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
  /** Ids of the claims that go; they are made of the ids of both parties. */
  readonly gone: ReadonlySet<string>;
  readonly scrub: (text: string) => string;
}

/**
 * An erased subject stays, as an opaque key, only where a reward or a decision rests on it. What an erased participant
 * claimed stays where that is so, or where another participant claims the same subject: a rival must stand as before.
 * Merges in the journal are followed, since older events still hold the ids that were merged away.
 */
export function erasureRules(records: ReferralRecords, party: PartyIdentity, at: Instant): ErasureRules {
  const survivor = survivors(records.events);
  const ids = new Set([...party.contactIds, ...party.accountIds].map(survivor));
  const isErased = (id: Id | null) => id !== null && ids.has(survivor(id));
  const settled = new Set([...settledSubjects(records)].map(survivor));
  const isSettled = (id: Id) => settled.has(survivor(id));
  const rivals = records.claims.filter((it) => !isErased(it.participantId));
  const contested = new Set(rivals.map((it) => survivor(it.subjectId)));
  const keepsSubject = (id: Id) => !isErased(id) || isSettled(id);
  const keepsPair = (participant: Id, subject: Id) =>
    keepsSubject(subject) && (!isErased(participant) || isSettled(subject) || contested.has(survivor(subject)));
  const staying = new Set<Id>();
  const gone = new Set<string>();
  for (const it of records.claims) {
    if (keepsPair(it.participantId, it.subjectId)) staying.add(survivor(it.participantId));
    else gone.add(it.id);
  }
  return {
    at,
    isErased,
    keepsPair,
    keepsSubject,
    keepsParticipant: (id) => !isErased(id) || staying.has(survivor(id)),
    isSettled,
    gone,
    scrub: textScrubber(party),
  };
}

/** Leads an id that was merged away to the record that is left. */
function survivors(events: ReferralRecords['events']): (id: Id) => Id {
  const into = new Map(events.flatMap((it) => (it.kind === 'merge' ? [[it.loserId, it.survivorId] as const] : [])));
  return (id) => survivorOf(id, (it) => into.get(it) ?? null);
}
