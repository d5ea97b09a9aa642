import { describe, expect, test } from 'vitest';
import { generateBook } from './generate-book.ts';
import type { GenerateOptions } from './generate-options.ts';
import type { TruthAccount } from './truth.ts';

const asOf = '2026-06-30T12:00:00Z';
const demo = (seed: number) => generateBook({ accounts: 2000, seed, asOf });
const books = [1, 2, 3].map(demo);

/** Chance that a loser is ranked above a stayer; a tie counts half. */
function auc(rows: readonly { readonly score: number; readonly lost: boolean }[]): number {
  const [lost, stayed] = [rows.filter((row) => row.lost), rows.filter((row) => !row.lost)];
  let above = 0;
  for (const one of lost)
    for (const other of stayed) above += one.score > other.score ? 1 : one.score === other.score ? 0.5 : 0;
  return above / (lost.length * stayed.length);
}

const share = <T>(list: readonly T[], test: (one: T) => boolean) => list.filter(test).length / list.length;
const customersOn = (accounts: readonly TruthAccount[], day: string) =>
  accounts.filter((one) => one.customerSinceOn <= day && (one.leftOn ?? '9999') > day);

describe('a generated book is plausible', () => {
  test.each([
    ['2023-06-30', '2024-06-30'],
    ['2024-06-30', '2025-06-30'],
    ['2025-06-30', '2026-06-30'],
    ['2026-06-30', '2027-06-30'],
  ])('8 to 16 percent of the customers of %s are lost by %s', (from, to) => {
    for (const { truth } of books) {
      const cohort = customersOn(truth.accounts, from);
      const churn = share(cohort, (one) => one.leftOn !== undefined && one.leftOn <= to);
      expect(churn).toBeGreaterThan(0.08);
      expect(churn).toBeLessThan(0.16);
    }
  });

  test('the true hazard ranks those who leave in the year ahead above those who stay: AUC over .8', () => {
    const rows = books.flatMap(({ truth }) =>
      truth.accounts.flatMap(({ leaveProbability: score, leftOn }) =>
        score === undefined ? [] : [{ score, lost: leftOn !== undefined }],
      ),
    );
    expect(rows.length).toBeGreaterThan(3000);
    expect(auc(rows)).toBeGreaterThan(0.8);
  });

  test('types, orders on time, referrals and promoters have shares as in life', () => {
    for (const { book, truth } of books) {
      const was = new Set(truth.accounts.map((one) => one.accountId));
      expect(share(book.accounts, (one) => was.has(one.id))).toSatisfy((x: number) => x > 0.66 && x < 0.74);
      for (const type of ['prospect', 'partner', 'test'] as const)
        expect(book.accounts.some((one) => one.type === type)).toBe(true);
      const shipped = book.orders.filter((one) => one.shippedOn !== undefined);
      expect(share(shipped, (one) => one.shippedOn! <= one.promisedOn!)).toSatisfy((x: number) => x > 0.88 && x < 0.97);
      const referred = new Set(book.referrals.map((one) => one.referredAccountId));
      expect(share(book.accounts, (one) => referred.has(one.id))).toSatisfy((x: number) => x > 0.04 && x < 0.15);
      expect(share(book.surveys, (one) => one.score >= 9)).toSatisfy((x: number) => x > 0.35 && x < 0.75);
    }
  });

  test('the dirt is there: no owner, no domain, no mail address, shared names, parents, people at two accounts, partial deliveries', () => {
    const { book } = books[0]!;
    expect(book.accounts.some((one) => one.ownerId === undefined)).toBe(true);
    expect(book.accounts.some((one) => one.domain === undefined)).toBe(true);
    expect(new Set(book.accounts.map((one) => one.name)).size).toBeLessThan(book.accounts.length);
    expect(book.accounts.filter((one) => one.parentId !== undefined).length).toBeGreaterThan(100);
    expect(book.contacts.some((one) => one.email === undefined)).toBe(true);
    expect(book.contacts.some((one) => one.otherAccountIds !== undefined)).toBe(true);
    expect(book.orderLines.some((one) => (one.deliveredQuantity ?? one.quantity) < one.quantity)).toBe(true);
    expect(new Set(book.activities.map((one) => one.kind)).size).toBe(5);
    expect(new Set(book.referrals.map((one) => one.evidence)).size).toBe(3);
  });

  test('portfolios are uneven: the largest is at least three times the smallest', () => {
    const { book } = books[0]!;
    const sizes = book.owners.map((owner) => book.accounts.filter((one) => one.ownerId === owner.id).length);
    expect(Math.max(...sizes)).toBeGreaterThan(3 * Math.min(...sizes));
  });

  test('whoever left has no running contract, no order after, a lost renewal as a rule, and is still called a customer at times', () => {
    const { book, truth } = books[0]!;
    const left = truth.accounts.filter((one) => one.leftOn !== undefined && one.leftOn < asOf.slice(0, 10));
    const leftOn = new Map(left.map((one) => [one.accountId, one.leftOn!]));
    expect(
      book.contracts.filter((one) => leftOn.has(one.accountId) && ['active', 'draft'].includes(one.status)),
    ).toEqual([]);
    expect(book.orders.filter((one) => one.orderedOn > (leftOn.get(one.accountId!) ?? '9999'))).toEqual([]);
    const lostRenewals = new Set(
      book.opportunities.filter((one) => one.kind === 'renewal' && one.stage === 'lost').map((one) => one.accountId),
    );
    const bound = left.filter((one) => one.model === 'contract');
    expect(share(bound, (one) => lostRenewals.has(one.accountId))).toBeGreaterThan(0.75);
    const type = new Map(book.accounts.map((one) => [one.id, one.type]));
    expect(share(left, (one) => type.get(one.accountId) === 'customer')).toSatisfy((x: number) => x > 0.2 && x < 0.6);
  });

  test('claimed referrals cover about 70 % of the real introductions, and false ones of every kind are among them', () => {
    for (const { truth } of books) {
      const verdicts = new Set(truth.referrals.map((one) => one.verdict));
      expect([...verdicts].sort()).toEqual(['decoy', 'late', 'loop', 'rival', 'self', 'true']);
      const real = truth.referrals.filter((one) => one.verdict === 'true').length;
      expect(real / truth.introductions.length).toSatisfy((x: number) => x > 0.55 && x < 0.85);
    }
  });
});

describe('a generated book is reproducible', () => {
  test('same options, same bytes; another seed, another book', () => {
    expect(JSON.stringify(demo(1))).toBe(JSON.stringify(books[0]));
    expect(JSON.stringify(books[0])).not.toBe(JSON.stringify(books[1]));
  });

  test.each([
    [{ accounts: -1 }, 'accounts'],
    [{ accounts: 1.5 }, 'accounts'],
    [{ seed: Number.NaN }, 'seed'],
    [{ asOf: 'yesterday' }, 'asOf'],
    [{ asOf: '2026-02-30T12:00:00Z' }, 'asOf'],
    [{ months: 0 }, 'months'],
  ])('options %j are refused by name', (wrong, name) => {
    expect(() => generateBook({ accounts: 5, seed: 1, asOf, ...wrong } as GenerateOptions)).toThrow(name);
  });
});

test('events lie within the months asked for', () => {
  const { book } = books[0]!;
  const first = '2023-06-30T12:00:00.000Z';
  const events = [
    ...book.activities.map((one) => one.occurredAt),
    ...book.tickets.map((one) => one.openedAt),
    ...book.surveys.map((one) => one.respondedAt),
    ...book.referrals.map((one) => one.claimedAt),
    ...book.orders.map((one) => one.createdAt),
  ];
  expect(events.filter((at) => at < first)).toEqual([]);
  expect(book.usage.filter((one) => one.periodOn < first.slice(0, 10))).toEqual([]);
});
