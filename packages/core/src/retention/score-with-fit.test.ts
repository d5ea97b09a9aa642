import { describe, expect, test } from 'vitest';
import type { AccountFacts } from '../features/facts.ts';
import { basisText, evidenceText } from './evidence-text.ts';
import type { FittedRetention } from './posterior/fitted-retention.ts';
import { scoreRisk } from './score-risk.ts';
import { CONTRACT_CARD } from './scorecards.ts';

const columns = CONTRACT_CARD.rows.length;

/** A fit in which two drivers weigh and nothing is in doubt but the intercept, whose standard deviation is 0.3. */
const fit: FittedRetention = {
  model: 'contract',
  version: 'fit-1',
  cardVersion: CONTRACT_CARD.version,
  fittedOn: '2026-01-31',
  evidence: 'fitted',
  outcomes: { decisions: 400, losses: 60 },
  intercept: -1.8,
  drivers: CONTRACT_CARD.rows.map(({ feature }) => ({
    feature,
    weight: feature === 'seatsUsedShare' ? 1.5 : feature === 'openUrgentTickets' ? 0.4 : 0,
    reference: feature === 'seatsUsedShare' ? 0.5 : 0,
    missing: feature === 'npsLast' ? 0.6 : 0,
  })),
  covariance: Array.from({ length: ((1 + 2 * columns) * (2 + 2 * columns)) / 2 }, (_, at) => (at === 0 ? 0.09 : 0)),
  treatment: 0,
  periodVariance: null,
  mixture: [{ tau: 0.5, slope: 1, weight: 1 }],
};
const facts: AccountFacts = {
  ...{ model: 'contract', seatsUsedShare: 0.4, openUrgentTickets: 1 },
  ...{ escalations90: 0, overdueLines: 0, ownerMissing: 0 },
  recurring: { minor: 1_000_000, currency: 'EUR' },
};

describe('a score by a fitted model, by hand calculation', () => {
  const score = scoreRisk(facts, { models: { contract: { loss: fit, proved: true } } });

  test('seats 1 swing from neutral and 0.5 from the mean: 1.5 x 0.5 = 0.75; one ticket 0.4; NPS missing 0.6', () => {
    // -1.8 + 0.75 + 0.4 + 0.6 = -0.05; 1 / (1 + e^0.05) = 0.487503
    expect(score.logOdds).toBeCloseTo(-0.05, 12);
    expect(score.churnProbability).toBeCloseTo(0.487503, 6);
    expect(score.drivers.map(({ feature, value }) => [feature, value]).slice(0, 3)).toEqual([
      ['seatsUsedShare', 0.4],
      ['npsLast', null],
      ['openUrgentTickets', 1],
    ]);
    expect(score.drivers.reduce((sum, it) => sum + it.logOdds, score.baseLogOdds)).toBe(score.logOdds);
  });

  test('the reference is told in the unit of the fact: half a swing from 80 % to 40 % is 60 %', () => {
    expect(score.drivers[0]?.reference).toBeCloseTo(0.6, 12);
  });

  test('a missing fact counts as not known, whatever missing has meant', () => {
    expect(score.coverage).toBeCloseTo(5 / columns, 12);
    expect(score.missing).toContain('npsLast');
  });

  test('the interval is the posterior: -0.05 -/+ 1.6449 x 0.3', () => {
    // 1 / (1 + e^0.54347) = 0.367381; 1 / (1 + e^-0.44347) = 0.609085
    expect(score.interval[0]).toBeCloseTo(0.367381, 4);
    expect(score.interval[1]).toBeCloseTo(0.609085, 4);
  });

  test('it says what it was learned from, and whether a card has passed', () => {
    expect(score).toMatchObject({ evidence: 'fitted', outcomes: { decisions: 400, losses: 60 }, proved: true });
    expect(score.modelVersion).toBe('fit-1');
    expect(score.reasons).toContain('Learned from 400 decisions of this book, 60 lost (fitted)');
    expect(score.reasons).toContain('NPS');
    const unproved = scoreRisk(facts, { models: { contract: { loss: fit, proved: false } } });
    expect([unproved.proved, unproved.confidence]).toEqual([false, 'low']);
    expect(unproved.reasons).toContain('no accuracy card has passed yet');
  });

  test.each([
    [true, 'passes', 'its accuracy card has passed, on 2026-01-31.'],
    [
      true,
      'miscalibrated',
      'its own accuracy card has passed, but that of 2026-01-31 says: ranks, but its chances are off.',
    ],
    [false, 'not-enough-outcomes', 'the accuracy card of 2026-01-31 says: not enough outcomes yet.'],
    [false, 'losses-missing', 'the accuracy card of 2026-01-31 says: losses missing.'],
  ] as const)('proved: %s, and the last card: %s', (proved, verdict, says) => {
    const cards = { contract: { verdict, on: '2026-01-31' } };
    expect(scoreRisk(facts, { models: { contract: { loss: fit, proved } }, cards }).reasons).toContain(
      `(fitted); ${says}`,
    );
  });

  test('a fit that outcomes have hardly moved says that, and not that its figures are points or learned', () => {
    const hardly = { ...fit, evidence: 'points only' as const, outcomes: { decisions: 21, losses: 3 } };
    const said = scoreRisk(facts, { models: { contract: { loss: hardly, proved: false } } });
    expect(said.reasons).toContain('Points, hardly moved yet by 21 decisions of this book, 3 lost; no accuracy card');
    expect(said.reasons).not.toMatch(/First form|Learned|points only/);
    expect(basisText(said)).toBe('points, hardly moved yet by 21 decisions of this book, 3 lost');
    expect(basisText(score)).toBe('weights fitted on 400 decisions of this book, 60 lost');
    expect(basisText(scoreRisk(facts))).toBe('the weights are assumptions');
    expect([0, 21].map((decisions) => evidenceText('points only', decisions))).toEqual([
      'assumed points',
      'points, hardly moved yet by outcomes',
    ]);
  });

  test('contraction is a second model, shown apart: (1 - 0.4875) x chance x a share of 30 % of the value', () => {
    const contraction = { fit: { ...fit, intercept: -2 }, expectedShare: 0.3 };
    const both = scoreRisk(facts, { models: { contract: { loss: fit, proved: true, contraction } } });
    // log-odds -2 + 1.75 = -0.25: 0.437823; 10,000.00 x 0.512497 x 0.437823 x 0.3 = 673.15
    expect(both.contraction?.probability).toBeCloseTo(0.437823, 6);
    expect(both.contraction?.expectedLoss).toEqual({ minor: 67315, currency: 'EUR' });
    expect(both.churnProbability).toBe(score.churnProbability);
  });

  test('without a model of its own, the other kind of account is scored by its points', () => {
    const orders = scoreRisk({ ...facts, model: 'orders' }, { models: { contract: { loss: fit, proved: true } } });
    expect([orders.evidence, orders.proved]).toEqual(['points only', false]);
  });
});

test('direction: 5 points of health since the last run, or steady; nothing to compare with is null', () => {
  const known = { ...facts, renewals: 0 };
  const direction = (healthScore: number | null) =>
    scoreRisk(known, { previous: { healthScore, healthBand: null, bandSince: null } }).direction;
  const now = scoreRisk(known).healthScore ?? 0;
  expect(direction(now + 5)).toBe('falling');
  expect(direction(now - 5)).toBe('rising');
  expect(direction(now + 4)).toBe('steady');
  expect(direction(null)).toBeNull();
});
