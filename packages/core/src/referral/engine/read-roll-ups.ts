import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { OrgProfile } from '../../model/profile.ts';
import { partyOf, partyOfSale, rollUp } from '../attribution/roll-up.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { indexReferralBook, type ReferralRows } from '../referral-book.ts';
import { relationOf } from './book-relation.ts';

/** What a pull says of parties that were claimed before. */
export interface RollUpReading {
  readonly profile: OrgProfile;
  readonly asOf: Instant;
  /** The claims of the journal. */
  readonly claims: Iterable<Pick<ReferralClaim, 'subjectId' | 'referredContactId'>>;
  /** Nobody who was erased is taken up again. */
  readonly erased: ReadonlySet<Id>;
}

/**
 * Claims on somebody who belongs to an account by now, as events for the journal: a contact with an account, a lead that
 * was converted, a sale of which an account or a contact is known. Of a party that the book does not show nothing is said.
 */
export function readRollUps(rows: ReferralRows, reading: RollUpReading): readonly ReferralEvent[] {
  const { asOf, claims, erased } = reading;
  const book = indexReferralBook(rows, asOf);
  const sales = new Map(book.opportunities.map((it) => [it.id, it]));
  const isConverted = (id: Id | null) => (book.leads.get(id ?? '')?.convertedContactId ?? null) !== null;
  const named = [...claims].flatMap(({ subjectId, referredContactId }) =>
    // of a lead whose mailbox told the account: who they are by now
    isConverted(referredContactId) ? [subjectId, referredContactId ?? ''] : [subjectId],
  );
  return [...new Set(named)].sort().flatMap((fromId): ReferralEvent[] => {
    const sale = sales.get(fromId);
    const isShown = book.people.has(fromId) || book.leads.has(fromId);
    const party = sale ? partyOfSale(book, sale) : isShown ? partyOf(book, fromId) : null;
    const toId = party && rollUp(party);
    if (!party || toId === null || toId === fromId || erased.has(fromId) || erased.has(toId)) return [];
    const { contactId, opportunityId } = party;
    const key = `roll_up ${fromId}>${toId}${isConverted(fromId) ? ' converted' : ''}`;
    const became = book.leads.has(fromId) && { contactId, opportunityId };
    const relation = relationOf(toId, contactId, book, reading);
    return [{ key, occurredAt: asOf, recordedAt: asOf, kind: 'roll_up', fromId, toId, ...became, relation }];
  });
}
