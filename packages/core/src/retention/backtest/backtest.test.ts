import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../model/dates.ts';
import { createRandom } from '../../stats/random/index.ts';
import { logistic } from '../log-odds.ts';
import { CONTRACT_CARD } from '../scorecards.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import type { AccuracyCard } from './accuracy-card.ts';
import { type Backtest, type BacktestScope, backtest } from './backtest.ts';
import { cardMarkdown } from './card-markdown.ts';
import { timeSlices } from './time-slices.ts';

const columns = CONTRACT_CARD.rows.length;
const at = (feature: string) => CONTRACT_CARD.rows.findIndex((row) => row.feature === feature);
const start = dayNumber('2023-01-01');

/** A book whose truth is known: log-odds base + 1.2 x seats swings - 0.9 x urgent tickets (against the points), or noise. */
function simulated(count: number, signal: number, seed = 7, rate = -1.4): DecisionRows {
  const random = createRandom(seed);
  const swings = new Float64Array(count * columns).fill(Number.NaN);
  const lost = new Uint8Array(count);
  const cutoffDay = Int32Array.from({ length: count }, (_, i) => start + Math.floor((i * 1000) / count));
  for (let i = 0; i < count; i += 1) {
    const [seats, tickets] = [random.normal(), Number(random.uniform() < 0.3)];
    swings[i * columns + at('seatsUsedShare')] = seats;
    swings[i * columns + at('openUrgentTickets')] = tickets;
    lost[i] = Number(random.uniform() < logistic(rate + signal * (1.2 * seats - 0.9 * tickets)));
  }
  const filled = (value: number) => new Float64Array(count).fill(value);
  return {
    ...{ model: 'contract', count, drivers: CONTRACT_CARD.rows.map((row) => row.feature), swings, lost },
    ...{ contracted: new Uint8Array(count), lostShare: Float64Array.from(lost), weight: filled(1) },
    ...{ horizonDays: filled(365), account: Int32Array.from({ length: count }, (_, i) => i % 900) },
    accountIds: Array.from({ length: 900 }, (_, i) => `account:${i}`),
    ...{ owner: Int32Array.from({ length: count }, (_, i) => i % 7), ownerIds: [...'abcdefg'] },
    ...{ cutoffDay, decidesDay: cutoffDay.map((day) => day + 30), knownDay: cutoffDay.map((day) => day + 120) },
    ...{ value: filled(100_000), treated: new Uint8Array(count), recencyDays: filled(20) },
    ...{ daysToDecision: filled(30), tenureDays: filled(800) },
  };
}

const scope: BacktestScope = {
  ...{ on: '2026-01-31', leadDays: 30, pending: 12, leftOut: [{ reason: 'late', decisions: 3 }], byGraceDays: [] },
  lossesMissing: null,
};
const run = (rows: DecisionRows, more: Partial<BacktestScope> = {}): Backtest => {
  const done = backtest(rows, CONTRACT_CARD, { ...scope, ...more });
  if (!done.fitted) throw new Error(done.message);
  return done;
};
const of = (card: AccuracyCard, contender: string) => card.rolling.find((it) => it.contender === contender);

describe('revenue in the top tenth', () => {
  const rows = simulated(400, 1);
  const valued = (value: (i: number) => number) => {
    const { card } = run({ ...rows, value: rows.value.map((_, i) => value(i)) }, { challenge: false });
    return { top: card.topTenth, page: cardMarkdown(card) };
  };

  test('every value is known: a share, and no note', () => {
    const { top, page } = valued(() => 100_000);
    expect(top?.revenueCaptured).toBeCloseTo(top?.lossesCaptured ?? 0, 12);
    expect(top).not.toHaveProperty('revenueNote');
    expect(page).not.toContain('The share of revenue');
  });

  test('no value is known: no share, and the card says why in both forms', () => {
    const { top, page } = valued(() => Number.NaN);
    const note = /^The share of revenue cannot be told: of none of the \d+ losses it is known what the account paid/;
    expect(top).toMatchObject({ revenueCaptured: null, revenueNote: expect.stringMatching(note) });
    expect(page).toContain(top?.revenueNote);
  });

  test('some are known: a share, and of how many losses it speaks; nothing but zeros: no share', () => {
    const some = valued((i) => (i % 2 === 0 ? 100_000 : Number.NaN)).top;
    expect(some?.revenueCaptured).not.toBeNull();
    expect(some?.revenueNote).toMatch(/^The share of revenue speaks of \d+ of the \d+ losses/);
    expect(valued(() => 0).top).toMatchObject({ revenueCaptured: null, revenueNote: expect.stringContaining('is 0') });
  });
});

describe('rolling cut-offs', () => {
  test('a row teaches only slices that begin after its outcome was known; every row is predicted once', () => {
    const rows = simulated(600, 1);
    const slices = timeSlices(rows);
    expect(slices).toHaveLength(11); // 1,000 days by 91
    for (const { fromDay, train } of slices) for (const i of train) expect(rows.knownDay[i]).toBeLessThan(fromDay);
    expect(slices.flatMap(({ test: indexes }) => [...indexes]).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 600 }, (_, i) => i),
    );
  });
});

describe('a book with a signal that the points only half know', () => {
  const { card, model, redButKept, greenButLost } = run(simulated(1500, 1));

  test('passes, and beats the base rate, recency and the points by the simulated truth', () => {
    expect(card.verdict).toBe('passes');
    const [score, points] = [of(card, 'score'), of(card, 'points')];
    expect(of(card, 'base rate')?.auc?.low).toBeLessThan(0.52);
    expect(of(card, 'recency')?.logLossSkill).toBeLessThan(0.01);
    expect((score?.auc?.value ?? 0) - (points?.auc?.value ?? 0)).toBeGreaterThan(0.01);
    expect(score?.logLoss).toBeLessThan(points?.logLoss ?? 0);
    // The truth's own AUC is .788 (400,000 draws of -1.4 + 1.2 N(0,1) - 0.9 Bernoulli(.3)).
    expect(score?.auc?.value).toBeGreaterThan(0.76);
  });

  test('its chances fit: slope within the gate, predicted losses about the observed', () => {
    // Early quarters are shrunk towards the points, so the pooled slope may lie a little above 1.
    expect(card.calibration?.slope?.value).toBeGreaterThan(0.85);
    expect(card.calibration?.slope?.value).toBeLessThan(1.25);
    const observed = card.calibration?.bins.reduce((sum, bin) => sum + bin.losses, 0) ?? 0;
    expect(card.calibration?.predictedLosses).toBeGreaterThan(0.85 * observed);
    expect(card.calibration?.predictedLosses).toBeLessThan(1.15 * observed);
  });

  test('names the point that the outcomes contradict: tickets with the wrong sign, and no other', () => {
    expect(card.contradicted.map(({ feature }) => feature)).toEqual(['openUrgentTickets']);
    expect(card.contradicted[0]?.weight.high).toBeLessThan(0);
  });

  test('the top tenth holds more than its share of losses; red and green are counted, never named', () => {
    expect(card.topTenth?.lift).toBeGreaterThan(2);
    expect([card.redButKept, card.greenButLost]).toEqual([redButKept.length, greenButLost.length]);
    expect(JSON.stringify(card)).not.toContain('account:');
  });

  test('seven owners of the same accounts: hardly one beyond luck', () => {
    expect(card.owners).toMatchObject({ owners: 7, judged: 7 });
    expect((card.owners?.moreLosses ?? 0) + (card.owners?.fewerLosses ?? 0)).toBeLessThanOrEqual(2);
  });

  test('the model that is handed on was fitted on every row', () => {
    expect(model.outcomes.decisions).toBe(1500);
    expect(model.drivers[at('seatsUsedShare')]?.weight).toBeGreaterThan(0.9);
  });

  test('as Markdown it says the verdict first, and shows every contender', () => {
    const text = cardMarkdown(card);
    expect(text.indexOf('Passes')).toBeLessThan(120);
    for (const word of ['base rate', 'recency', 'days to decision', 'points', '## Calibration', '## Left out'])
      expect(text).toContain(word);
  });
});

test('noise: the card says so, and the gate promotes nothing', () => {
  for (const seed of [1, 2, 3]) {
    const { card } = run(simulated(2500, 0, seed));
    expect(card.verdict).toBe('no-signal');
    expect(card.challenger?.promoted ?? false).toBe(false);
  }
});

test('too few losses: not enough outcomes yet, with how many more are needed', () => {
  const { card } = run(simulated(120, 1, 5, -2.5));
  expect(card.verdict).toBe('not-enough-outcomes');
  expect(card.summary).toMatch(/\d+ more losses/);
});

test('no decision at all is told, not a crash', () => {
  const { card } = run(simulated(0, 1));
  expect([card.verdict, card.test, card.calibration]).toEqual(['not-enough-outcomes', [], null]);
});

test('losses missing: no accuracy is given at all', () => {
  const { card } = run(simulated(900, 1), { lossesMissing: 'purchases remain whose account is gone.' });
  expect(card.verdict).toBe('losses-missing');
  expect([card.rolling, card.test, card.calibration, card.topTenth, card.leads, card.challenger]).toEqual([
    [],
    [],
    null,
    null,
    [],
    null,
  ]);
});

test('the same rows give the same bytes twice', () => {
  const rows = simulated(700, 1);
  expect(JSON.stringify(run(rows))).toBe(JSON.stringify(run(rows)));
});

test('a cancelled backtest is told as cancelled', () => {
  const done = backtest(simulated(300, 1), CONTRACT_CARD, { ...scope, control: { signal: { aborted: true } } });
  expect(done).toMatchObject({ fitted: false, problem: 'cancelled' });
});
