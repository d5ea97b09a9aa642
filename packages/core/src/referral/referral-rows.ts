import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { OrgProfile } from '../model/profile.ts';
import type { Account, Contact, ContactRole, Lead, Opportunity, ReferralLink } from '../model/types.ts';
import type { RowReading } from '../snapshot/row-reading.ts';
import { companyHost, type ReferralRows } from './referral-book.ts';

/** The rows of a book that have to do with a referral. */
export interface KeptReferralRows extends ReferralRows {
  readonly accounts: readonly Account[];
  readonly contacts: readonly Contact[];
  readonly roles: readonly ContactRole[];
  readonly opportunities: readonly Opportunity[];
  readonly links: readonly ReferralLink[];
  readonly leads: readonly Lead[];
}

/** Whose rows matter: the people named in claims, and the parties that were introduced. */
interface Named {
  readonly people: Set<Id>;
  readonly parties: Set<Id>;
  /** Of these, who may have been introduced: not the account of somebody who was. */
  readonly introduced: Set<Id>;
}

/**
 * Keeps of a book, handed over row by row in rounds, only what `readBookEvents` and `proposeReferralWrites` look at:
 * the answers from these rows are those from the whole book. Memory grows with the number of claims, not with the book.
 * `parties`: ids that are named elsewhere, such as in the journal; `asOf`: the instant by which the rows are read.
 */
export function readReferralRows(
  profile: Pick<OrgProfile, 'referralSources'>,
  parties: Iterable<Id> = [],
  asOf: Instant = Number.POSITIVE_INFINITY,
): RowReading<KeptReferralRows> {
  const kept = {
    accounts: [] as Account[],
    contacts: [] as Contact[],
    roles: [] as ContactRole[],
    opportunities: [] as Opportunity[],
    links: [] as ReferralLink[],
    leads: [] as Lead[],
  };
  const named: Named = { people: new Set(parties), parties: new Set(parties), introduced: new Set(parties) };
  const rounds = [
    () => whoIsNamed(kept, named, profile),
    () => whatIsKnownOfThem(kept, named),
    () => whereTheyWork(kept, named, asOf),
  ];
  return { rounds, finish: () => kept };
}

function whoIsNamed(
  kept: {
    readonly contacts: Contact[];
    readonly roles: ContactRole[];
    readonly links: ReferralLink[];
    readonly leads: Lead[];
  },
  { people, parties, introduced }: Named,
  profile: Pick<OrgProfile, 'referralSources'>,
) {
  const introduce = (id: Id) => {
    introduced.add(id);
    people.add(id);
    parties.add(id);
  };
  return {
    referralLink: (it: ReferralLink) => {
      kept.links.push(it);
      people.add(it.referrerId);
      introduce(it.referredId);
    },
    contact: (it: Contact) => {
      // A count that stands on the record may have to be corrected, whoever refers today.
      if (it.referralsWon !== null) kept.contacts.push(it);
      if (it.referredById === null) return;
      people.add(it.referredById);
      introduce(it.id);
    },
    lead: (it: Lead) => {
      kept.leads.push(it);
      introduced.add(it.id);
      if (it.referredById !== null) people.add(it.referredById);
      if (it.convertedContactId !== null) introduce(it.convertedContactId);
      for (const id of [it.convertedAccountId, it.convertedOpportunityId]) if (id !== null) parties.add(id);
    },
    opportunity: (it: Opportunity) => {
      const claimed = it.referredById !== null || (it.source !== null && profile.referralSources.includes(it.source));
      if (!claimed) return;
      if (it.referredById !== null) people.add(it.referredById);
      if (it.accountId !== null) parties.add(it.accountId);
      for (const contact of it.contactIds) introduce(contact);
      parties.add(it.id);
    },
    contactRole: (it: ContactRole) => {
      if (!people.has(it.contactId)) return;
      kept.roles.push(it);
      if (introduced.has(it.contactId)) parties.add(it.accountId);
    },
  };
}

function whatIsKnownOfThem(
  kept: { readonly accounts: Account[]; readonly contacts: Contact[]; readonly opportunities: Opportunity[] },
  { people, parties }: Named,
) {
  return {
    ...(people.size > 0 && {
      contact: (it: Contact) => {
        if (it.referralsWon === null && people.has(it.id)) kept.contacts.push(it);
      },
    }),
    ...(parties.size > 0 && {
      account: (it: Account) => {
        if (parties.has(it.id)) kept.accounts.push(it);
      },
      opportunity: (it: Opportunity) => {
        const belongs = (id: Id | null) => id !== null && parties.has(id);
        if ([it.id, it.accountId, ...it.contactIds].some(belongs)) kept.opportunities.push(it);
      },
    }),
  };
}

/**
 * Accounts that have the domain of an introduced contact without an account, and the sales of one that alone has it; two
 * of a domain are kept, so that it tells neither. Nothing is read where every such contact has an account.
 */
function whereTheyWork(
  kept: Pick<KeptReferralRows, 'roles' | 'contacts' | 'leads'> & { accounts: Account[]; opportunities: Opportunity[] },
  { parties, introduced }: Named,
  asOf: Instant,
) {
  const known = (it: { readonly createdAt: Instant | null }) => it.createdAt === null || it.createdAt <= asOf;
  const placed = new Set(kept.roles.filter(known).map((it) => it.contactId));
  const homeless = [...kept.contacts, ...kept.leads].filter((it) => introduced.has(it.id) && !placed.has(it.id));
  const found = new Map(homeless.map((it) => [companyHost(it.email) ?? '', [] as Id[]]));
  found.delete('');
  if (found.size === 0) return {};
  let alone: ReadonlySet<Id> | undefined;
  return {
    account: (it: Account) => {
      const own = found.get(companyHost(it.domain) ?? '');
      if (own === undefined || own.length === 2 || !known(it)) return;
      own.push(it.id);
      if (!parties.has(it.id)) kept.accounts.push(it);
    },
    opportunity: (it: Opportunity) => {
      const { accountId } = it;
      if ([it.id, accountId, ...it.contactIds].some((id) => id !== null && parties.has(id))) return;
      // accounts come first
      alone ??= new Set([...found.values()].flatMap((own) => (own.length === 1 ? own : [])));
      if (accountId !== null && alone.has(accountId)) kept.opportunities.push(it);
    },
  };
}
