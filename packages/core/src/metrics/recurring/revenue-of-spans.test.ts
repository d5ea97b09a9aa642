import { describe, expect, it } from 'vitest';
import { bookMovements } from './book-movements.ts';
import { movementsByMonth } from './movements-by-month.ts';
import { revenueOfSpans } from './revenue-of-spans.ts';

const window = { from: '2026-01-01', to: '2026-12-31', timeZone: 'UTC' };
const until = (to: string) => ({ from: '2025-01-01', to, monthly: 100 });
const from = (day: string, monthly: number) => ({ from: day, to: null, monthly });

describe('revenue of dated stretches, by hand', () => {
  it('a renewal 60 days late is none; 61 days late it is churn and reactivation', () => {
    // The first day without revenue is 1 April; 60 days later is 31 May.
    const late = revenueOfSpans('account:1', [until('2026-03-31'), from('2026-05-31', 120)], window).revenue;
    expect(bookMovements([late]).movements).toMatchObject([{ kind: 'expansion', amount: 20 }]);
    const lost = revenueOfSpans('account:1', [until('2026-03-31'), from('2026-06-01', 120)], window).revenue;
    expect(bookMovements([lost]).movements).toMatchObject([
      { kind: 'churn', amount: 100 },
      { kind: 'reactivation', amount: 120 },
    ]);
    expect([lost.m0, lost.m1]).toEqual([100, 120]);
  });

  it('one contract of two ends: contraction, not churn', () => {
    const { revenue } = revenueOfSpans('account:1', [until('2026-06-30'), from('2025-03-01', 40)], window);
    expect(bookMovements([revenue]).movements).toMatchObject([{ kind: 'contraction', amount: 100 }]);
  });

  it('an end within the last 60 days is pending and counts as it was', () => {
    expect(revenueOfSpans('account:1', [until('2026-11-02')], window)).toMatchObject({
      revenue: { m0: 100, m1: 100, path: [] },
      pendingSince: '2026-11-03',
    });
    // 60 days from 1 November lead to 31 December.
    expect(revenueOfSpans('account:1', [until('2026-10-31')], window)).toMatchObject({
      revenue: { m1: 0 },
      pendingSince: null,
    });
  });

  it('who paid before the window and comes back in it is a reactivation', () => {
    const { revenue } = revenueOfSpans('account:1', [until('2025-06-30'), from('2026-02-01', 90)], window);
    expect(revenue).toMatchObject({ m0: 0, m1: 90, paidBefore: true });
    expect(bookMovements([revenue]).events).toMatchObject({ reactivation: 90, new: 0 });
  });

  it('changes fall into the civil month of their day in every zone', () => {
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Auckland', 'UTC', 'Pacific/Pago_Pago', 'Etc/GMT+12']) {
      const { revenue } = revenueOfSpans('account:1', [from('2026-03-01', 10)], { ...window, timeZone });
      expect(movementsByMonth(bookMovements([revenue]).movements, timeZone).map((it) => it.month)).toEqual(['2026-03']);
    }
    expect(revenueOfSpans('account:1', [], window).revenue).toMatchObject({ m0: 0, m1: 0, path: [] });
  });
});
