import type { Id } from '../../model/ids.ts';
import type { ReferralClaim } from '../entities/referral.ts';

/** A claim of the journal, as far as it says who is claimed where. */
export type DecidedClaim = Pick<ReferralClaim, 'participantId' | 'subjectId' | 'referredContactId' | 'state'>;

/** Where the journal has claims already, whoever submitted them. */
export interface DecidedParties {
  readonly subjects: ReadonlySet<Id>;
  /** By contact, the party that somebody claimed them under; of several the first by id. */
  readonly ofContact: ReadonlyMap<Id, Id>;
  /**
   * The party that a referrer's claim on a contact is on: whoever moves on since takes it nowhere; else `party`. One that
   * was rejected binds nobody: the CRM may have been wrong about the account.
   */
  readonly of: (referrerId: Id | null, contactId: Id | null, party: Id) => Id;
}

/** Indexes claims; their order changes nothing. */
export function indexDecided(claims: Iterable<DecidedClaim>): DecidedParties {
  const ofPair = new Map<string, readonly Id[]>();
  const ofContact = new Map<Id, Id>();
  const subjects = new Set<Id>();
  for (const { participantId, subjectId, referredContactId, state } of claims) {
    subjects.add(subjectId);
    if (referredContactId === null || state === 'rejected') continue;
    const pair = `${participantId}>${referredContactId}`;
    ofPair.set(pair, [...(ofPair.get(pair) ?? []), subjectId].sort());
    const known = ofContact.get(referredContactId);
    if (known === undefined || subjectId < known) ofContact.set(referredContactId, subjectId);
  }
  const of: DecidedParties['of'] = (referrerId, contactId, party) => {
    const known = ofPair.get(`${referrerId}>${contactId}`) ?? [];
    return known.includes(party) ? party : (known[0] ?? party);
  };
  return { subjects, ofContact, of };
}
