import type { OrgProfile } from '@holdfast/core';
import { aContract, anAccount, anActivity, anOpportunity, anOrder } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ABook, aBook } from '../../test/support/a-book.ts';
import { commit, put } from '../store/conformance-records.ts';
import { collectDecisions } from './collect-decisions.ts';

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
const asOf = at('2026-01-01');
const profile: OrgProfile = {
  orgId: 'memory-1',
  confirmedAt: 1,
  book: { lifecycles: { customer: 'customer' }, blank: 'other', wonOpportunity: true, activeContract: true, pilot: [] },
  opportunities: { stages: { won: 'won' }, pipelines: {}, types: { new: 'new' } },
  tickets: { stages: {}, urgent: [] },
  contracts: { statuses: { ended: 'ended' } },
  orders: { statuses: {} },
  referralSources: [],
  unit: 'record',
  currency: 'EUR',
  rates: {},
  timeZone: 'Europe/Vienna',
  fiscalYearStartMonth: 1,
};

let book: ABook;
beforeEach(async () => {
  book = await aBook();
});
afterEach(() => book.close());

const entered = { createdAt: at('2023-12-01'), updatedAt: at('2023-12-01') };
const customer = (number: number) => anAccount({ ...entered, id: `company:${number}`, lifecycle: 'customer' });
/** The year 2024; it was decided on 31 December, seen from 1 December. */
const contract = (number: number, accountId = `company:${number}`) =>
  aContract({
    ...entered,
    id: `contract:${number}`,
    accountId,
    status: 'ended',
    startsOn: '2024-01-01',
    endsOn: '2024-12-31',
  });

describe('collecting the decisions of a stored book', () => {
  it('both models, in two passes over the book, with how far the history reaches', async () => {
    await put(book.store, 'account', customer(1), customer(2));
    await put(book.store, 'contract', contract(1));
    const call = { ...entered, kind: 'call' as const, occurredAt: at('2024-11-21'), createdAt: at('2024-11-21') };
    await put(book.store, 'activity', anActivity({ ...call, id: 'call:1', accountId: 'company:1' }));
    const day = { ...entered, createdAt: at('2025-01-05'), orderedOn: '2025-01-05' };
    await put(book.store, 'order', anOrder({ ...day, id: 'order:1', accountId: 'company:2' }));
    const progress: number[] = [];
    const {
      contract: contracts,
      orders,
      coverage,
    } = await collectDecisions(book.store, {
      profile,
      asOf,
      onProgress: (accounts) => progress.push(accounts),
    });
    expect([contracts.count, contracts.accountIds, contracts.recencyDays[0]]).toEqual([1, ['company:1'], 10]);
    // Day 20,093; it takes part in the window of 90 days from 20,160 alone: without an order there it is lost, once.
    expect([orders.count, orders.accountIds, [...orders.lost]]).toEqual([1, ['company:2'], [1]]);
    expect(coverage).toMatchObject({
      accounts: 2,
      outcomes: { contract: { lost: 1 }, orders: { lost: 1, pending: 0 } },
      recordedSince: { account: '2023-12-01', contract: '2023-12-01', order: '2025-01-05' },
      losses: { missing: false, reasons: [] },
    });
  });

  it('rule 11: before a merge the survivor has no past; its outcome is the merged account’s', async () => {
    await put(book.store, 'account', customer(1), customer(2));
    await put(book.store, 'contract', contract(1));
    await commit(book.store, 'account', { gone: [{ id: 'company:1', at: at('2025-03-01'), mergedInto: 'company:2' }] });
    const { contract: rows, coverage } = await collectDecisions(book.store, { profile, asOf });
    expect([rows.count, coverage.outcomes.contract.lost]).toEqual([0, 1]);
    expect(coverage.leftOut).toEqual({ 'before a merge': 1 });
  });

  it('rule 11: accounts that came in one import have no past before it', async () => {
    const imported = { createdAt: at('2024-12-15'), updatedAt: at('2024-12-15') };
    const numbers = Array.from({ length: 60 }, (_, i) => i + 1);
    await put(book.store, 'account', ...numbers.map((number) => ({ ...customer(number), ...imported })));
    await put(book.store, 'contract', ...numbers.map((number) => ({ ...contract(number), ...imported })));
    const { contract: rows, coverage } = await collectDecisions(book.store, { profile, asOf });
    expect(rows.count).toBe(0);
    expect(coverage.leftOut).toEqual({ 'before a bulk import': 60 });
    expect(coverage.imports.map(({ entity, records }) => [entity, records])).toEqual([
      ['account', 60],
      ['contract', 60],
    ]);
  });

  it('rule 12: what purged customers bought is still there, and the losses are missing', async () => {
    await put(book.store, 'account', customer(1));
    const won = (number: number, accountId: string | null) =>
      anOpportunity({ ...entered, id: `deal:${number}`, accountId, stage: 'won', type: 'new', closeOn: '2024-01-01' });
    const gone = Array.from({ length: 12 }, (_, i) => won(i, 'company:99'));
    await put(book.store, 'opportunity', ...gone, won(50, 'company:1'), won(51, null));
    await commit(book.store, 'account', { gone: [{ id: 'company:99', at: at('2025-03-01'), mergedInto: null }] });
    const { losses } = (await collectDecisions(book.store, { profile, asOf })).coverage;
    expect(losses.missing).toBe(true);
    expect(losses.reasons[0]).toContain('12 of 14 purchases');
    expect(losses.reasons[0]).toContain('accounts known to have been deleted: 1');
  });

  it('stops when it is told to', async () => {
    await put(book.store, 'account', customer(1));
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(collectDecisions(book.store, { profile, asOf, signal })).rejects.toThrow('enough');
  });
});
