import { describe, expect, it } from 'vitest';
import { aContract, anAccount, anActivity, anOrder, at, eur, profile, recordsOf } from '../../../test/records.ts';
import { dayNumber } from '../../model/dates.ts';
import { readKnowledge } from '../../snapshot/as-of-knowledge.ts';
import type { AccountRecords } from '../../snapshot/slice.ts';
import type { Decision } from '../outcomes/decision.ts';
import type { Scorecard } from '../scorecard.ts';
import { CONTRACT_CARD, ORDERS_CARD } from '../scorecards.ts';
import { cutoffOf } from './cutoff-of.ts';
import { growingColumn } from './growing-columns.ts';
import { type CollectOptions, openDecisionCollection } from './open-decision-collection.ts';
import { openDecisionRows } from './open-decision-rows.ts';

const lost: Decision = {
  accountId: 'account:1',
  model: 'contract',
  decidesOn: '2025-06-15',
  startsOn: '2024-07-01',
  endsOn: '2025-06-30',
  horizonDays: 365,
  outcome: 'lost',
  knownOn: '2025-08-30',
  cause: null,
  reactivatedOn: null,
  dates: { noticeOn: null, endOfTermOn: null, lastPaymentOn: null },
  annualBefore: eur(1_000),
  annualAfter: eur(0),
};
/** Two drivers, the second on a swing from 30 to 90 days. */
const card: Scorecard = {
  ...CONTRACT_CARD,
  rows: ['managerView', 'ticketVolumeTrend'].map((feature) => ({
    ...CONTRACT_CARD.rows.find((row) => row.feature === feature)!,
  })),
};

describe('rows as columns', () => {
  const context = { cutoffOn: '2025-05-01', ownerId: 'owner:1', recencyDays: 12 };

  it('a row: swings, outcome, days, value over the horizon', () => {
    const open = openDecisionRows(card);
    expect(open.add({ managerView: 1, tenureDays: 400 }, lost, context)).toBe(true);
    const rows = open.finish();
    expect(rows).toMatchObject({ model: 'contract', count: 1, drivers: ['managerView', 'ticketVolumeTrend'] });
    expect([...rows.swings]).toEqual([1, Number.NaN]);
    expect([...rows.lost, ...rows.contracted, ...rows.lostShare, ...rows.weight]).toEqual([1, 0, 1, 1]);
    expect([...rows.cutoffDay]).toEqual([dayNumber('2025-05-01')]);
    expect([...rows.knownDay]).toEqual([dayNumber('2025-08-30')]);
    expect([...rows.daysToDecision, ...rows.recencyDays, ...rows.tenureDays]).toEqual([45, 12, 400]);
    expect([...rows.value, ...rows.treated]).toEqual([100_000, 0]);
  });

  it('accounts and owners are numbered as they come; nobody is -1', () => {
    const open = openDecisionRows(card);
    for (const [accountId, ownerId] of [
      ['account:2', null],
      ['account:1', 'owner:9'],
      ['account:2', 'owner:9'],
    ] as const)
      open.add({}, { ...lost, accountId }, { ...context, ownerId });
    const rows = open.finish();
    expect([...rows.account]).toEqual([0, 1, 0]);
    expect(rows.accountIds).toEqual(['account:2', 'account:1']);
    expect([...rows.owner]).toEqual([-1, 0, 0]);
  });

  it('a contraction from 1,000 to 750 lost a quarter; without amounts the share is not known', () => {
    const open = openDecisionRows(card);
    open.add({}, { ...lost, outcome: 'contracted', annualAfter: eur(750) }, context);
    open.add({}, { ...lost, outcome: 'kept', annualAfter: eur(1_200) }, context);
    open.add({}, { ...lost, outcome: 'kept', annualBefore: null }, context);
    const rows = open.finish();
    expect([...rows.contracted]).toEqual([1, 0, 0]);
    expect([...rows.lostShare]).toEqual([0.25, 0, Number.NaN]);
    expect(rows.value[2]).toBeNaN();
  });

  it('rule 4: pending and competing outcomes enter nothing, nor does the other model', () => {
    const open = openDecisionRows(card);
    expect(open.add({}, { ...lost, outcome: 'pending', knownOn: null }, context)).toBe(false);
    expect(open.add({}, { ...lost, outcome: 'competing', cause: 'insolvency' }, context)).toBe(false);
    expect(open.add({}, { ...lost, model: 'orders' }, context)).toBe(false);
    expect(open.finish().count).toBe(0);
  });

  it('rule 7: overlapping windows share one weight', () => {
    const open = openDecisionRows(card);
    open.add({}, lost, { ...context, overlapping: 4, treated: true });
    expect([...open.finish().weight]).toEqual([0.25]);
    expect([...open.finish().treated]).toEqual([1]);
  });

  it('a column grows beyond its first length', () => {
    const column = growingColumn((length) => new Int32Array(length));
    for (let i = 0; i < 1_000; i += 1) column.push(i);
    expect([column.finish().length, column.finish()[999]]).toEqual([1_000, 999]);
  });
});

describe('the cut-off of a decision', () => {
  it('contract: the last first of a month at least 30 days before the decision', () => {
    const of = (decidesOn: string, leadDays = 30) => cutoffOf({ ...lost, decidesOn }, { leadDays });
    expect(of('2025-06-15')).toBe('2025-05-01');
    expect(of('2025-05-31')).toBe('2025-05-01');
    expect(of('2025-05-30')).toBe('2025-04-01');
    expect(of('2025-05-30', 0)).toBe('2025-05-01');
  });

  it('orders: the day before the window', () => {
    expect(cutoffOf({ ...lost, model: 'orders', startsOn: '2025-03-01' }, { leadDays: 30 })).toBe('2025-02-28');
  });
});

describe('collecting a book', () => {
  const asOf = at('2026-01-01');
  const collect = (all: readonly AccountRecords[], options: Partial<CollectOptions> = {}) => {
    const reading = readKnowledge();
    for (const records of all) reading.add(records);
    const collection = openDecisionCollection({ profile, asOf, knowledge: reading.finish(), ...options });
    for (const records of all) collection.add(records);
    return collection.finish();
  };
  const created = { createdAt: at('2023-12-20'), updatedAt: at('2025-12-01') };
  const contract = aContract({
    ...created,
    status: 'over',
    startsOn: '2024-01-01',
    endsOn: '2024-12-31',
    annual: eur(100),
  });
  const account = anAccount({ createdAt: at('2023-12-01'), ownerId: 'owner:1' });
  const touch = (day: string) => anActivity({ id: `activity:${day}`, createdAt: at(day), occurredAt: at(day) });

  it('a lost contract is one row, seen from the end of 1 December and no later', () => {
    const activities = ['2024-10-02', '2024-11-21', '2024-12-02'].map(touch);
    const { contract: rows, coverage } = collect([recordsOf({ account, contracts: [contract], activities })]);
    expect(rows.count).toBe(1);
    expect([...rows.cutoffDay]).toEqual([dayNumber('2024-12-01')]);
    // From noon of 21 November to the end of 1 December.
    expect([...rows.recencyDays]).toEqual([10]);
    expect(rows.ownerIds).toEqual(['owner:1']);
    expect(coverage).toMatchObject({
      accounts: 1,
      rows: { contract: 1, orders: 0 },
      cutoffs: { first: '2024-12-01', last: '2024-12-01' },
      recordedSince: { account: '2023-12-01', contract: '2023-12-20', activity: '2024-10-02' },
    });
  });

  it('an account that was entered after the cut-off, or whose contract was, gives no row and is counted', () => {
    const late = { createdAt: at('2024-12-10') };
    const other = recordsOf({ account: anAccount({ id: 'account:0', createdAt: at('2020-01-01') }) });
    const seen = (set: Partial<AccountRecords>) => collect([other, recordsOf(set)]).coverage;
    expect(seen({ account: { ...account, ...late }, contracts: [contract] }).leftOut).toEqual({
      'nothing bought': 1,
      'account not recorded yet': 1,
    });
    const known = aContract({
      id: 'contract:0',
      ...created,
      accountId: 'account:0',
      startsOn: '2019-01-01',
      endsOn: null,
    });
    const both = collect([
      recordsOf({ contracts: [known], account: other.account }),
      recordsOf({ account, contracts: [{ ...contract, ...late }] }),
    ]);
    expect(both.coverage.leftOut).toEqual({ 'outside the book at the cut-off': 1 });
  });

  it('what was left out is told by the model that it belongs to; an account that tells nothing belongs to neither', () => {
    const late = { createdAt: at('2024-12-10') };
    const order = anOrder({
      id: 'order:1',
      accountId: 'account:2',
      createdAt: at('2023-01-10'),
      orderedOn: '2023-01-10',
    });
    const { coverage } = collect([
      recordsOf({ account: anAccount({ id: 'account:0', createdAt: at('2020-01-01') }) }),
      recordsOf({ account: { ...account, ...late }, contracts: [contract] }),
      recordsOf({ account: anAccount({ id: 'account:2', createdAt: at('2025-06-01') }), orders: [order] }),
    ]);
    expect(coverage.leftOutOf).toEqual({
      contract: { 'account not recorded yet': 1 },
      orders: { 'account not recorded yet': coverage.outcomes.orders.lost },
    });
    expect(coverage.leftOut['nothing bought']).toBe(1);
    expect(coverage.outcomes.orders.lost).toBeGreaterThan(0);
  });

  it('windows in a row without orders are one row and one loss', () => {
    const orders = ['2024-01-10', '2024-03-20'].map((day) =>
      anOrder({ id: `order:${day}`, createdAt: at(day), orderedOn: day }),
    );
    const { orders: rows } = collect([recordsOf({ account, orders })]);
    // 2024-01-10 is day 19,732, 2024-03-20 day 19,802, in the window from 19,800: kept. The next has it in the window
    // before it and is lost; the one after has not.
    expect([...rows.lost]).toEqual([0, 1]);
    expect([...rows.recencyDays].slice(0, 2)).toEqual([67, 87]);
    expect(rows.drivers).toEqual(ORDERS_CARD.rows.map((row) => row.feature));
  });

  it('rule 9: whoever was acted on between cut-off and decision is marked', () => {
    const asked: unknown[] = [];
    const treated = (...question: unknown[]) => asked.push(question) > 0;
    const rows = collect([recordsOf({ account, contracts: [contract] })], { treated }).contract;
    expect([...rows.treated]).toEqual([1]);
    expect(asked).toEqual([['account:1', '2024-12-01', '2024-12-31']]);
  });

  it('rule 12: purchases of accounts that are gone reach the card', () => {
    const collection = openDecisionCollection({ profile, asOf, knowledge: readKnowledge().finish() });
    const gone = { purchases: 50, dangling: 50, homeless: 0, deletedAccounts: 0 };
    expect(collection.finish(gone).coverage.losses.missing).toBe(true);
  });
});
