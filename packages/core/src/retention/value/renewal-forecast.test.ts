import { describe, expect, it } from 'vitest';
import type { Decision } from '../outcomes/decision.ts';
import { forecastAgainstActual } from './forecast-against-actual.ts';
import { forecastClass, renewalForecast } from './renewal-forecast.ts';
import type { ValuedRisk } from './valued-risk.ts';

const risk = (
  id: number,
  probability: number,
  decidesOn: string | null,
  set: Partial<ValuedRisk> = {},
): ValuedRisk => ({
  accountId: `account:${id}`,
  ownerId: null,
  segment: null,
  model: 'contract',
  probability,
  variance: 0,
  horizonDays: 365,
  decidesOn,
  contraction: null,
  annualMargin: 50_000,
  annualRevenue: 100_000,
  tenureDays: null,
  ...set,
});
const settings = { on: '2026-06-10', months: 3, currency: 'EUR', interval: () => [10_000, 60_000] as const };
const book = [
  risk(1, 0.05, '2026-06-30'),
  risk(2, 0.1, '2026-06-15', { contraction: { probability: 0.5, share: 0.2 } }),
  risk(3, 0.4, '2026-08-31'),
  risk(4, 0.4, '2026-08-01', { annualRevenue: null }),
  risk(5, 0.4, '2026-09-01'),
  risk(6, 0.4, '2026-06-09'),
  risk(7, 0.4, null),
  risk(8, 0.4, null, { model: 'orders' }),
];

describe('renewal forecast, by hand', () => {
  it('borders belong to the worse side', () => {
    expect([0.0999, 0.1, 0.2999, 0.3].map((it) => forecastClass(it))).toEqual([
      'committed',
      'likely',
      'likely',
      'at risk',
    ]);
  });

  it('goes by decision month; empty months are there; overdue and undated renewals are named', () => {
    const forecast = renewalForecast(book, settings);
    expect(forecast.months.map((it) => [it.month, it.renewals, it.due, it.expected, it.withoutValue])).toEqual([
      // 100,000 x .95 + 100,000 x .9 x (1 - .5 x .2) = 95,000 + 81,000
      ['2026-06', 2, 200_000, 176_000, 0],
      ['2026-07', 0, 0, 0, 0],
      ['2026-08', 2, 100_000, 60_000, 1],
    ]);
    expect(forecast.months[0]?.classes).toEqual({
      committed: { renewals: 1, due: 100_000 },
      likely: { renewals: 1, due: 100_000 },
      'at risk': { renewals: 0, due: 0 },
    });
    // Expected loss 5,000 + 10,000, so 176,000 + 15,000 - 60,000 to 176,000 + 15,000 - 10,000.
    expect(forecast.months[0]?.interval).toEqual([131_000, 181_000]);
    expect(forecast.overdue).toEqual(['account:6']);
    expect(forecast.withoutDecision).toEqual(['account:7']);
    expect(forecast.lines.map((it) => it.accountId)).toEqual(['account:2', 'account:1', 'account:4', 'account:3']);
  });
});

const decision = (id: number, decidesOn: string, outcome: Decision['outcome'], after: number | null): Decision => ({
  accountId: `account:${id}`,
  model: 'contract',
  decidesOn,
  startsOn: '2025-07-01',
  endsOn: '2026-06-30',
  horizonDays: 365,
  outcome,
  knownOn: null,
  cause: null,
  reactivatedOn: null,
  dates: { noticeOn: null, endOfTermOn: null, lastPaymentOn: null },
  annualBefore: null,
  annualAfter: after === null ? null : { minor: after, currency: 'EUR' },
});

describe('forecast against actual, by hand', () => {
  it('counts kept, lost, pending and competing apart, and caps what was renewed at what was due', () => {
    const { lines } = renewalForecast(book, settings);
    const results = forecastAgainstActual(lines, [
      decision(1, '2026-07-10', 'kept', 130_000),
      decision(2, '2026-06-15', 'contracted', 70_000),
      decision(2, '2025-06-15', 'lost', 0),
      decision(3, '2026-08-31', 'lost', null),
      decision(4, '2026-08-01', 'pending', null),
    ]);
    const all = results.find((it) => it.forecast === 'all');
    // Decided: 1, 2, 3. Expected kept .95 + .9 + .6; renewed 100,000 (capped) + 70,000 + 0 of 300,000.
    expect(all).toMatchObject({
      renewals: 4,
      decided: 3,
      kept: 2,
      expectedKept: expect.closeTo(2.45, 12),
      due: 300_000,
      expected: 95_000 + 81_000 + 60_000,
      renewed: 170_000,
      pending: 1,
      competing: 0,
      notFound: 0,
      withoutValue: 0,
    });
    // The quarter from June to August has all four, the one that ends in July the two of June.
    const ofQuarter = (from: string, to: string) => forecastAgainstActual(lines, [], { from, to }).at(-1)?.renewals;
    expect([ofQuarter('2026-06', '2026-08'), ofQuarter('2026-05', '2026-07')]).toEqual([4, 2]);
    expect(results.find((it) => it.forecast === 'at risk')).toMatchObject({
      renewals: 2,
      decided: 1,
      kept: 0,
      pending: 1,
    });
  });

  it('a decision 46 days off is another one, and a class without decisions has no share', () => {
    const { lines } = renewalForecast([risk(1, 0.05, '2026-06-30')], settings);
    const of = (decidesOn: string) => forecastAgainstActual(lines, [decision(1, decidesOn, 'kept', 1)])[0];
    // 30 June to 14 August is 45 days.
    expect(of('2026-08-14')).toMatchObject({ decided: 1, notFound: 0 });
    expect(of('2026-08-15')).toMatchObject({ decided: 0, notFound: 1, keptShare: { value: null, interval: null } });
  });
});
