import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { cameToNothing } from '../claims/transitions.ts';
import type { ReferralClaim } from '../entities/referral.ts';

/** A claim of the journal, as far as it says who is claimed where. */
export type DecidedClaim = Pick<
  ReferralClaim,
  'participantId' | 'subjectId' | 'referredContactId' | 'state' | 'introducedAt'
>;

/** Where the journal has claims already, whoever submitted them. */
export interface DecidedParties {
  readonly subjects: ReadonlySet<Id>;
  /** By party, when somebody was first introduced there. */
  readonly introducedAt: ReadonlyMap<Id, Instant>;
  /** By contact, the party that somebody claimed them under; of several the first by id. */
  readonly ofContact: ReadonlyMap<Id, Id>;
  /**
   * The party that a referrer's claim on a contact is on: whoever moves on since takes it nowhere; else `party`. One that
   * was rejected binds nobody: the CRM may have been wrong about the account. Somebody whom the book shows without an
   * account is where a claim of another that stands has them, so that one person is not introduced twice.
   */
  readonly of: (referrerId: Id | null, contactId: Id | null, party: Id) => Id;
}

/** Indexes claims; their order changes nothing. */
export function indexDecided(claims: Iterable<DecidedClaim>): DecidedParties {
  const ofPair = new Map<string, readonly Id[]>();
  const ofContact = new Map<Id, Id>();
  const subjects = new Set<Id>();
  const introducedAt = new Map<Id, Instant>();
  const standing = new Map<Id, Id>();
  for (const { participantId, subjectId, referredContactId, state, introducedAt: at } of claims) {
    subjects.add(subjectId);
    introducedAt.set(subjectId, Math.min(at, introducedAt.get(subjectId) ?? at));
    if (referredContactId === null || state === 'rejected') continue;
    const pair = `${participantId}>${referredContactId}`;
    ofPair.set(pair, [...(ofPair.get(pair) ?? []), subjectId].sort());
    const known = ofContact.get(referredContactId);
    if (known === undefined || subjectId < known) ofContact.set(referredContactId, subjectId);
    if (cameToNothing(state) || state === 'reversed') continue;
    const held = standing.get(referredContactId);
    if (held === undefined || subjectId < held) standing.set(referredContactId, subjectId);
  }
  const of: DecidedParties['of'] = (referrerId, contactId, party) => {
    const known = ofPair.get(`${referrerId}>${contactId}`) ?? [];
    if (known.includes(party)) return party;
    return known[0] ?? (party === contactId ? standing.get(contactId) : undefined) ?? party;
  };
  return { subjects, introducedAt, ofContact, of };
}
