import type { Book, BookAccount, BookContact, BookOpportunity } from '@holdfast/sandbox';

const DAY_MS = 86_400_000;
/** Day 0 of every case. Its clock stands still except where a case lets days go by. */
const DAY_ZERO = Date.parse('2026-01-05T12:00:00Z');

/** Noon (UTC) of a day of the case. */
export const noon = (day: number): number => DAY_ZERO + day * DAY_MS;
const instant = (day: number): string => new Date(noon(day)).toISOString();
export const dayOf = (day: number): string => instant(day).slice(0, 10);

/** Somebody in the CRM: where they work, since when they are on record, and whom a person noted as their referrer. */
export interface CasePerson {
  readonly of?: string;
  readonly since: number;
  readonly by?: string | undefined;
  readonly name?: string;
  readonly email?: string;
}

interface CaseAccount {
  readonly type?: BookAccount['type'];
  readonly since?: number;
  readonly domain?: string;
  readonly parent?: string;
}

/** A sale: opened on a day; `won` or `lost` where that had happened when the case begins. */
export interface CaseSale {
  readonly of: string;
  readonly with?: readonly string[];
  readonly opened: number;
  readonly won?: number;
  readonly lost?: number;
  readonly amount?: number;
  readonly currency?: string;
  readonly source?: string;
  readonly owner?: string;
}

/** What the CRM holds when a case begins, in no vendor's words. Every case has the cast of `CUSTOMERS` beside it. */
export interface ReferralCase {
  readonly accounts?: Readonly<Record<string, CaseAccount>>;
  readonly people?: Readonly<Record<string, CasePerson>>;
  readonly sales?: Readonly<Record<string, CaseSale>>;
  readonly owners?: Readonly<Record<string, string>>;
}

/** Two customers of long standing, with one contact each: who refer in nearly every case. */
const CUSTOMERS: ReferralCase = {
  accounts: { adaco: { type: 'customer', since: -700 }, beaco: { type: 'customer', since: -700 } },
  people: { ada: { of: 'adaco', since: -700 }, bea: { of: 'beaco', since: -700 } },
  sales: {
    'ada-first': { of: 'adaco', with: ['ada'], opened: -690, won: -680, amount: 5000 },
    'bea-first': { of: 'beaco', with: ['bea'], opened: -690, won: -680, amount: 5000 },
  },
  owners: { seller: 'seller@vendor.example' },
};

const FIRST = ['Quentin', 'Ottilie', 'Bartholomew', 'Xanthe', 'Ludovic', 'Mireille', 'Fyodor', 'Gwendolyn'];
const LAST = ['Abernathy', 'Zworykin', 'Okonkwo', 'Villanueva', 'Lindqvist', 'Papadakis', 'Tremblay', 'Haddad'];

/** The case as a book of business, from which either CRM is seeded as that vendor's own records. */
export function bookOf(given: ReferralCase): Book {
  const people = { ...CUSTOMERS.people, ...given.people };
  const empty = { opportunityLines: [], orders: [], orderLines: [], tickets: [], activities: [], surveys: [] };
  const accounts = Object.entries({ ...CUSTOMERS.accounts, ...given.accounts }).map(accountOf);
  return {
    ...empty,
    usage: [],
    owners: Object.entries({ ...CUSTOMERS.owners, ...given.owners }).map(([id, email]) => {
      return { id, name: `Owner ${id}`, email, active: true };
    }),
    accounts,
    contacts: Object.entries(people).map(contactOf),
    opportunities: Object.entries({ ...CUSTOMERS.sales, ...given.sales }).map(opportunityOf),
    contracts: accounts
      .filter(({ type }) => type === 'customer')
      .map(({ id, createdAt, updatedAt }) => ({
        ...{ id: `${id}-contract`, accountId: id, status: 'active', createdAt, updatedAt },
        ...{ startsOn: dayOf(-680), endsOn: dayOf(900), annualValue: 5000, currency: 'USD' },
      })),
    referrals: Object.entries(people).flatMap(([id, { by, since }]) => {
      if (by === undefined) return [];
      const claimedAt = instant(since);
      return [{ id: `${by}-${id}`, referrerContactId: by, referredContactId: id, evidence: 'association', claimedAt }];
    }),
  };
}

function accountOf([id, { type = 'prospect', since = 0, domain, parent }]: [string, CaseAccount]): BookAccount {
  return {
    ...{ id, name: id, type, ownerId: 'seller', country: 'US', currency: 'USD' },
    ...{ domain: domain ?? `${id}.example`, ...(parent && { parentId: parent }) },
    ...{ createdAt: instant(since), updatedAt: instant(since) },
  };
}

/** Names as unlike as can be, so that nobody is taken for somebody else by accident. */
function contactOf([id, { of, since, name, email }]: [string, CasePerson], place: number): BookContact {
  const [firstName = '', lastName = ''] = name?.split(' ') ?? [FIRST[place], LAST[place]];
  return {
    ...{ id, firstName, lastName, email: email ?? `${id}@${of ?? id}.example`, ...(of && { accountId: of }) },
    ...{ createdAt: instant(since), updatedAt: instant(since) },
  };
}

function opportunityOf([id, sale]: [string, CaseSale]): BookOpportunity {
  const { of, opened, won, lost, amount = 10_000, currency = 'USD', source, owner = 'seller' } = sale;
  const closed = won ?? lost;
  return {
    ...{ id, accountId: of, ownerId: owner, contactIds: sale.with ?? [], name: `Sale ${id}`, kind: 'new' },
    stage: won !== undefined ? 'won' : lost !== undefined ? 'lost' : 'proposal',
    ...{ amount, currency, ...(source && { source }), closeOn: dayOf(closed ?? opened + 90) },
    ...{ createdAt: instant(opened), updatedAt: instant(closed ?? opened) },
  };
}
