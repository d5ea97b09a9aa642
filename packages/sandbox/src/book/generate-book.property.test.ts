import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Book } from './book.ts';
import { generateBook } from './generate-book.ts';

const asOf = '2026-06-30T12:00:00Z';

/** Every place where a book's dates contradict each other, as `table id: what`. */
function timeFaults(book: Book, end: string): string[] {
  const faults: string[] = [];
  const accountAt = new Map(book.accounts.map((one) => [one.id, one.createdAt]));
  const contactAt = new Map(book.contacts.map((one) => [one.id, one.createdAt]));
  const orderAt = new Map(book.orders.map((one) => [one.id, one.createdAt]));
  const dealAt = new Map(book.opportunities.map((one) => [one.id, one.createdAt]));
  const ordered = (what: string, ...instants: (string | undefined)[]) => {
    const known = instants.filter((at) => at !== undefined);
    // A day stands for its last instant against an earlier instant, and for its first against a later one.
    const wrong = known.some((at, i) => i > 0 && at.slice(0, 10) < known[i - 1]!.slice(0, 10));
    const exact = known.filter((at) => at.length > 10);
    if (wrong || exact.some((at, i) => i > 0 && at < exact[i - 1]!)) faults.push(`${what}: ${known.join(' > ')}`);
  };
  for (const one of book.accounts) ordered(one.id, one.createdAt, one.updatedAt, end);
  for (const one of book.contacts) ordered(one.id, accountAt.get(one.accountId!), one.createdAt, one.updatedAt, end);
  for (const one of book.opportunities) {
    ordered(one.id, accountAt.get(one.accountId!), one.createdAt, one.updatedAt, end);
    for (const person of one.contactIds ?? []) ordered(`${one.id} ${person}`, contactAt.get(person), one.createdAt);
    if (one.stage === 'won' || one.stage === 'lost') ordered(`${one.id} close`, one.createdAt, one.closeOn, end);
  }
  for (const one of book.opportunityLines)
    ordered(one.id, dealAt.get(one.opportunityId), one.createdAt, one.updatedAt, end);
  for (const one of book.contracts) {
    ordered(one.id, accountAt.get(one.accountId), one.createdAt, one.updatedAt, end);
    ordered(`${one.id} term`, one.startsOn, one.endsOn);
    if (one.noticeGivenOn !== undefined) ordered(`${one.id} notice`, one.startsOn, one.noticeGivenOn, end);
    if (one.status === 'ended' || one.status === 'terminated') ordered(`${one.id} over`, one.endsOn, end);
  }
  for (const one of book.orders) {
    ordered(one.id, accountAt.get(one.accountId!), one.orderedOn, one.createdAt, one.updatedAt, end);
    ordered(`${one.id} shipped`, one.orderedOn, one.shippedOn, end);
    ordered(`${one.id} promised`, one.orderedOn, one.promisedOn);
  }
  for (const one of book.orderLines) {
    ordered(one.id, orderAt.get(one.orderId), one.createdAt, one.updatedAt, end);
    ordered(`${one.id} steps`, one.createdAt, one.shippedOn, one.deliveredOn, one.acceptedOn, end);
  }
  for (const one of book.tickets) {
    ordered(one.id, accountAt.get(one.accountId!), one.openedAt, one.closedAt, one.updatedAt, end);
    ordered(`${one.id} person`, contactAt.get(one.contactId!), one.openedAt);
  }
  for (const one of book.activities) {
    ordered(one.id, accountAt.get(one.accountId!), one.occurredAt, one.createdAt, one.updatedAt, end);
    for (const person of one.contactIds ?? []) ordered(`${one.id} ${person}`, contactAt.get(person), one.occurredAt);
  }
  for (const one of book.surveys) {
    ordered(one.id, accountAt.get(one.accountId!), one.respondedAt, end);
    ordered(`${one.id} person`, contactAt.get(one.contactId!), one.respondedAt);
  }
  for (const one of book.usage)
    ordered(`${one.accountId} use`, accountAt.get(one.accountId), one.periodOn, one.recordedAt, end);
  for (const one of book.referrals) {
    ordered(one.id, contactAt.get(one.referrerContactId), one.claimedAt, end);
    ordered(`${one.id} account`, accountAt.get(one.referredAccountId!), one.claimedAt);
    ordered(`${one.id} person`, contactAt.get(one.referredContactId!), one.claimedAt);
    ordered(`${one.id} deal`, dealAt.get(one.opportunityId!), one.claimedAt);
  }
  return faults;
}

/** References that point to no row. */
function danglingIn(book: Book): string[] {
  const ids = (rows: readonly { readonly id: string }[]) => new Set(rows.map((row) => row.id));
  const [owners, accounts, contacts] = [ids(book.owners), ids(book.accounts), ids(book.contacts)];
  const [deals, orders] = [ids(book.opportunities), ids(book.orders)];
  const rows: [ReadonlySet<string>, (string | undefined)[]][] = [
    [owners, [...book.accounts, ...book.opportunities, ...book.orders, ...book.activities].map((one) => one.ownerId)],
    [accounts, book.accounts.map((one) => one.parentId)],
    [accounts, book.contacts.flatMap((one) => [one.accountId, ...(one.otherAccountIds ?? [])])],
    [accounts, [...book.opportunities, ...book.contracts, ...book.orders, ...book.tickets].map((one) => one.accountId)],
    [accounts, [...book.activities, ...book.surveys, ...book.usage].map((one) => one.accountId)],
    [contacts, [...book.opportunities, ...book.activities].flatMap((one) => one.contactIds ?? [])],
    [contacts, [...book.tickets, ...book.surveys].map((one) => one.contactId)],
    [deals, [...book.opportunityLines, ...book.referrals].map((one) => one.opportunityId)],
    [orders, book.orderLines.map((one) => one.orderId)],
    [accounts, book.referrals.map((one) => one.referredAccountId)],
    [contacts, book.referrals.flatMap((one) => [one.referrerContactId, one.referredContactId])],
  ];
  return rows.flatMap(([known, used]) => used.filter((id) => id !== undefined && !known.has(id))) as string[];
}

/** Referrals whose evidence could not stand in a CRM. */
function unfoundedIn(book: Book): string[] {
  const deals = new Map(book.opportunities.map((one) => [one.id, one]));
  const fits = ({ evidence, referrerContactId, referredContactId, opportunityId }: Book['referrals'][number]) => {
    if (evidence === 'association') return referredContactId !== undefined && referredContactId !== referrerContactId;
    const deal = deals.get(opportunityId ?? '');
    return evidence === 'field' ? deal !== undefined : deal?.source === 'Referral';
  };
  return book.referrals.filter((one) => !fits(one)).map((one) => one.id);
}

test('no book of 20 seeds contradicts time, points nowhere, repeats an id or a mail address, or holds an empty text', () => {
  const sizes = fc.record({
    accounts: fc.integer({ min: 0, max: 220 }),
    seed: fc.integer(),
    months: fc.constantFrom(1, 12, 36),
    asOf: fc.constantFrom(asOf, '2024-02-29T00:00:00Z', '2025-03-31T23:59:59Z', '2020-01-01T00:00:00.500Z'),
  });
  fc.assert(
    fc.property(sizes, (options) => {
      const { book } = generateBook(options);
      expect(book.accounts.length).toBe(options.accounts);
      expect(timeFaults(book, options.asOf)).toEqual([]);
      expect(danglingIn(book)).toEqual([]);
      expect(unfoundedIn(book)).toEqual([]);
      for (const rows of Object.values(book)) {
        const ids = rows.flatMap((row: object) => ('id' in row ? [row.id] : []));
        expect(new Set(ids).size).toBe(ids.length);
        expect(rows.some((row: object) => Object.values(row).includes(''))).toBe(false);
      }
      const mails = book.contacts.flatMap((one) => one.email?.toLowerCase() ?? []);
      expect(new Set(mails).size).toBe(mails.length);
    }),
    { numRuns: 20, seed: 20260630, examples: [[{ accounts: 2000, seed: 1, months: 36, asOf }]] },
  );
});
