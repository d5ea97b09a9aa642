import { describe, expect, it } from 'vitest';
import {
  aContract,
  aLine,
  anAccount,
  anActivity,
  anOpportunity,
  anOrder,
  at,
  eur,
  profile,
  recordsOf,
} from '../../test/records.ts';
import { countDelivery, liveOrders } from './delivery.ts';
import { inFullShare } from './in-full.ts';
import { median } from './median.ts';
import { orderAmount } from './order-amount.ts';
import { recurringValue } from './revenue.ts';
import { nextTerm } from './term.ts';
import { isTwoWay, touches } from './touches.ts';

describe('on time', () => {
  it('is shipped on or before the promised day; due today is not overdue; no promise is not in the share', () => {
    const today = '2026-06-10';
    const of = (promisedOn: string | null, shippedOn: string | null) => anOrder({ promisedOn, shippedOn });
    const orders = [
      of('2026-06-01', '2026-06-01'),
      of('2026-06-01', '2026-06-02'),
      of(null, '2026-06-02'),
      of('2026-06-10', null),
      of('2026-06-09', null),
    ];
    expect(countDelivery(orders, today)).toEqual({
      orders: 5,
      inTime: 1,
      late: 1,
      notShipped: 2,
      overdue: 1,
      dueToday: 1,
      onTimeShare: 0.5,
    });
    expect(countDelivery([], today).onTimeShare).toBeNull();
  });

  it('cancelled orders are out; an order without its own days takes its lines’', () => {
    const lines = [
      aLine({ promisedOn: '2026-06-01', shippedOn: '2026-06-01' }),
      aLine({ id: 'line:2', promisedOn: '2026-06-05', shippedOn: '2026-06-07' }),
      aLine({ id: 'line:3', orderId: 'order:2', promisedOn: '2026-06-05', shippedOn: null }),
    ];
    const orders = [anOrder(), anOrder({ id: 'order:2' }), anOrder({ id: 'order:3', status: 'void' })];
    // Order 2 is not shipped: its one line is not.
    expect(liveOrders(orders, lines, profile).map((it) => [it.promisedOn, it.shippedOn])).toEqual([
      ['2026-06-05', '2026-06-07'],
      ['2026-06-05', null],
    ]);
  });
});

describe('on time, services and undated orders', () => {
  it('a milestone is done when it is delivered', () => {
    const lines = [aLine({ promisedOn: '2026-06-01', deliveredOn: '2026-06-03' })];
    expect(liveOrders([anOrder({ promisedOn: '2026-06-01' })], lines, profile)[0]?.shippedOn).toBe('2026-06-03');
  });

  it('an order that is shipped by its status only says nothing of time', () => {
    expect(liveOrders([anOrder({ status: 'sent', promisedOn: '2026-01-01' })], [], profile)).toEqual([]);
  });
});

describe('in full', () => {
  it('counts delivered lines with both quantities: 1 of 2', () => {
    const lines = [
      aLine({ deliveredOn: '2026-01-01', quantity: 10, deliveredQuantity: 10 }),
      aLine({ deliveredOn: '2026-01-01', quantity: 10, deliveredQuantity: 9 }),
      aLine({ deliveredOn: null, quantity: 10, deliveredQuantity: 0 }),
      aLine({ deliveredOn: '2026-01-01', quantity: null, deliveredQuantity: 1 }),
    ];
    expect(inFullShare(lines)).toBe(0.5);
    expect(inFullShare([])).toBeNull();
  });
});

describe('value', () => {
  it('of an order: its amount, else lines after discount: 3 x 10.00 x 0.85 = 25.50', () => {
    const line = aLine({ quantity: 3, unitPrice: eur(10), discount: 0.15 });
    expect(orderAmount(anOrder({ amount: eur(7) }), [line])).toEqual(eur(7));
    expect(orderAmount(anOrder(), [line])).toEqual(eur(25.5));
    expect(orderAmount(anOrder(), [line, aLine({ quantity: 1 })])).toBeNull();
    expect(orderAmount(anOrder(), [line, aLine({ quantity: 1, unitPrice: { minor: 1, currency: 'USD' } })])).toBeNull();
  });

  it('recurring: running contracts, else the account’s own, else a year of orders', () => {
    const today = '2026-06-01';
    const contracts = [aContract({ annual: eur(100) }), aContract({ annual: eur(50), endsOn: '2026-05-01' })];
    const account = anAccount({ recurring: eur(70) });
    const orders = [
      anOrder({ orderedOn: '2025-06-01', amount: eur(1) }),
      anOrder({ orderedOn: '2025-06-02', amount: eur(2) }),
      anOrder({ orderedOn: today, amount: eur(4) }),
    ];
    const of = (set: Parameters<typeof recordsOf>[0]) => recurringValue(recordsOf(set), profile, today);
    expect(of({ account, contracts, orders })).toMatchObject({ money: eur(100), source: 'contracts' });
    expect(of({ account, orders })).toMatchObject({ money: eur(70), source: 'account' });
    // The 365 days to 2026-06-01 begin on 2025-06-02: 2 + 4
    expect(of({ orders })).toMatchObject({ money: eur(6), source: 'orders' });
    expect(of({})).toMatchObject({ money: null, source: 'none' });
    expect(of({ orders: [anOrder({ orderedOn: today })] })).toMatchObject({
      money: null,
      reason: 'an order without an amount',
    });
  });
});

describe('the next decision', () => {
  it('a contract until 9999-12-31 has no end: no decision, and not eight thousand years of revenue at risk', () => {
    const contracts = [aContract({ startsOn: '2026-01-01', endsOn: '9999-12-31', annual: eur(1000) })];
    expect(nextTerm(recordsOf({ contracts }), profile, '2026-06-01')).toBeNull();
    expect(recurringValue(recordsOf({ contracts }), profile, '2026-06-01').money).toEqual(eur(1000));
    const renewing = [aContract({ endsOn: '9999-12-31', autoRenews: true })];
    expect(nextTerm(recordsOf({ contracts: renewing }), profile, '2026-06-01')).toBeNull();
  });

  it('is the contract’s end less notice; contracts ending within 45 days are one', () => {
    const contracts = [
      aContract({ endsOn: '2026-12-31', noticeDays: 90 }),
      aContract({ id: 'contract:2', startsOn: '2024-02-01', endsOn: '2027-01-31', noticeDays: 180 }),
      aContract({ id: 'contract:3', endsOn: '2027-06-30', noticeDays: 365 }),
    ];
    // 2027-01-31 is 31 days after 2026-12-31: one decision. 2027-01-31 less 180 days = 2026-08-04; the third is not in it.
    // Terms: 365 days and 2024-02-01 to 2027-01-31 = 1096 days.
    expect(nextTerm(recordsOf({ contracts }), profile, '2026-06-01')).toEqual({
      source: 'contract',
      endsOn: '2026-12-31',
      decisionOn: '2026-08-04',
      termDays: 1096,
      autoRenews: null,
    });
  });

  it('falls back to the account’s renewal day, then an open renewal opportunity', () => {
    const opportunities = [anOpportunity({ type: 'renewal', closeOn: '2026-09-01' })];
    const account = anAccount({ renewalOn: '2026-08-01' });
    expect(nextTerm(recordsOf({ account, opportunities }), profile, '2026-06-01')?.endsOn).toBe('2026-08-01');
    expect(nextTerm(recordsOf({ opportunities }), profile, '2026-06-01')?.source).toBe('opportunity');
    expect(nextTerm(recordsOf(), profile, '2026-06-01')).toBeNull();
  });
});

describe('touches', () => {
  it('are calls, mails and meetings of people: our own records, notes and tasks are none', () => {
    const occurredAt = at('2026-01-01');
    const all = [
      anActivity({ id: 'a', kind: 'call', occurredAt }),
      anActivity({ id: 'b', kind: 'email', occurredAt, byUs: true }),
      anActivity({ id: 'c', kind: 'note', occurredAt }),
      anActivity({ id: 'd', kind: 'task', occurredAt }),
      anActivity({ id: 'e', kind: 'meeting', occurredAt: null }),
    ];
    expect(touches(all).map((it) => it.id)).toEqual(['a']);
  });

  it('go both ways when the customer wrote, called or met', () => {
    expect(isTwoWay({ kind: 'meeting', direction: null })).toBe(true);
    expect(isTwoWay({ kind: 'email', direction: 'inbound' })).toBe(true);
    expect(isTwoWay({ kind: 'call', direction: 'outbound' })).toBe(false);
  });
});

describe('median', () => {
  it('of odd, even and none', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, null]);
  });
});
