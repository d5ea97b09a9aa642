import { type CalendarDay, dayInZone, type Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { OrgProfile } from '../model/profile.ts';
import type {
  Account,
  AccountParent,
  Contact,
  ContactRole,
  Contract,
  EntityName,
  Opportunity,
  ReferralLink,
} from '../model/types.ts';
import { isNoticed, standingOf } from './contract-state.ts';
import { duplicateFinder } from './find-duplicates.ts';
import { type RowReading, readRows } from './row-reading.ts';

/** Number of records that the book holds, by entity; an entity left out holds none. */
export type RecordCounts = { readonly [E in EntityName]?: number };

/** What the indexes are built from: each read once, in any order. */
export interface BookRows {
  readonly accounts: Iterable<Account>;
  readonly parents: Iterable<AccountParent>;
  readonly contacts: Iterable<Contact>;
  readonly roles: Iterable<ContactRole>;
  readonly opportunities: Iterable<Opportunity>;
  readonly links: Iterable<ReferralLink>;
  /** Where the book keeps contracts: notice given on one, or the last one ended, means leaving too. */
  readonly contracts?: Iterable<Contract>;
  readonly counts: RecordCounts;
}

/** The few book-wide facts that one account's features need. */
export interface BookIndexes {
  /** Entities of which the book holds any record: an account without tickets means 0 only where tickets are kept. */
  readonly holds: ReadonlySet<EntityName>;
  /** Parent of each child account. */
  readonly parents: ReadonlyMap<Id, Id>;
  /** Accounts whose people introduced the account. */
  readonly referrers: ReadonlyMap<Id, readonly Id[]>;
  /** Accounts that have left or given notice by the instant. */
  readonly leaving: ReadonlySet<Id>;
  /** Other accounts that look like the same one (same domain, or same name where neither has a domain). */
  readonly duplicates: ReadonlyMap<Id, readonly Id[]>;
}

/** Builds the book-wide indexes as of an instant; records created later, and our own written fields, play no part. */
export function buildBookIndexes(rows: BookRows, profile: OrgProfile, asOf: Instant): BookIndexes {
  return readRows(readBookIndexes(rows.counts, profile, asOf), {
    account: rows.accounts,
    accountParent: rows.parents,
    contact: rows.contacts,
    contactRole: rows.roles,
    opportunity: rows.opportunities,
    referralLink: rows.links,
    ...(rows.contracts && { contract: rows.contracts }),
  });
}

/** The same from rows that are handed over one at a time, in one round; ids and one short text an account are kept. */
export function readBookIndexes(counts: RecordCounts, profile: OrgProfile, asOf: Instant): RowReading<BookIndexes> {
  const today = dayInZone(asOf, profile.timeZone);
  const known = (it: { readonly createdAt: Instant | null }) => it.createdAt === null || it.createdAt <= asOf;
  const parents = new Map<Id, Id>();
  const duplicates = duplicateFinder();
  const leaving = leavingAccounts(profile, today);
  const referrers = referrerIndex();
  const round = {
    account: (it: Account) => {
      if (!known(it)) return;
      duplicates.add(it);
      leaving.addAccount(it);
    },
    accountParent: (it: AccountParent) => {
      if (known(it)) parents.set(it.childId, it.parentId);
    },
    contract: (it: Contract) => {
      if (known(it)) leaving.addContract(it);
    },
    referralLink: (it: ReferralLink) => {
      if (known(it)) referrers.add(it.referrerId, it.referredId);
    },
    contact: (it: Contact) => {
      if (it.referredById && known(it)) referrers.addByPerson(it.referredById, it.id);
      referrers.addContact(it.id);
    },
    opportunity: (it: Opportunity) => {
      if (it.referredById && it.accountId && known(it)) referrers.addByPerson(it.referredById, it.accountId);
    },
    contactRole: (it: ContactRole) => {
      if (known(it)) referrers.addRole(it);
    },
  };
  return {
    rounds: [() => round],
    finish: () => ({
      holds: new Set((Object.keys(counts) as EntityName[]).filter((entity) => (counts[entity] ?? 0) > 0)),
      parents,
      referrers: referrers.finish(),
      leaving: leaving.finish(),
      duplicates: duplicates.finish(),
    }),
  };
}

/** Who has left or given notice, on the account or by its contracts; of the contracts only the accounts' ids are kept. */
function leavingAccounts(profile: OrgProfile, today: CalendarDay) {
  const leaving = new Set<Id>();
  const begun = new Set<Id>();
  const goesOn = new Set<Id>();
  const noticed = new Set<Id>();
  return {
    addAccount: ({ id, churnedOn, noticeGivenOn }: Account) => {
      if ([churnedOn, noticeGivenOn].some((day) => day !== null && day <= today)) leaving.add(id);
    },
    addContract: (it: Contract) => {
      if (it.accountId === null) return;
      const standing = standingOf(it, profile, today);
      if (standing.begun) begun.add(it.accountId);
      if (standing.goesOn) goesOn.add(it.accountId);
      if (isNoticed(it, profile, today)) noticed.add(it.accountId);
    },
    finish: (): ReadonlySet<Id> => {
      for (const id of begun) if (!goesOn.has(id) || noticed.has(id)) leaving.add(id);
      return leaving;
    },
  };
}

/**
 * Which accounts introduced which, by their people; of the roles only those of people who introduced or were introduced.
 * Who is no contact in a link stands for themselves: a CRM may say only which company introduced, or was introduced.
 */
function referrerIndex() {
  const introduced: { readonly referrerId: Id; readonly partyId: Id }[] = [];
  const accountsOf = new Map<Id, Id[]>();
  const people = new Set<Id>();
  const add = (referrerId: Id, partyId: Id) => {
    introduced.push({ referrerId, partyId });
    for (const id of [referrerId, partyId]) if (!accountsOf.has(id)) accountsOf.set(id, []);
  };
  return {
    add,
    addByPerson: (referrerId: Id, partyId: Id) => {
      add(referrerId, partyId);
      people.add(referrerId);
    },
    addContact: (id: Id) => {
      if (accountsOf.has(id)) people.add(id);
    },
    addRole: ({ contactId, accountId }: ContactRole) => {
      const list = accountsOf.get(contactId);
      if (list && !list.includes(accountId)) list.push(accountId);
    },
    finish: (): ReadonlyMap<Id, readonly Id[]> => {
      const referrers = new Map<Id, Id[]>();
      const accounts = (id: Id) => (people.has(id) ? (accountsOf.get(id) ?? []) : [id]);
      for (const { referrerId, partyId } of introduced) {
        for (const account of accounts(partyId)) {
          for (const from of accounts(referrerId)) if (from !== account) append(referrers, account, from);
        }
      }
      return referrers;
    },
  };
}

function append(index: Map<Id, Id[]>, key: Id, value: Id): void {
  const list = index.get(key);
  if (!list) index.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}
