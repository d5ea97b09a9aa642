import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { Account, Contact, ContactRole, Lead, Opportunity, ReferralLink } from '../model/types.ts';
import { hostOf } from './fraud/identity/account-domain.ts';
import { isSharedDomain } from './fraud/identity/mail-domains.ts';
import { normaliseEmail } from './normalise-email.ts';

/** The rows that referrals are read from: a whole book's, or those that `readReferralRows` keeps of a large one. */
export interface ReferralRows {
  readonly accounts: Iterable<Account>;
  readonly contacts: Iterable<Contact>;
  readonly roles: Iterable<ContactRole>;
  readonly opportunities: Iterable<Opportunity>;
  readonly links: Iterable<ReferralLink>;
  /** None where the CRM has no leads. */
  readonly leads?: Iterable<Lead>;
}

/** The same, indexed, with only what referrals need. */
export interface ReferralBook {
  readonly churnedOn: ReadonlyMap<Id, string | null>;
  readonly people: ReadonlyMap<Id, Person>;
  readonly opportunitiesOf: ReadonlyMap<Id, readonly Opportunity[]>;
  readonly opportunities: readonly Opportunity[];
  readonly links: readonly ReferralLink[];
  readonly leads: ReadonlyMap<Id, Lead>;
  /** Where a contact or a lead belongs: by role, the primary one first, else by the domain of their mailbox where one account has it. */
  readonly accountOf: (contactId: Id) => Id | null;
}

interface Person {
  readonly id: Id;
  readonly email: string | null;
  readonly createdAt: Instant | null;
  readonly referredById: Id | null;
  /** Accounts that the person belongs to, the primary one first. */
  readonly accountIds: readonly Id[];
}

/** Indexes the rows that existed at an instant. Opportunities are found by account and by each of their contacts. */
export function indexReferralBook(rows: ReferralRows, asOf: Instant): ReferralBook {
  const known = (it: { readonly createdAt: Instant | null }) => it.createdAt === null || it.createdAt <= asOf;
  const accountIds = accountsByContact(rows.roles, known);
  const people = new Map<Id, Person>();
  for (const it of rows.contacts) {
    if (!known(it)) continue;
    const { id, createdAt, referredById } = it;
    people.set(id, {
      id,
      email: normaliseEmail(it.email),
      createdAt,
      referredById,
      accountIds: accountIds.get(id) ?? [],
    });
  }
  const opportunities = [...rows.opportunities].filter(known);
  const opportunitiesOf = new Map<Id, Opportunity[]>();
  for (const it of opportunities) {
    for (const party of new Set([...(it.accountId ? [it.accountId] : []), ...it.contactIds])) {
      const list = opportunitiesOf.get(party);
      if (list) list.push(it);
      else opportunitiesOf.set(party, [it]);
    }
  }
  const churnedOn = new Map<Id, string | null>();
  const byHost = new Map<string, Id | null>();
  for (const it of rows.accounts) {
    if (!known(it)) continue;
    churnedOn.set(it.id, it.churnedOn);
    const host = companyHost(it.domain);
    // a domain of two accounts tells neither
    if (host !== null) byHost.set(host, byHost.has(host) ? null : it.id);
  }
  const leads = new Map([...(rows.leads ?? [])].filter(known).map((it) => [it.id, it]));
  const accountOf = (contactId: Id) => {
    const person = people.get(contactId);
    const email = person?.email ?? leads.get(contactId)?.email ?? null;
    return person?.accountIds[0] ?? byHost.get(companyHost(email) ?? '') ?? null;
  };
  return { churnedOn, people, opportunitiesOf, opportunities, links: [...rows.links].filter(known), leads, accountOf };
}

/** The host of a site or a mailbox, unless unconnected people share it: it tells a company. */
export function companyHost(text: string | null): string | null {
  const host = hostOf(text ?? '');
  return host === null || isSharedDomain(host) ? null : host;
}

function accountsByContact(
  roles: Iterable<ContactRole>,
  known: (it: ContactRole) => boolean,
): ReadonlyMap<Id, readonly Id[]> {
  const sorted = [...roles]
    .filter(known)
    .sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || (a.accountId < b.accountId ? -1 : 1));
  const accounts = new Map<Id, Id[]>();
  for (const { contactId, accountId } of sorted) {
    const list = accounts.get(contactId);
    if (!list) accounts.set(contactId, [accountId]);
    else if (!list.includes(accountId)) list.push(accountId);
  }
  return accounts;
}
