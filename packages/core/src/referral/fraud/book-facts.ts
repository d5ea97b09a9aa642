import { ultimateParent } from '../../graph/ultimate-parent.ts';
import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Account, Contact, Opportunity, Owner } from '../../model/types.ts';
import { accountDomain } from './identity/account-domain.ts';
import { type IdentityKeys, identityKeys, UNKNOWN_PARTY } from './identity/identity-keys.ts';

/** The rows that the checks look at: of named parties their own, of the house everybody who works in the CRM. */
export interface BookFactRows {
  readonly accounts: Iterable<Account>;
  /** People, leads among them. */
  readonly contacts: Iterable<Pick<Contact, 'id' | 'name' | 'email' | 'ownerId'>>;
  readonly opportunities: Iterable<Opportunity>;
  readonly owners: Iterable<Owner>;
  /** One step up, by account; those of named accounts and of what lies above them suffice. */
  readonly parents: ReadonlyMap<Id, Id>;
}

/** Who a claim names on one side; `null`: nobody. */
export interface NamedParty {
  readonly contactId: Id | null;
  readonly accountId: Id | null;
}

/** What a book says of the parties to claims. Holds personal data: never stored, never written. */
export interface BookFacts {
  /** Who a claim says was referred: the person, and the account unless the party is that person. */
  readonly partyOf: (claim: { readonly subjectId: Id; readonly referredContactId: Id | null }) => NamedParty;
  readonly identityOf: (party: NamedParty) => IdentityKeys;
  /** Who works in the CRM and has an address of the referrer, and who looks after the referred party or its sales. */
  readonly sellersFor: (
    referrer: IdentityKeys,
    referred: NamedParty,
    opportunities: readonly Opportunity[],
  ) => readonly IdentityKeys[];
  /** Domains of the house: those of at least a tenth of its users' addresses (ours), so that a guest's is none. */
  readonly ownDomains: readonly string[];
  readonly groupOf: (accountId: Id) => Id;
  /** The sales of a party that existed by the instant, oldest first. */
  readonly opportunitiesOf: (party: NamedParty) => readonly Opportunity[];
}

/** Indexes the rows that existed at an instant. The CRM's telephones are not read, so none are known. */
export function indexBookFacts(rows: BookFactRows, asOf: Instant): BookFacts {
  const accounts = new Map([...rows.accounts].map((it) => [it.id, it]));
  const contacts = new Map([...rows.contacts].map((it) => [it.id, it]));
  const opportunities = indexOpportunities(rows.opportunities, asOf);
  const owners = [...rows.owners].sort((a, b) => (a.id < b.id ? -1 : 1));
  const active = owners.filter((it) => it.active).map((it) => ({ id: it.id, keys: ownerKeys(it) }));
  const byId = new Map(owners.map((it) => [it.id, ownerKeys(it)]));
  const byEmail = new Map(active.flatMap(({ keys }) => keys.emails.map((it) => [it, keys] as const)));
  const isFound = <T>(it: T | undefined): it is T => it !== undefined;
  return {
    partyOf: ({ subjectId, referredContactId }) =>
      contacts.has(subjectId)
        ? { contactId: subjectId, accountId: null }
        : { contactId: referredContactId, accountId: subjectId },
    identityOf: ({ contactId, accountId }) => {
      const [contact, account] = [contacts.get(contactId ?? ''), accounts.get(accountId ?? '')];
      return identityKeys({
        ...UNKNOWN_PARTY,
        contactIds: contactId === null ? [] : [contactId],
        accountIds: accountId === null ? [] : [accountId],
        names: [contact?.name, account?.name].filter((it) => typeof it === 'string'),
        emails: typeof contact?.email === 'string' ? [contact.email] : [],
        websites: typeof account?.domain === 'string' ? [account.domain] : [],
      });
    },
    sellersFor: ({ emails }, { contactId, accountId }, sales) => {
      const ids = [accounts.get(accountId ?? '')?.ownerId, contacts.get(contactId ?? '')?.ownerId];
      const looking = [...ids, ...sales.map((it) => it.ownerId)].map((it) => byId.get(it ?? ''));
      return [...looking, ...emails.map((it) => byEmail.get(it))].filter(isFound);
    },
    ownDomains: ownDomains(active.map(({ keys }) => keys)),
    groupOf: (accountId) => ultimateParent(rows.parents, accountId),
    opportunitiesOf: ({ contactId, accountId }) =>
      [...new Set([accountId, contactId].flatMap((it) => opportunities.get(it ?? '') ?? []))].sort(byAge),
  };
}

function ownerKeys({ name, email }: Owner): IdentityKeys {
  return identityKeys({ ...UNKNOWN_PARTY, names: name ? [name] : [], emails: email ? [email] : [] });
}

function ownDomains(owners: readonly IdentityKeys[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { emails } of owners) {
    const domain = accountDomain(emails[0] ?? null);
    if (domain !== null) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count * 10 >= owners.length).map(([domain]) => domain);
}

function indexOpportunities(rows: Iterable<Opportunity>, asOf: Instant): ReadonlyMap<Id, readonly Opportunity[]> {
  const index = new Map<Id, Opportunity[]>();
  for (const it of rows) {
    if (it.createdAt !== null && it.createdAt > asOf) continue;
    for (const party of new Set([it.accountId, ...it.contactIds])) {
      if (party === null) continue;
      const list = index.get(party);
      if (list) list.push(it);
      else index.set(party, [it]);
    }
  }
  return index;
}

function byAge(a: Opportunity, b: Opportunity): number {
  return (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
