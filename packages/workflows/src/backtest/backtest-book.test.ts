import type { OrgProfile } from '@holdfast/core';
import { aContract, anAccount, anOrder } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ABook, aBook } from '../../test/support/a-book.ts';
import { put } from '../store/conformance-records.ts';
import { backtestBook } from './backtest-book.ts';

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
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

describe('the cards of a stored book', () => {
  let book: ABook;
  beforeEach(async () => {
    book = await aBook();
  });
  afterEach(() => book.close());

  it('each card lists what was left out of its own model; accounts of neither stand in a note', async () => {
    const entered = { createdAt: at('2020-01-01'), updatedAt: at('2020-01-01') };
    const late = { createdAt: at('2025-11-01'), updatedAt: at('2025-11-01') };
    const customer = (number: number, when: object) =>
      anAccount({ id: `company:${number}`, lifecycle: 'customer', ...entered, ...when });
    await put(book.store, 'account', customer(1, late), customer(2, late), customer(3, entered));
    const year = { status: 'ended', startsOn: '2024-01-01', endsOn: '2024-12-31' };
    await put(book.store, 'contract', aContract({ ...entered, id: 'contract:1', accountId: 'company:1', ...year }));
    const ordered = { createdAt: at('2024-01-10'), updatedAt: at('2024-01-10'), orderedOn: '2024-01-10' };
    await put(book.store, 'order', anOrder({ ...ordered, id: 'order:1', accountId: 'company:2' }));

    const { results } = await backtestBook(book.store, { profile, asOf: at('2026-01-01') });
    const cardOf = (model: 'contract' | 'orders') => {
      const result = results[model];
      if (!result.fitted) throw new Error(result.message);
      return result.card;
    };
    // one contract decided, one window lost: both of accounts that were entered later
    expect(cardOf('contract').leftOut).toEqual([{ reason: 'account not recorded yet', decisions: 1 }]);
    expect(cardOf('orders').leftOut).toEqual([{ reason: 'account not recorded yet', decisions: 1 }]);
    for (const model of ['contract', 'orders'] as const)
      expect(cardOf(model).notes).toContain('Accounts in neither model: 1 nothing bought.');
  });
});
