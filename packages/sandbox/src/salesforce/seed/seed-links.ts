import type { Book, BookContact, BookReferral } from '../../book/book.ts';
import { knownObject, type Org, objectOf } from '../org.ts';
import type { Cell } from '../store/row.ts';
import { setCell } from '../store/sobject.ts';
import { contactRole, type Mapping, type Seeing } from './book-mapping.ts';
import { loadRows } from './load-rows.ts';

/** One contact on one account or opportunity. */
interface Link {
  readonly parent: string;
  readonly contact: string;
  readonly role?: string | undefined;
  readonly primary: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const word = (role: string | undefined): string | undefined =>
  role === undefined ? undefined : (contactRole[role] ?? role);

/** Contacts' roles on accounts (relations where the org keeps them, the older roles otherwise) and on opportunities. */
export function seedRoles(org: Org, see: Seeing, book: Book): void {
  const relations = objectOf(org, 'AccountContactRelation') !== undefined;
  loadRows(
    org,
    see,
    relations ? 'AccountContactRelation' : 'AccountContactRole',
    () => book.contacts.flatMap((contact) => accountLinks(see, contact, relations)),
    relations ? relationFields : accountRoleFields,
    times,
  );
  loadRows(org, see, 'OpportunityContactRole', () => opportunityLinks(see, book), opportunityRoleFields, times);
}

const times = (link: Link) => ({ created: link.createdAt, updated: link.updatedAt });

function opportunityLinks(see: Seeing, book: Book): readonly Link[] {
  const roles = new Map(book.contacts.map((contact) => [contact.id, contact.role]));
  return book.opportunities.flatMap((opportunity) =>
    (opportunity.contactIds ?? []).flatMap((bookId, index) => {
      const parent = see.id('opportunities', opportunity.id);
      const contact = see.id('contacts', bookId);
      if (parent === undefined || contact === undefined) return [];
      return [
        {
          parent,
          contact,
          role: roles.get(bookId),
          primary: index === 0,
          createdAt: opportunity.createdAt,
          updatedAt: opportunity.createdAt,
        },
      ];
    }),
  );
}

/** A relation row for every account of the contact; a role row only where there is something to say. */
function accountLinks(see: Seeing, contact: BookContact, relations: boolean): readonly Link[] {
  const id = see.id('contacts', contact.id);
  const accounts = [contact.accountId, ...(contact.otherAccountIds ?? [])];
  return accounts.flatMap((bookId, index) => {
    const parent = see.id('accounts', bookId);
    const primary = index === 0;
    if (id === undefined || parent === undefined || (!relations && primary && contact.role === undefined)) return [];
    return [
      { parent, contact: id, role: contact.role, primary, createdAt: contact.createdAt, updatedAt: contact.createdAt },
    ];
  });
}

const accountRoleFields: Mapping<Link> = {
  AccountId: (link) => link.parent,
  ContactId: (link) => link.contact,
  Role: (link) => word(link.role),
  IsPrimary: () => false,
};

const relationFields: Mapping<Link> = {
  AccountId: (link) => link.parent,
  ContactId: (link) => link.contact,
  Roles: (link) => word(link.role),
  IsDirect: (link) => link.primary,
  IsActive: () => true,
};

const opportunityRoleFields: Mapping<Link> = {
  OpportunityId: (link) => link.parent,
  ContactId: (link) => link.contact,
  Role: (link) => word(link.role),
  IsPrimary: (link) => link.primary,
};

/** A referral known by association: the referred contact points to its referrer, or the referrer has a role on the opportunity. */
export function seedReferrals(org: Org, see: Seeing, book: Book): void {
  const known = book.referrals.filter((referral) => referral.evidence === 'association');
  const contacts = knownObject(org, 'Contact');
  const referred = (referral: BookReferral) => contacts.rows.get(see.id('contacts', referral.referredContactId) ?? '');
  contacts.putOff(() => {
    for (const referral of known) {
      const referrer = see.id('contacts', referral.referrerContactId);
      const row = referred(referral);
      if (referrer !== undefined && row !== undefined)
        setCell(contacts, row, 'Referred_By__c', referrer satisfies Cell);
    }
  });
  const roles = () =>
    known.flatMap((referral): readonly Link[] => {
      const contact = see.id('contacts', referral.referrerContactId);
      const parent = see.id('opportunities', referral.opportunityId);
      if (contact === undefined || parent === undefined || referred(referral) !== undefined) return [];
      const { claimedAt } = referral;
      return [{ parent, contact, role: 'Referrer', primary: false, createdAt: claimedAt, updatedAt: claimedAt }];
    });
  loadRows(org, see, 'OpportunityContactRole', roles, opportunityRoleFields, times);
}
