import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../model/dates.ts';
import { meanTenure } from '../cohorts/mean-tenure.ts';
import { monthsBetween, shiftMonth } from '../month.ts';
import type { AccountRevenue, RevenueChange } from './account-revenue.ts';
import { billingState } from './billing-state.ts';
import { bookMovements } from './book-movements.ts';
import { churnDay } from './churn-day.ts';
import { convertAtStart } from './convert-at-start.ts';
import { logoChurn } from './logo-churn.ts';
import { monthlyRecurring } from './monthly-recurring.ts';
import { movementsByMonth } from './movements-by-month.ts';
import { grossRevenueChurn, grr, netRevenueChurn, nrr, quickRatio } from './revenue-retention.ts';
import { underParents } from './under-parents.ts';
import { usageRecurring } from './usage-recurring.ts';

const at = (text: string): number => parseInstant(text) ?? Number.NaN;
const on = (day: string, change: number, cause?: RevenueChange['cause']): RevenueChange =>
  cause ? { at: at(`${day}T12:00:00Z`), change, cause } : { at: at(`${day}T12:00:00Z`), change };
const account = (id: number, m0: number, m1: number, path: readonly RevenueChange[] = []): AccountRevenue => ({
  accountId: `account:${id}`,
  m0,
  m1,
  path,
});

/** Every expected value is worked out by hand in the comment above it. */
describe('the fourteen traps of retention figures', () => {
  it('trap 1, reactivation inside the window: retained in NRR (point to point), churned in logo churn, by hand', () => {
    const book = bookMovements([
      account(1, 100, 100, [on('2026-02-10', -100), on('2026-11-10', 100)]),
      account(2, 300, 300),
    ]);
    // NRR (100 + 300) / 400 = 1; logo churn 1 of 2, that one back; nobody at 0 at the end.
    expect(nrr(book).value).toBe(1);
    expect(logoChurn(book)).toMatchObject({ value: 0.5, churned: 1, reactivated: 1, lost: 0 });
    // Events: churn 100 and reactivation 100, not new. Netted: nothing moved.
    expect(book.events).toMatchObject({ churn: 100, reactivation: 100, new: 0 });
    expect(book.netted).toMatchObject({ churn: 0, reactivation: 0, expansion: 0, contraction: 0 });
  });

  it('trap 2, upsell then downgrade below the start: net for each account, by hand', () => {
    const book = bookMovements([
      account(1, 100, 80, [on('2026-03-01', 50), on('2026-09-01', -70)]),
      account(2, 100, 130, [on('2026-04-01', 30)]),
    ]);
    // GRR (80 + 100) / 200 = .9, NRR 210 / 200 = 1.05; capping in total would give min(200, 210) / 200 = 1.
    expect(grr(book).value).toBe(0.9);
    expect(nrr(book).value).toBe(1.05);
    expect(grossRevenueChurn(book).value).toBeCloseTo(0.1, 12);
    expect(netRevenueChurn(book).value).toBeCloseTo(-0.05, 12);
    // Netted: contraction 20 and expansion 30, so (200 + 30 - 20) / 200 = 1.05. Events: 80 and 70 give the same end.
    expect(book.netted).toMatchObject({ expansion: 30, contraction: 20 });
    expect(book.events).toMatchObject({ expansion: 80, contraction: 70 });
  });

  it('trap 3, a price rise agreed in the contract is expansion, and not expansion won, by hand', () => {
    const book = bookMovements([account(1, 100, 125, [on('2026-01-15', 5, 'escalator'), on('2026-06-15', 20)])]);
    expect(book.events).toMatchObject({ expansion: 25, escalated: 5 });
    expect(book.netted).toMatchObject({ expansion: 25, escalated: 5 });
    expect(nrr(book).value).toBe(1.25);
  });

  it('trap 4, a discount that ends: list and net are kept, net expands and says why, by hand', () => {
    const line = (netMonthly: number) => [{ kind: 'paid' as const, listMonthly: 100, netMonthly }];
    const [before, after] = [monthlyRecurring(line(80)), monthlyRecurring(line(100))];
    expect([before, after]).toEqual([
      { list: 100, net: 80 },
      { list: 100, net: 100 },
    ]);
    const net = bookMovements([account(1, before.net, after.net, [on('2026-07-01', 20, 'discount-end')])]);
    const list = bookMovements([account(1, before.list, after.list)]);
    // Net 100 / 80 = 1.25, of the 20 all from the discount; by list prices nothing moved.
    expect([nrr(net).value, nrr(list).value]).toEqual([1.25, 1]);
    expect(net.events).toMatchObject({ expansion: 20, discountEnded: 20 });
  });

  it('trap 5, usage-based: three trailing months of the larger of committed and metered, by hand', () => {
    const months = [500, 60, 150, 90].map((metered) => ({ committed: 100, metered }));
    // The last three: (100 + 150 + 100) / 3 = 116.67; the month of 500 is out.
    expect(usageRecurring(months)).toEqual({ value: 117, n: 3, reason: null });
    expect(usageRecurring(months.slice(0, 1))).toEqual({ value: 500, n: 1, reason: null });
    expect(usageRecurring([]).value).toBeNull();
  });

  it('trap 6, exchange rates: both sides at the rate of the start, and no movement, by hand', () => {
    const rates = { currency: 'EUR', rates: { USD: { rate: 0.9, on: '2026-01-01' } } };
    const usd = account(1, 100_00, 110_00, [on('2026-05-01', 10_00)]);
    // 100 USD -> 90 EUR, 110 USD -> 99 EUR; the rate of the end plays no part.
    expect(convertAtStart(usd, 'USD', rates).revenue).toMatchObject({ m0: 90_00, m1: 99_00, path: [{ change: 9_00 }] });
    expect(convertAtStart(usd, 'CHF', rates)).toEqual({ revenue: null, reason: 'no rate for CHF' });
    // Amounts that a CRM has already converted: the change is marked as the currency's and moves nothing.
    const book = bookMovements([account(2, 100, 100, [on('2026-05-01', -7, 'currency')])]);
    expect(book.movements).toEqual([]);
    expect(nrr(book).value).toBe(1);
  });

  it('trap 7, an account that is merged or gets a parent is not churn: both ends move, by hand', () => {
    const survivor = account(1, 60, 90, [on('2026-06-01', 40), on('2026-08-01', -10)]);
    const merged = account(2, 40, 0, [on('2026-06-01', -40)]);
    const apart = bookMovements([survivor, merged]);
    expect(logoChurn(apart).value).toBe(0.5);
    const together = bookMovements(underParents([survivor, merged], new Map([['account:2', 'account:1']])));
    // 60 + 40 = 100 at the start, 90 at the end: contraction of 10.
    expect(logoChurn(together)).toMatchObject({ n: 1, churned: 0 });
    expect(together.events).toMatchObject({ churn: 0, contraction: 10, expansion: 0 });
    expect(grr(together).value).toBe(0.9);
  });

  it('trap 8, the date of a churn: three kinds kept apart, the end of the paid term by default', () => {
    const days = { noticeOn: '2026-03-31', endOfTermOn: '2026-06-30', lastPaymentOn: null };
    expect(churnDay(days)).toBe('2026-06-30');
    expect(churnDay(days, 'noticeOn')).toBe('2026-03-31');
    expect(churnDay(days, 'lastPaymentOn')).toBeNull();
  });

  it('trap 9, paused and past due are states of their own: churn only after the grace period, with a reason', () => {
    const unpaid = { pausedOn: null, pastDueOn: '2026-01-01' };
    // 60 days from 1 January 2026: 2 March.
    expect(billingState(unpaid, '2026-03-02')).toEqual({
      state: 'past-due',
      since: '2026-01-01',
      churnsOn: '2026-03-02',
    });
    expect(billingState(unpaid, '2026-03-03')).toEqual({ state: 'churned', churnedOn: '2026-03-02', reason: 'unpaid' });
    expect(billingState({ pausedOn: '2026-02-01', pastDueOn: null }, '2026-02-02').state).toBe('paused');
    expect(billingState({ pausedOn: '2026-02-01', pastDueOn: null }, '2026-01-31').state).toBe('running');
  });

  it('trap 10, free and trial accounts are not in the cohort; their first payment is new', () => {
    const trial = monthlyRecurring([{ kind: 'trial', listMonthly: 50, netMonthly: 0 }]).net;
    const book = bookMovements([account(1, trial, 50, [on('2026-02-01', 50)]), account(2, 100, 100)]);
    expect([book.n, book.events.new, nrr(book).value]).toEqual([1, 50, 1]);
  });

  it('trap 11, a denominator of 0 gives null with a reason, never 0 or 1', () => {
    const empty = bookMovements([account(1, 0, 50, [on('2026-02-01', 50)])]);
    for (const figure of [grr(empty), nrr(empty), logoChurn(empty), netRevenueChurn(empty)]) {
      expect(figure).toMatchObject({ value: null, reason: 'no account had recurring revenue at the start' });
    }
    expect(quickRatio(empty.events)).toMatchObject({ value: null, reason: 'nothing was lost: the ratio has no bound' });
  });

  it('trap 12, months are civil months of the org’s zone, whatever their length', () => {
    const late = { at: at('2026-01-31T23:30:00Z'), change: 10 };
    const { movements } = bookMovements([account(1, 100, 110, [late])]);
    // Half an hour before midnight in London is half an hour after it in Berlin.
    expect(movementsByMonth(movements, 'Europe/London').map((it) => it.month)).toEqual(['2026-01']);
    expect(movementsByMonth(movements, 'Europe/Berlin').map((it) => it.month)).toEqual(['2026-02']);
    // January to February is one month of 31 days, February to March one of 28.
    expect([monthsBetween('2026-01', '2026-02'), monthsBetween('2026-02', '2026-03')]).toEqual([1, 1]);
    expect([shiftMonth('2026-12', 1), shiftMonth('2026-01', -1), shiftMonth('2024-02', 12)]).toEqual([
      '2027-01',
      '2025-12',
      '2025-02',
    ]);
  });

  it('trap 13, survivorship: tenure comes from all who started, not from those still there, by hand', () => {
    const stays = [
      { months: 2, left: true },
      { months: 4, left: true },
      { months: 6, left: false },
      { months: 6, left: false },
    ];
    // 2 months at 1, 2 at 3/4, 2 at 1/2: 4.5. Those still there average 6.
    expect(meanTenure(stays, 6)).toEqual({ value: 4.5, n: 4, reason: null });
    expect(meanTenure(stays, 12).value).toBeNull();
    expect(meanTenure([], 12).value).toBeNull();
  });

  it('trap 14, few accounts: n and Wilson’s interval stand beside the figure, by hand', () => {
    const book = bookMovements([account(1, 100, 0), ...[2, 3, 4, 5].map((id) => account(id, 100, 100))]);
    // 1 of 5, z = 1.959964: centre (.2 + z²/10) / (1 + z²/5) = .3303447, half-width 1.959964 sqrt(.032 + z²/100) / (1 + z²/5) = .2941206
    const { value, n, interval } = logoChurn(book);
    expect([value, n]).toEqual([0.2, 5]);
    expect(interval?.[0]).toBeCloseTo(0.036224, 5);
    expect(interval?.[1]).toBeCloseTo(0.624465, 5);
  });
});
