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
import { isLapsed, isRunning } from './contract-state.ts';
import { findDuplicates } from './find-duplicates.ts';

/** What the indexes are built from: each read once, in any order, so that a store may stream them. */
export interface BookRows {
  readonly accounts: Iterable<Account>;
  readonly parents: Iterable<AccountParent>;
  readonly contacts: Iterable<Contact>;
  readonly roles: Iterable<ContactRole>;
  readonly opportunities: Iterable<Opportunity>;
  readonly links: Iterable<ReferralLink>;
  /** Where the book keeps contracts: notice given on one, or the last one ended, means leaving too. */
  readonly contracts?: Iterable<Contract>;
  /** Number of records that the book holds, by entity; an entity left out holds none. */
  readonly counts: { readonly [E in EntityName]?: number };
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
  const today = dayInZone(asOf, profile.timeZone);
  const known = (it: { readonly createdAt: Instant | null }) => it.createdAt === null || it.createdAt <= asOf;
  const names: Pick<Account, 'id' | 'name' | 'domain'>[] = [];
  const leaving = new Set<Id>();
  for (const account of rows.accounts) {
    if (!known(account)) continue;
    // Only the three texts are kept, so that a large book streams through.
    names.push({ id: account.id, name: account.name, domain: account.domain });
    if (hasLeft(account, today)) leaving.add(account.id);
  }
  addLeavingByContract(leaving, rows.contracts ?? [], profile, asOf, today);
  const parents = new Map<Id, Id>();
  for (const it of rows.parents) if (known(it)) parents.set(it.childId, it.parentId);
  return {
    holds: new Set((Object.keys(rows.counts) as EntityName[]).filter((entity) => (rows.counts[entity] ?? 0) > 0)),
    parents,
    referrers: indexReferrers(rows, known),
    leaving,
    duplicates: findDuplicates(names),
  };
}

const hasLeft = (account: Account, today: CalendarDay): boolean =>
  [account.churnedOn, account.noticeGivenOn].some((day) => day !== null && day <= today);

function addLeavingByContract(
  leaving: Set<Id>,
  contracts: Iterable<Contract>,
  profile: OrgProfile,
  asOf: Instant,
  today: CalendarDay,
): void {
  const ofAccount = new Map<Id, Contract[]>();
  for (const it of contracts) {
    if (it.accountId === null || (it.createdAt !== null && it.createdAt > asOf)) continue;
    const list = ofAccount.get(it.accountId);
    if (list) list.push(it);
    else ofAccount.set(it.accountId, [it]);
  }
  const noticed = (it: Contract) =>
    it.noticeGivenOn !== null && it.noticeGivenOn <= today && isRunning(it, profile, today);
  for (const [account, list] of ofAccount) {
    if (list.some(noticed) || isLapsed(list, [], profile, today)) leaving.add(account);
  }
}

function indexReferrers(
  rows: BookRows,
  known: (it: { readonly createdAt: Instant | null }) => boolean,
): ReadonlyMap<Id, readonly Id[]> {
  const accountsOf = new Map<Id, Id[]>();
  for (const role of rows.roles) if (known(role)) append(accountsOf, role.contactId, role.accountId);
  const referrers = new Map<Id, Id[]>();
  const note = (referrer: Id, accounts: readonly Id[]) => {
    for (const account of accounts) {
      for (const from of accountsOf.get(referrer) ?? []) if (from !== account) append(referrers, account, from);
    }
  };
  for (const it of rows.links) if (known(it)) note(it.referrerId, accountsOf.get(it.referredId) ?? []);
  for (const it of rows.contacts) if (it.referredById && known(it)) note(it.referredById, accountsOf.get(it.id) ?? []);
  for (const it of rows.opportunities) {
    if (it.referredById && it.accountId && known(it)) note(it.referredById, [it.accountId]);
  }
  return referrers;
}

function append(index: Map<Id, Id[]>, key: Id, value: Id): void {
  const list = index.get(key);
  if (!list) index.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}
