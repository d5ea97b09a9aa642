import type { Book, BookActivity, BookContact, BookOpportunity } from '../book.ts';
import { DAY, instantOf } from '../calendar.ts';
import type { IntroductionAccount, IntroductionActivity, IntroductionBook } from './introduction-book.ts';

/** What the mail system told of a mail of a book; people as `Name <address>` or `address`. */
export interface BookMail {
  readonly activityId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly thread?: string;
}

/**
 * The same people and records as an ordinary book, to fill an org with. Links become referrals known by association; an
 * account became a customer by a sale won on that day. What people noted as confirmed is not in it: it stands in fields
 * that no org has from the start.
 */
export function bookOfIntroductions(book: IntroductionBook): {
  book: Book;
  mails: readonly BookMail[];
  /** Further addresses by contact; an ordinary book has one of each. */
  otherEmails: Readonly<Record<string, readonly string[]>>;
} {
  const start = instantOf(Date.parse(book.asOf) - 2500 * DAY);
  const dated = { createdAt: start, updatedAt: start };
  const none = { opportunityLines: [], contracts: [], orders: [], orderLines: [], tickets: [], surveys: [], usage: [] };
  return {
    mails: book.activities.flatMap(mailOf),
    otherEmails: Object.fromEntries(book.contacts.map(({ id, emails }) => [id, emails.slice(1)])),
    book: {
      ...none,
      owners: book.users.map(({ name, email }, i) => ({ id: `owner-${i + 1}`, name, email, active: true })),
      accounts: book.accounts.map(({ id, name, domains, relation }) => ({
        ...{ id, name, type: TYPES[relation], ownerId: 'owner-1', ...dated },
        ...(domains[0] !== undefined && { domain: domains[0] }),
      })),
      contacts: book.contacts.map(({ id, name, emails, accountId }): BookContact => {
        const [firstName = '', ...rest] = name.split(' ');
        return {
          ...{ id, firstName, lastName: rest.join(' '), ...dated },
          ...(emails[0] !== undefined && { email: emails[0] }),
          ...(accountId !== undefined && { accountId }),
        };
      }),
      opportunities: opportunitiesOf(book),
      activities: book.activities.map(activityOf),
      referrals: book.links.map(({ id, referrerId, referredId, setAt }) => ({
        ...{ id, referrerContactId: referrerId, referredContactId: referredId },
        ...{ evidence: 'association' as const, claimedAt: setAt },
      })),
    },
  };
}

/** No book has a word for an account that is of no interest; the org says "other" or "test". */
const TYPES = { customer: 'customer', prospect: 'prospect', other: 'test' } as const;

function activityOf(row: IntroductionActivity): BookActivity {
  const { id, kind, direction, subject, occurredAt, loggedAt, contactIds } = row;
  return {
    ...{ id, kind, contactIds, occurredAt, createdAt: loggedAt, updatedAt: loggedAt, ownerId: 'owner-1' },
    ...(direction !== undefined && { direction }),
    ...(subject !== undefined && { subject }),
  };
}

function mailOf({ id, kind, from, to = [], cc = [], thread }: IntroductionActivity): readonly BookMail[] {
  if (kind !== 'email' || from === undefined) return [];
  return [{ activityId: id, from, to, cc, ...(thread !== undefined && { thread }) }];
}

/** Talks as they were opened; an account that became a customer has one that was won, its last or one from before. */
function opportunitiesOf(book: IntroductionBook): readonly BookOpportunity[] {
  const sinceOf = new Map(book.accounts.flatMap((it) => (it.since === undefined ? [] : [[it.id, it.since] as const])));
  const open = book.opportunities.map(({ id, accountId, contactIds, createdAt }): BookOpportunity => {
    const since = sinceOf.get(accountId);
    const won = since !== undefined && createdAt.slice(0, 10) <= since;
    if (won) sinceOf.delete(accountId);
    return {
      ...{ id, accountId, contactIds, createdAt, name: id, kind: 'new', stage: won ? 'won' : 'negotiation' },
      ...{ ownerId: 'owner-1', updatedAt: createdAt },
      ...(won && { closeOn: since }),
    };
  });
  const before = book.accounts.filter(({ id }) => sinceOf.has(id)).map((it) => wonBefore(it, sinceOf.get(it.id)!));
  return [...open, ...before];
}

function wonBefore({ id }: IntroductionAccount, since: string): BookOpportunity {
  const createdAt = instantOf(Date.parse(since) - 60 * DAY);
  return {
    ...{ id: `sale-${id}`, accountId: id, name: `sale-${id}`, kind: 'new', stage: 'won', ownerId: 'owner-1' },
    ...{ closeOn: since, createdAt, updatedAt: createdAt },
  };
}
