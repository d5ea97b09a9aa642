import { fc, it as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { accountMovements } from './account-movements.ts';
import type { AccountRevenue } from './account-revenue.ts';
import { bookMovements } from './book-movements.ts';
import { monthlyRecurring, type PlanLineKind } from './monthly-recurring.ts';
import { renewalRates } from './renewal-rate.ts';
import { annualise, grr, nrr, quickRatio } from './revenue-retention.ts';

const MINUTE = 60_000;
const one = (set: Partial<AccountRevenue>): AccountRevenue => ({
  accountId: 'account:1',
  m0: 100,
  m1: 100,
  path: [],
  ...set,
});

describe('movements, by hand', () => {
  it('cancelling and signing again within 60 minutes is no churn; after 61 it is, and a reactivation', () => {
    const again = (minutes: number) => [
      { at: 0, change: -100 },
      { at: minutes * MINUTE, change: 120 },
    ];
    expect(accountMovements(one({ m1: 120, path: again(60) }))).toMatchObject([{ kind: 'expansion', amount: 20 }]);
    expect(accountMovements(one({ m1: 120, path: again(61) }))).toMatchObject([
      { kind: 'churn', amount: 100, at: 0 },
      { kind: 'reactivation', amount: 120, at: 61 * MINUTE },
    ]);
  });

  it('rule 14: reward credits and free periods are no movements', () => {
    const path = [
      { at: 0, change: -30, cause: 'reward-credit' as const },
      { at: MINUTE * 90, change: -100, cause: 'free-period' as const },
      { at: MINUTE * 900, change: 100, cause: 'free-period' as const },
    ];
    expect(accountMovements(one({ path }))).toEqual([]);
  });

  it('rule 14: only what is paid recurs: 100 less 20 discount, and no trial, credit, free month or fee', () => {
    const line = (kind: PlanLineKind, listMonthly: number, netMonthly = listMonthly) => ({
      kind,
      listMonthly,
      netMonthly,
    });
    const others = (['trial', 'free-period', 'reward-credit', 'one-off'] as const).map((kind) => line(kind, -30));
    expect(monthlyRecurring([line('paid', 100, 80), ...others])).toEqual({ list: 100, net: 80 });
  });

  it('an account that had left before is a reactivation, not new, and in nobody’s NRR', () => {
    const back = one({ accountId: 'account:2', m0: 0, m1: 70, paidBefore: true });
    const book = bookMovements([one({}), back, one({ accountId: 'account:3', m0: 0, m1: 30 })]);
    expect(book.netted).toMatchObject({ reactivation: 70, new: 30 });
    expect([nrr(book).value, book.end]).toEqual([1, 200]);
  });

  it('what the path leaves unexplained is one movement without a date', () => {
    const path = [{ at: 5, change: -40 }];
    expect(accountMovements(one({ m1: 0, path }))).toMatchObject([
      { kind: 'contraction', amount: 40, at: 5 },
      { kind: 'churn', amount: 60, at: null },
    ]);
  });

  it('two changes of one moment may be given in any order: 100 less 130 plus 50 is 20', () => {
    const path = [
      { at: 5, change: -130 },
      { at: 5, change: 50 },
    ];
    expect(bookMovements([one({ m1: 20, path })])).toMatchObject({ leftOut: [], events: { contraction: 80 } });
  });

  it('figures that cannot be are left out with a reason', () => {
    const book = bookMovements([
      one({ m1: 10.5 }),
      one({ accountId: 'account:2', m0: -1 }),
      one({ accountId: 'account:3', path: [{ at: 1, change: -101 }] }),
      one({ accountId: 'account:4', m0: Number.NaN }),
    ]);
    expect(book.leftOut.map((it) => it.reason)).toEqual([
      'amounts are not whole minor units',
      'a negative amount',
      'its changes fall below zero',
      'amounts are not whole minor units',
    ]);
    expect(grr(book).value).toBeNull();
  });

  it('quick ratio: (30 + 50 + 20) / (15 + 10) = 4; without reactivation 80 / 25 = 3.2', () => {
    const totals = {
      new: 30,
      expansion: 50,
      reactivation: 20,
      contraction: 15,
      churn: 10,
      escalated: 0,
      discountEnded: 0,
    };
    expect(quickRatio(totals).value).toBe(4);
    expect(quickRatio(totals, { reactivation: false }).value).toBe(3.2);
  });

  it('a year of 2 % a month is 1 - .98^12 = .21528, not .24; a net gain does not compound', () => {
    const churn = (value: number) => ({ value, n: 400, reason: null });
    expect(annualise(churn(0.02)).value).toBeCloseTo(0.21528, 5);
    expect(annualise(churn(-0.01)).value).toBeNull();
  });

  it('renewal of what was due and churn of all: 70 of 100 due, 400 in all: .7, .3 and .075; an account is netted first', () => {
    const rows = [
      { accountId: 'account:1', due: 60, renewed: 30 },
      { accountId: 'account:2', due: 20, renewed: 40 },
      { accountId: 'account:2', due: 20, renewed: 10 },
    ];
    // Account 2: 40 due, 50 renewed, capped at 40. Kept 30 + 40 = 70 of 100.
    const rates = renewalRates(rows, 400);
    expect([rates.renewal.value, rates.nonRenewal.value, rates.churnFromRenewals.value]).toEqual([0.7, 0.3, 0.075]);
    expect(renewalRates([], 400).renewal).toEqual({ value: null, n: 0, reason: 'nothing was due' });
  });
});

const changes = fc.array(
  fc.record({ at: fc.integer({ min: 0, max: 10_000_000 }), step: fc.integer({ min: 0, max: 500 }) }),
);
/** A path by levels, so that it never falls below 0. */
const anAccount = fc
  .record({ m0: fc.integer({ min: 0, max: 300 }), paidBefore: fc.boolean(), levels: changes })
  .map(({ m0, paidBefore, levels }) => {
    const sorted = [...levels].sort((a, b) => a.at - b.at);
    const path = sorted.map((it, i) => ({ at: it.at, change: it.step - (sorted[i - 1]?.step ?? m0) }));
    return { m0, m1: sorted.at(-1)?.step ?? m0, paidBefore, path };
  });

describe('movements, properties', () => {
  property.prop([fc.array(anAccount, { maxLength: 12 })])(
    'both forms lead from start to end, NRR is its movement form, GRR lies between 0 and 1 and under NRR',
    (parts) => {
      const book = bookMovements(parts.map((it, i) => ({ ...it, accountId: `account:${i}` })));
      for (const it of [book.events, book.netted]) {
        const end = book.start + it.new + it.expansion + it.reactivation - it.contraction - it.churn;
        expect(end).toBe(book.end);
      }
      const { expansion, contraction, churn } = book.netted;
      const [gross, net] = [grr(book).value, nrr(book).value];
      if (gross === null || net === null) return;
      expect(net).toBeCloseTo((book.start + expansion - contraction - churn) / book.start, 9);
      expect(gross).toBeGreaterThanOrEqual(0);
      expect(gross).toBeLessThanOrEqual(Math.min(1, net));
    },
  );
});
