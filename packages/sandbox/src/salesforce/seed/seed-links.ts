import type { Book, BookContact } from '../../book/book.ts';
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
  const links = book.contacts.flatMap((contact) => accountLinks(see, contact, relations));
  const times = (link: Link) => ({ created: link.createdAt, updated: link.updatedAt });
  loadRows(
    org,
    see,
    relations ? 'AccountContactRelation' : 'AccountContactRole',
    links,
    relations ? relationFields : accountRoleFields,
    times,
  );
  const roles = new Map(book.contacts.map((contact) => [contact.id, contact.role]));
  const onOpportunities = book.opportunities.flatMap((opportunity) =>
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
  loadRows(org, see, 'OpportunityContactRole', onOpportunities, opportunityRoleFields, times);
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
  const contacts = knownObject(org, 'Contact');
  const roles: Link[] = [];
  for (const referral of book.referrals) {
    if (referral.evidence !== 'association') continue;
    const referrer = see.id('contacts', referral.referrerContactId);
    const referred = see.id('contacts', referral.referredContactId);
    const opportunity = see.id('opportunities', referral.opportunityId);
    if (referrer === undefined) continue;
    const row = contacts.rows.get(referred ?? '');
    if (row !== undefined) setCell(contacts, row, 'Referred_By__c', referrer satisfies Cell);
    else if (opportunity !== undefined) {
      roles.push({
        parent: opportunity,
        contact: referrer,
        role: 'Referrer',
        primary: false,
        createdAt: referral.claimedAt,
        updatedAt: referral.claimedAt,
      });
    }
  }
  loadRows(org, see, 'OpportunityContactRole', roles, opportunityRoleFields, (link) => ({
    created: link.createdAt,
    updated: link.updatedAt,
  }));
}
