import type { Book, BookAccount, BookActivity, BookContact, BookContract, BookOpportunity } from './book.ts';
import { DAY, dayOf, instantOf } from './calendar.ts';
import { currency, emptyTables } from './generate/draft.ts';
import { checkedAsOf, type GenerateOptions } from './generate-options.ts';
import { firstNames, lastNames, stems, trades } from './names.ts';
import { type Random, seededRandom } from './random.ts';

/** Options of a bench book; it has no months. */
export type BenchOptions = Omit<GenerateOptions, 'months'>;

/**
 * Makes a lean book for measuring: `accounts` accounts with two contacts and one opportunity each, a running contract for
 * each customer, one owner for 500, few fields, spread over three years before `asOf`. It has no story and no truth.
 * About 1 kB an account.
 * Same options, same bytes. Throws RangeError like `generateBook`.
 */
export function generateBenchBook(options: BenchOptions): Book {
  const at = checkedAsOf(options);
  const random = seededRandom(options.seed, 'bench');
  const terms = seededRandom(options.seed, 'bench/contracts');
  const book = emptyTables();
  const owners = Math.max(1, Math.ceil(options.accounts / 500));
  for (let i = 1; i <= owners; i += 1) {
    book.owners.push({ id: `owner-${i}`, name: `Owner ${i}`, email: `owner${i}@seller.example`, active: true });
  }
  for (let i = 1; i <= options.accounts; i += 1) {
    const createdAt = at - Math.floor(random.between(30, 1095) * DAY);
    const dates = {
      createdAt: instantOf(createdAt),
      updatedAt: instantOf(createdAt + random.next() * (at - createdAt)),
    };
    const made = account(i, random, random.whole(1, owners), dates);
    book.accounts.push(made);
    if (made.type === 'customer') book.contracts.push(contract(i, terms, at, createdAt));
    book.contacts.push(contact(2 * i - 1, i, random, dates), contact(2 * i, i, random, dates));
    book.opportunities.push(opportunity(i, random, at, createdAt));
  }
  return book;
}

type Dates = Pick<BookAccount, 'createdAt' | 'updatedAt'>;

const industries = Object.keys(trades);

function account(number: number, random: Random, owner: number, dates: Dates): BookAccount {
  const roll = random.next();
  return {
    id: `account-${number}`,
    name: `${random.pick(stems)} ${number}`,
    domain: `firm-${number}.example`,
    type: roll < 0.7 ? 'customer' : roll < 0.95 ? 'prospect' : 'partner',
    ownerId: `owner-${owner}`,
    industry: random.pick(industries),
    createdAt: dates.createdAt,
    updatedAt: dates.updatedAt,
  };
}

function contact(number: number, of: number, random: Random, dates: Dates): BookContact {
  return {
    id: `contact-${number}`,
    accountId: `account-${of}`,
    firstName: random.pick(firstNames),
    lastName: random.pick(lastNames),
    email: `person${number}@firm-${of}.example`,
    createdAt: dates.createdAt,
    updatedAt: dates.updatedAt,
  };
}

/** Terms of a year, one after the other since the account was made; the one that runs at `asOf`. */
function contract(number: number, random: Random, asOf: number, since: number): BookContract {
  const startsAt = since + Math.floor((asOf - since) / (365 * DAY)) * 365 * DAY;
  return {
    id: `contract-${number}`,
    accountId: `account-${number}`,
    status: 'active',
    startsOn: dayOf(startsAt),
    endsOn: dayOf(startsAt + 364 * DAY),
    noticeDays: random.chance(0.5) ? 60 : 90,
    autoRenews: random.chance(0.6),
    annualValue: random.whole(10, 900) * 100,
    currency,
    createdAt: instantOf(since),
    updatedAt: instantOf(startsAt),
  };
}

const kinds = ['new', 'renewal', 'expansion'] as const;

function opportunity(number: number, random: Random, asOf: number, after: number): BookOpportunity {
  const createdAt = after + Math.floor(random.next() * (asOf - after));
  const closed = createdAt + 60 * DAY <= asOf;
  return {
    id: `opportunity-${number}`,
    accountId: `account-${number}`,
    name: `Opportunity ${number}`,
    kind: random.pick(kinds),
    stage: closed ? (random.chance(0.6) ? 'won' : 'lost') : 'proposal',
    amount: random.whole(10, 900) * 100,
    currency,
    closeOn: dayOf(createdAt + 60 * DAY),
    createdAt: instantOf(createdAt),
    updatedAt: instantOf(closed ? createdAt + 60 * DAY : createdAt),
  };
}

const activityKinds = ['call', 'email', 'email', 'meeting', 'note', 'task'] as const;

/**
 * Activities for a bench book, one by one: two million of them as a list would take 500 MB. Each lies in the last 30 days
 * before `asOf`, or later than its account's creation in any case, for accounts are at least 30 days old.
 */
export function* benchActivities(
  options: BenchOptions & { readonly activities: number },
): Generator<BookActivity, void, undefined> {
  const at = checkedAsOf(options);
  const random = seededRandom(options.seed, 'bench/activities');
  for (let i = 1; i <= options.activities && options.accounts > 0; i += 1) {
    const of = random.whole(1, options.accounts);
    const occurredAt = instantOf(at - Math.floor(random.next() * 30 * DAY));
    yield {
      id: `activity-${i}`,
      accountId: `account-${of}`,
      contactIds: [`contact-${2 * of - random.whole(0, 1)}`],
      kind: random.pick(activityKinds),
      occurredAt,
      createdAt: occurredAt,
      updatedAt: occurredAt,
    };
  }
}
