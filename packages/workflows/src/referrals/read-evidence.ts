import {
  type Account,
  addressKeys,
  type Contact,
  type ContactRole,
  type Contract,
  DAY_MS,
  dayInZone,
  dayNumber,
  type EvidenceAccount,
  type EvidenceConfirmation,
  type EvidenceContact,
  type EvidenceLink,
  type EvidenceOpportunity,
  type Id,
  type Instant,
  isRunning,
  nameKey,
  type Opportunity,
  type OrgProfile,
  opportunityState,
  type ReferralRecord,
  roleByLifecycle,
} from '@holdfast/core';
import { type LinkStore, othersLinks } from '../store/own-links.ts';
import type { Store } from '../store/store.ts';

/** How texts of a book are compared with what is stored of mails. */
export interface Comparing {
  readonly key: (text: string) => string;
  /** Whether a shared host says nothing about a shared employer. */
  readonly isShared: (host: string) => boolean;
}

/** What a store holds of evidence, beside mails, meetings and calls. */
export interface StoredEvidence {
  readonly accounts: readonly EvidenceAccount[];
  readonly contacts: readonly EvidenceContact[];
  readonly opportunities: readonly EvidenceOpportunity[];
  readonly links: readonly EvidenceLink[];
  readonly confirmations: readonly EvidenceConfirmation[];
  /** Digests of our own people's addresses, and of the hosts that only they have. */
  readonly ownMailboxes: ReadonlySet<string>;
  readonly ownDomains: ReadonlySet<string>;
}

/** Reads it once, row by row; what is kept are ids, dates and digests. */
export async function readEvidence(
  store: LinkStore,
  profile: OrgProfile,
  asOf: Instant,
  { key, isShared }: Comparing,
): Promise<StoredEvidence> {
  const keysOf = (email: string | null) => addressKeys(email, key, isShared);
  const bought = await readPurchases(store, profile, asOf);
  const accounts: EvidenceAccount[] = [];
  for await (const it of store.records('account')) {
    const domain = hostOf(it.domain);
    const domains = domain === null || isShared(domain) ? [] : [key(domain)];
    accounts.push({ id: it.id, domains, ...standing(it, profile, bought) });
  }
  const homes = await readHomes(store);
  const contacts: EvidenceContact[] = [];
  const links: EvidenceLink[] = [];
  for await (const it of store.records('contact')) contacts.push(contactOf(it, homes.get(it.id) ?? [], keysOf, key));
  // a lead is a prospect of its own, whatever company it names; one that was converted is a contact
  for await (const it of store.records('lead')) {
    if (it.convertedContactId !== null) continue;
    contacts.push(contactOf(it, [], keysOf, key));
    accounts.push({ id: it.id, domains: [], relation: 'prospect', since: null });
  }
  for await (const it of othersLinks(store))
    links.push(linkOf(it.id, it.referrerId, it.referredId, it.claimedAt, asOf));
  for (const { id, referredById, contactIds } of bought.named)
    if (contactIds[0] !== undefined) links.push(linkOf(id, referredById, contactIds[0], null, asOf));
  const confirmations: EvidenceConfirmation[] = [];
  for await (const it of store.records('referral')) confirmations.push(...confirmationOf(it, asOf));
  const own = await readOwn(store, keysOf);
  const theirs = new Set(accounts.flatMap(({ domains }) => domains));
  const ownDomains = new Set([...own.domains].filter((it) => !theirs.has(it)));
  return {
    ...{ accounts, contacts, links, confirmations, opportunities: bought.opportunities },
    ...{ ownMailboxes: own.mailboxes, ownDomains },
  };
}

type KeysOf = (email: string | null) => ReturnType<typeof addressKeys>;

async function readOwn(store: Pick<Store, 'records'>, keysOf: KeysOf) {
  const [mailboxes, domains] = [new Set<string>(), new Set<string>()];
  for await (const { email } of store.records('owner')) {
    const keys = keysOf(email);
    if (keys === null) continue;
    mailboxes.add(keys.mailbox);
    if (keys.domain !== null) domains.add(keys.domain);
  }
  return { mailboxes, domains };
}

/** Accounts that bought something, with the first day of it. */
interface Purchases {
  readonly since: ReadonlyMap<Id, Instant>;
  readonly customers: ReadonlySet<Id>;
  readonly opportunities: readonly EvidenceOpportunity[];
  readonly named: readonly (Pick<Opportunity, 'id' | 'contactIds'> & { readonly referredById: Id })[];
}

async function readPurchases(store: Pick<Store, 'records'>, profile: OrgProfile, asOf: Instant): Promise<Purchases> {
  const today = dayInZone(asOf, profile.timeZone);
  const since = new Map<Id, Instant>();
  const customers = new Set<Id>();
  const opportunities: EvidenceOpportunity[] = [];
  const named: Purchases['named'][number][] = [];
  const begin = (accountId: Id | null, day: string | null) => {
    if (accountId === null || day === null || day > today) return;
    const at = dayNumber(day) * DAY_MS;
    since.set(accountId, Math.min(at, since.get(accountId) ?? at));
  };
  for await (const it of store.records('opportunity')) {
    const { id, accountId, contactIds, createdAt, referredById } = it;
    opportunities.push({ accountId, contactIds, createdAt });
    if (referredById !== null) named.push({ id, contactIds, referredById });
    if (opportunityState(it, profile, today) !== 'won') continue;
    begin(accountId, it.closeOn);
    if (accountId !== null && profile.book.wonOpportunity) customers.add(accountId);
  }
  for await (const it of store.records('contract')) {
    if (hasBegun(it, profile)) begin(it.accountId, it.startsOn);
    if (it.accountId !== null && profile.book.activeContract && isRunning(it, profile, today))
      customers.add(it.accountId);
  }
  return { since, customers, opportunities, named };
}

const hasBegun = ({ status }: Contract, { contracts }: OrgProfile) =>
  status === null || contracts.statuses[status] !== 'draft';

/** A customer that left is still one for what it did as one; a test account is of no account. */
function standing(
  { id, lifecycle }: Account,
  profile: OrgProfile,
  { since, customers }: Purchases,
): Pick<EvidenceAccount, 'relation' | 'since'> {
  const role = roleByLifecycle(lifecycle, profile) ?? 'other';
  const relation = role === 'test' ? 'other' : role !== 'partner' && customers.has(id) ? 'customer' : role;
  return { relation, since: relation === 'customer' ? (since.get(id) ?? null) : null };
}

/** The accounts of each contact, the primary one first. */
async function readHomes(store: Pick<Store, 'records'>): Promise<ReadonlyMap<Id, readonly Id[]>> {
  const homes = new Map<Id, Id[]>();
  for await (const { contactId, accountId, isPrimary } of store.records('contactRole') as AsyncIterable<ContactRole>) {
    const list = homes.get(contactId);
    if (!list) homes.set(contactId, [accountId]);
    else if (isPrimary) list.unshift(accountId);
    else list.push(accountId);
  }
  return homes;
}

function contactOf(
  { id, name, email, otherAddresses }: Pick<Contact, 'id' | 'name' | 'email' | 'otherAddresses'>,
  accountIds: readonly Id[],
  keysOf: KeysOf,
  key: Comparing['key'],
): EvidenceContact {
  const keys = keysOf(email);
  const addresses = [...(keys === null ? [] : [keys]), ...(otherAddresses ?? [])];
  return { id, name: nameKey(name, key), addresses, accountIds };
}

/** A link without a date of its own counts from the pull that saw it: it dates nothing that a mail dates. */
function linkOf(id: Id, referrerId: Id, referredId: Id, claimedAt: Instant | null, asOf: Instant): EvidenceLink {
  return { id, referrerId, referredId, introducedAt: claimedAt, setAt: claimedAt ?? asOf };
}

/** A lead is followed to its contact. Dated by the record, which our own writing of states does not move. */
function confirmationOf(it: ReferralRecord, asOf: Instant): readonly EvidenceConfirmation[] {
  const prospectId = it.convertedContactId ?? it.prospectId;
  const accountId = it.convertedAccountId ?? it.accountId;
  const { advocateId, advocateConfirmed, prospectConfirmed } = it;
  if (advocateId === null || (prospectId ?? accountId) === null) return [];
  if (advocateConfirmed === null && prospectConfirmed === null) return [];
  const said = (answer: 'yes' | 'no' | null) => (answer === null ? null : answer === 'yes');
  return [
    {
      ...{
        id: it.id,
        advocateId,
        prospectId,
        accountId,
        introducedAt: null,
        setAt: it.createdAt ?? it.updatedAt ?? asOf,
      },
      ...{ byAdvocate: said(advocateConfirmed), byProspect: said(prospectConfirmed) },
    },
  ];
}

function hostOf(domain: string | null): string | null {
  const host = (domain ?? '')
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#:].*$/, '');
  return host === '' ? null : host;
}
