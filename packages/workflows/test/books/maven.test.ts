import { backtest, CONTRACT_CARD, ORDERS_CARD } from '@holdfast/core';
import { describe, expect, it } from 'vitest';
import { collectBook } from './collect-book.ts';
import { mavenRecords } from './maven.ts';
import { hasBook } from './read-table.ts';

/** The last day of the table. */
const DAY = '2017-12-31';
const scope = { on: DAY, leadDays: 30, pending: 0, leftOut: [], byGraceDays: [], lossesMissing: null };

describe.skipIf(!hasBook('maven-crm'))(
  'Maven CRM, sales without contracts (skipped where ../shared/data is absent)',
  () => {
    it('sales as opportunities: no decision at all, all 85 accounts are left out and said so', () => {
      const { coverage, contract, orders } = collectBook(mavenRecords('opportunities'), DAY);
      expect(coverage).toMatchObject({ accounts: 85, leftOut: { 'nothing bought': 85 }, cutoffs: null });
      for (const [rows, card] of [
        [contract, CONTRACT_CARD],
        [orders, ORDERS_CARD],
      ] as const) {
        const done = backtest(rows, card, scope);
        expect(done).toMatchObject({
          fitted: true,
          card: { verdict: 'not-enough-outcomes', challenger: null, rolling: [] },
        });
      }
    });

    it('won sales as orders: every window is kept, and no account has a past, since none says when it was recorded', () => {
      const { coverage, orders } = collectBook(mavenRecords('orders'), DAY);
      const { kept, lost } = coverage.outcomes.orders;
      expect([kept > 100, lost, orders.count]).toEqual([true, 0, 0]);
      expect(coverage.leftOut).toEqual({ 'account without a time of recording': kept });
      expect(backtest(orders, ORDERS_CARD, scope)).toMatchObject({ card: { verdict: 'not-enough-outcomes' } });
    });
  },
);
