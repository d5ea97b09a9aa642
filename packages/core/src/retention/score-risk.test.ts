import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountFacts, FactId } from '../features/facts.ts';
import type { LastCards } from './last-card.ts';
import { scoreRisk } from './score-risk.ts';
import type { Scorecard } from './scorecard.ts';
import { CONTRACT_CARD, ORDERS_CARD } from './scorecards.ts';

/** Enough facts at their neutral value to be scored without moving the score. */
const neutral: AccountFacts = {
  openUrgentTickets: 0,
  escalations90: 0,
  overdueLines: 0,
  ownerMissing: 0,
  managerView: 0,
  renewals: 0,
};

describe('first-form score, by hand', () => {
  it('a usual contract account: 11 % by its decision, health 75, nothing to name', () => {
    const score = scoreRisk({ model: 'contract', ...neutral });
    expect(score.churnProbability).toBeCloseTo(0.11, 12);
    // logit(.11) = ln(.11 / .89) = -2.0907411
    expect(score.logOdds).toBeCloseTo(-2.0907411, 7);
    expect(score.horizonDays).toBe(365);
    expect(score.healthScore).toBe(75);
    expect(score.band).toBe('healthy');
    expect(score.coverage).toBeCloseTo(6 / 25, 12);
  });

  it('adds the points per stated swing: half the reference seats and one urgent ticket', () => {
    const score = scoreRisk({ model: 'contract', ...neutral, seatsUsedShare: 0.4, openUrgentTickets: 1 });
    // -2.0907411 + 0.8 (0.8 -> 0.4 of seats) + 0.5 (one ticket) = -0.7907411; 1 / (1 + e^0.7907411) = 0.31201
    expect(score.logOdds).toBeCloseTo(-0.7907411, 7);
    expect(score.churnProbability).toBeCloseTo(0.31201, 5);
    // 300 / (3 + e^1.3) = 300 / 6.6693 = 44.98
    expect(score.healthScore).toBe(45);
    expect(score.band).toBe('watch');
    expect(score.mainReason).toBe('usage');
    // Without the seats: 1 / (1 + e^1.5907411) = 0.16928; 0.31201 - 0.16928 = 0.14273
    expect(score.drivers[0]).toMatchObject({ feature: 'seatsUsedShare', logOdds: 0.8, reference: 0.8 });
    expect(score.drivers[0]?.probability).toBeCloseTo(0.14273, 4);
  });

  it('scales the yearly rate to 90 days for order-based accounts only: 1 - 0.89^(90/365) = 2.833 %', () => {
    expect(scoreRisk({ model: 'orders', ...neutral }).churnProbability).toBeCloseTo(0.0283254, 6);
    expect(scoreRisk({ model: 'contract', termDays: 1095, ...neutral }).churnProbability).toBeCloseTo(0.11, 12);
  });

  it('revenue at risk is the chance times the recurring value in the horizon', () => {
    const recurring = { minor: 1_000_000, currency: 'EUR' };
    // A term of two years: 10,000.00 x 730 / 365 = 20,000.00; x 0.11 = 2,200.00
    const contract = scoreRisk({ model: 'contract', termDays: 730, recurring, ...neutral });
    expect(contract.revenueInHorizon).toEqual({ minor: 2_000_000, currency: 'EUR' });
    expect(contract.revenueAtRisk).toEqual({ minor: 220_000, currency: 'EUR' });
    // 10,000.00 x 90 / 365 = 2,465.75; x 0.0283254 = 69.84
    expect(scoreRisk({ model: 'orders', recurring, ...neutral }).revenueAtRisk).toEqual({
      minor: 6984,
      currency: 'EUR',
    });
    expect(scoreRisk(neutral).revenueAtRisk).toBeNull();
  });

  it('lets an NPS answer fade by half in 120 days', () => {
    const fresh = scoreRisk({ ...neutral, npsLast: 4, npsAgeDays: 0 });
    const old = scoreRisk({ ...neutral, npsLast: 4, npsAgeDays: 240 });
    // 7.5 -> 4 is one swing of 0.5; two half-lives leave a quarter, 0.125
    expect(fresh.logOdds - fresh.baseLogOdds).toBeCloseTo(0.5, 12);
    expect(old.logOdds - old.baseLogOdds).toBeCloseTo(0.125, 12);
  });

  it('the 90 % interval comes from the prior widths: sd sqrt(1 + (0.5 x swings)^2)', () => {
    const { interval } = scoreRisk({ model: 'contract', ...neutral, openUrgentTickets: 2 });
    // eta = -2.0907411 + 1.0 = -1.0907411; two swings: sd = sqrt(1 + 1) = 1.4142; 1.6449 x 1.4142 = 2.32624
    // 1 / (1 + e^3.41698) = 0.03177; 1 / (1 + e^-1.23550) = 0.77478
    expect(interval[0]).toBeCloseTo(0.03177, 4);
    expect(interval[1]).toBeCloseTo(0.77478, 4);
  });

  it('knowing too little is not scored, and says so; it is not bad and not good', () => {
    const score = scoreRisk({ model: 'contract', openUrgentTickets: 3 });
    expect(score.healthScore).toBeNull();
    expect(score.band).toBe('not_scored');
    expect(score.reasons).toContain('Not scored');
    expect(scoreRisk({}).mainReason).toBe('missing_data');
  });

  it('notice given is at risk at once, however little else is known', () => {
    const score = scoreRisk({ noticeGiven: 1 });
    expect(score.band).toBe('at_risk');
    // 300 / (3 + e^5) = 300 / 151.41 = 1.98
    expect(score.healthScore).toBe(2);
    expect(score.mainReason).toBe('contract');
  });

  it('says what is judged, the assumption, signed drivers, coverage and what changed', () => {
    const facts: AccountFacts = { model: 'contract', ...neutral, seatsUsedShare: 0.4, managerView: -1 };
    const previous = { healthScore: 60, healthBand: 'watch' as const, bandSince: '2026-01-01' };
    expect(scoreRisk({ ...facts, on: '2026-06-01' }, { previous }).reasons.split('\n')).toEqual([
      'Odds of loss at the next decision (term 365 days): about 1.1 times those of a usual account.',
      'First form: the points are assumptions, not yet held against outcomes.',
      '+ Seats in use: 40 % (neutral 80 %), odds x 2.2',
      '- Our own view: good (neutral unsure), odds x 0.5',
      'Known: 7 of 25 drivers. Health moved from 60 to 73.',
    ]);
  });

  it('held against outcomes: says what the last card of its own model said, and when', () => {
    const facts: AccountFacts = { model: 'contract', ...neutral };
    const basis = (cards: LastCards) => scoreRisk(facts, { cards }).reasons.split('\n')[1];
    const contract = { verdict: 'no-signal' as const, on: '2026-01-31' };
    expect(basis({ contract })).toBe(
      'First form: the points are assumptions; the accuracy card of 2026-01-31 says: no signal.',
    );
    expect(basis({ contract: { ...contract, verdict: 'passes' } })).toBe(
      'First form: the points are assumptions; the accuracy card of 2026-01-31 has passed for a model that is not in use yet.',
    );
    expect(basis({ orders: contract })).toContain('not yet held against outcomes');
  });

  it('exactly a fifth is enough, whatever the number of drivers: 5 of 25', () => {
    const rows = Array.from({ length: 25 }, (_, i) => ({ ...ORDERS_CARD.rows[0]!, feature: ids[i] ?? 'npsLast' }));
    const ordersCard: Scorecard = { ...ORDERS_CARD, rows };
    const known = Object.fromEntries(rows.slice(0, 5).map(({ feature }) => [feature, 1]));
    const score = scoreRisk({ model: 'orders', ...known }, { ordersCard });
    expect([score.coverage, score.missing.length]).toEqual([0.2, 20]);
    expect(score.healthScore).not.toBeNull();
  });

  it('a company may bring its own card', () => {
    const ordersCard: Scorecard = { ...ORDERS_CARD, yearlyLoss: 0.3, rows: ORDERS_CARD.rows.slice(0, 1) };
    // 1 - 0.7^1 = 0.3 over a year
    const score = scoreRisk({ model: 'orders', orderIntervalDrift: 1 }, { ordersCard, ordersHorizonDays: 365 });
    expect(score.churnProbability).toBeCloseTo(0.3, 12);
    expect(score.coverage).toBe(1);
  });
});

const ids = [...new Set([...CONTRACT_CARD.rows, ...ORDERS_CARD.rows].map((it) => it.feature))];
const value = fc.option(fc.oneof(fc.double({ min: -5, max: 400, noNaN: true }), fc.constantFrom(0, 1, 0.5)), {
  nil: null,
});
const anyFacts = fc.record(
  {
    ...(Object.fromEntries(ids.map((id) => [id, value])) as Record<FactId, typeof value>),
    npsAgeDays: value,
    model: fc.constantFrom('contract' as const, 'orders' as const),
  },
  { requiredKeys: [] },
);

describe('first-form score, properties', () => {
  it('drivers add up exactly, bit for bit, to the log-odds', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const score = scoreRisk(facts);
        expect(score.drivers.reduce((sum, it) => sum + it.logOdds, score.baseLogOdds)).toBe(score.logOdds);
        expect(score.churnProbability).toBeGreaterThan(0);
        expect(score.churnProbability).toBeLessThan(1);
        expect(score.reasons.length).toBeLessThanOrEqual(2000);
      }),
    );
  });

  it('is monotone in each driver: further along its swing never lowers the risk nor raises the health', () => {
    const rows = CONTRACT_CARD.rows;
    fc.assert(
      fc.property(
        anyFacts,
        fc.constantFrom(...rows),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (facts, row, part) => {
          const upwards = Math.sign((row.to - row.from) * row.points);
          const low = row.low + (row.high - row.low) * part * 0.5;
          const high = row.low + (row.high - row.low) * (part * 0.5 + 0.4);
          const [better, worse] = upwards > 0 ? [low, high] : [high, low];
          const base = { ...facts, model: 'contract' as const, noticeGiven: row.feature === 'noticeGiven' ? null : 0 };
          const a = scoreRisk({ ...base, [row.feature]: better });
          const b = scoreRisk({ ...base, [row.feature]: worse });
          expect(b.churnProbability).toBeGreaterThanOrEqual(a.churnProbability);
          if (a.healthScore !== null && b.healthScore !== null)
            expect(b.healthScore).toBeLessThanOrEqual(a.healthScore);
        },
      ),
    );
  });

  it('missing is neutral: a missing fact and a fact at its reference give the same chance', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...CONTRACT_CARD.rows), (facts, row) => {
        const missing = scoreRisk({ ...facts, model: 'contract', [row.feature]: null });
        const neutral = scoreRisk({ ...facts, model: 'contract', [row.feature]: row.from });
        expect(missing.churnProbability).toBeCloseTo(neutral.churnProbability, 12);
        expect(missing.missing).toContain(row.feature);
        expect(missing.coverage).toBeLessThan(neutral.coverage);
      }),
    );
  });

  it('is deterministic, and indifferent to the order of the facts and to facts of no finite value', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const turned = Object.fromEntries(Object.entries(facts).reverse());
        expect(scoreRisk(turned)).toEqual(scoreRisk(facts));
        expect(scoreRisk({ ...facts, usageTrend: Number.NaN })).toEqual(scoreRisk({ ...facts, usageTrend: null }));
      }),
    );
  });
});
