import type { Id } from '../../model/ids.ts';
import type { Opportunity } from '../../model/types.ts';
import type { ReferralBook } from '../referral-book.ts';

/** Who was referred, as far as the CRM tells; of a converted lead what it became. */
export interface ReferredParty {
  readonly contactId: Id | null;
  readonly accountId: Id | null;
  readonly opportunityId: Id | null;
}

/**
 * The party that a claim is on: the account, so that a second contact of one account cannot be sold twice; else the
 * person, a contact or a lead; else the sale. `null`: nothing is known.
 */
export function rollUp({ accountId, contactId, opportunityId }: ReferredParty): Id | null {
  return accountId ?? contactId ?? opportunityId;
}

/**
 * Who is meant by the id of an account, a contact or a lead. A lead is what it was converted to, until then itself; a
 * contact belongs to their account, by role, else by the domain of their mailbox. Somebody whom the book does not show is
 * a person without an account.
 */
export function partyOf({ churnedOn, leads, accountOf }: Parties, id: Id): ReferredParty {
  if (churnedOn.has(id)) return { contactId: null, accountId: id, opportunityId: null };
  const lead = leads.get(id);
  const contactId = lead?.convertedContactId ?? id;
  const accountId = lead?.convertedAccountId ?? accountOf(contactId);
  return { contactId, accountId, opportunityId: lead?.convertedOpportunityId ?? null };
}

type Parties = Pick<ReferralBook, 'churnedOn' | 'leads' | 'accountOf'>;

/** Who buys in a sale: its account, else that of the first contact on it. */
export function partyOfSale(
  { accountOf }: Pick<Parties, 'accountOf'>,
  { id, accountId, contactIds }: Pick<Opportunity, 'id' | 'accountId' | 'contactIds'>,
): ReferredParty {
  const contactId = contactIds[0] ?? null;
  return { contactId, accountId: accountId ?? (contactId && accountOf(contactId)), opportunityId: id };
}
