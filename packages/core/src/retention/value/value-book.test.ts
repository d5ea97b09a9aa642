import { describe, expect, it } from 'vitest';
import { chanceWithin } from './chance-within.ts';
import { type LossTerm, valueBook } from './value-book.ts';
import type { ValuedRisk } from './valued-risk.ts';

const risk = (set: Partial<ValuedRisk>): ValuedRisk => ({
  accountId: 'account:1',
  ownerId: 'owner:1',
  segment: 'small',
  model: 'contract',
  probability: 0.2,
  variance: 0,
  horizonDays: 365,
  decidesOn: '2026-09-30',
  contraction: null,
  annualMargin: 100_000,
  annualRevenue: 200_000,
  tenureDays: 1000,
  ...set,
});
const year = { from: '2026-06-01', days: 365 };
const none = () => null;

describe('chance of loss within a horizon (rule 2), by hand', () => {
  it('is 0 when no decision falls within it, p from the day of the decision on', () => {
    // From 1 June, 120 days lead to 29 September, 121 to the day of the decision.
    expect(chanceWithin(risk({}), { from: '2026-06-01', days: 120 })).toBe(0);
    expect(chanceWithin(risk({}), { from: '2026-06-01', days: 121 })).toBeCloseTo(0.2, 12);
  });

  it('three monthly decisions within the horizon: 1 - .9³ = .271', () => {
    const monthly = risk({ probability: 0.1, horizonDays: 30, decidesOn: '2026-06-11' });
    // Decisions on days 10, 40 and 70 of 90.
    expect(chanceWithin(monthly, { from: '2026-06-01', days: 90 })).toBeCloseTo(0.271, 12);
  });

  it('orders: the window’s chance at a steady rate, 1 - .9^(180/90) = .19', () => {
    const orders = risk({ model: 'orders', probability: 0.1, horizonDays: 90, decidesOn: null });
    expect(chanceWithin(orders, { from: '2026-06-01', days: 180 })).toBeCloseTo(0.19, 12);
  });

  it('a decision that has passed without an outcome is open; an unknown day is unknown and not 0', () => {
    expect(chanceWithin(risk({ decidesOn: '2026-05-20' }), { from: '2026-06-01', days: 30 })).toBeCloseTo(0.2, 12);
    expect(chanceWithin(risk({ decidesOn: null }), year)).toBeNull();
  });
});

describe('a book’s value, by hand', () => {
  const contraction = { probability: 0.25, share: 0.4 };
  const book = [
    risk({ contraction }),
    risk({ accountId: 'account:2', ownerId: 'owner:2', segment: 'large', probability: 0.5, annualMargin: 300_000 }),
    risk({ accountId: 'account:3', ownerId: 'owner:2', annualMargin: null, tenureDays: 100 }),
    risk({ accountId: 'account:4', ownerId: null, decidesOn: null, tenureDays: null }),
    risk({ accountId: 'account:5', decidesOn: '2027-12-31', tenureDays: 364 }),
  ];

  it('sums loss and contraction apart, on gross margin; revenue at risk is for display', () => {
    const value = valueBook(book, { horizon: year, currency: 'EUR', interval: none });
    // Account 1: 100,000 x .2 = 20,000 lost; .8 x .25 x .4 = .08, so 8,000 by contraction. Account 2: 150,000. Account 5
    // decides after the horizon: 0 of 100,000. Accounts 3 and 4 have no margin, no decision day.
    expect(value.book).toMatchObject({
      accounts: 5,
      withoutValue: 2,
      value: 500_000,
      expectedLoss: 170_000,
      expectedContraction: 8_000,
      grrLoss: expect.closeTo(178_000 / 500_000, 12),
      // 200,000 x (.2 + .5 + .2 + 0): account 4 has no chance, account 3 has one.
      revenueAtRisk: 180_000,
    });
    expect(value).toMatchObject({ from: '2026-06-01', until: '2027-06-01', horizonDays: 365, currency: 'EUR' });
    expect(value.accounts.map((it) => it.reason)).toEqual([
      null,
      null,
      'gross margin is not known',
      'no decision day is known',
      null,
    ]);
  });

  it('groups by owner, segment and first year, most expected loss first', () => {
    const value = valueBook(book, { horizon: year, currency: 'EUR', interval: none });
    const of = (groups: typeof value.owners) => groups.map((it) => [it.key, it.accounts, it.expectedLoss]);
    expect(of(value.owners)).toEqual([
      ['owner:2', 2, 150_000],
      ['owner:1', 2, 20_000],
      [null, 1, 0],
    ]);
    expect(of(value.segments)).toEqual([
      ['large', 1, 150_000],
      ['small', 4, 20_000],
    ]);
    expect(of(value.tenure)).toEqual([
      ['later', 2, 170_000],
      [null, 1, 0],
      ['first year', 2, 0],
    ]);
  });

  it('the interval of every total comes from the given function, over its own members', () => {
    const asked: string[][] = [];
    const interval = (terms: readonly LossTerm[]) => {
      asked.push(terms.map((it) => `${it.accountId} ${it.probability.toFixed(2)} ${it.value}`));
      return [1, 2] as const;
    };
    const value = valueBook(book.slice(0, 2), { horizon: year, currency: 'EUR', interval });
    expect(value.book).toMatchObject({ lossInterval: [1, 2], contractionInterval: [1, 2] });
    // The whole book's losses, then its contraction: .8 x .25 = .20 of 100,000 x .4.
    expect(asked).toContainEqual(['account:1 0.20 100000', 'account:2 0.50 300000']);
    expect(asked).toContainEqual(['account:1 0.20 40000']);
  });

  it('one account’s interval is that of its chance: logit .2 -/+ 1.645 x .5 gives .0990 and .3627', () => {
    const [account] = valueBook([risk({ variance: 0.25 })], {
      horizon: year,
      currency: 'EUR',
      interval: none,
    }).accounts;
    // logit .2 = -1.386294; -2.208721 -> .0989701, -.563867 -> .3626531
    expect(account?.lossInterval).toEqual([9_897, 36_265]);
  });
});
