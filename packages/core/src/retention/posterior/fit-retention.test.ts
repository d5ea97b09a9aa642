import { describe, expect, it } from 'vitest';
import { createRandom } from '../../stats/index.ts';
import type { Scorecard } from '../scorecard.ts';
import { CONTRACT_CARD, ORDERS_CARD } from '../scorecards.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import { checkPoints } from './check-points.ts';
import { fitPosterior } from './fit-posterior.ts';
import { fitRetention } from './fit-retention.ts';
import { predictRisk } from './predict-risk.ts';

const CARD: Scorecard = { ...CONTRACT_CARD, rows: CONTRACT_CARD.rows.slice(5, 9) };
const ON = { fittedOn: '2026-01-01' } as const;

/** Rows over 24 months; the first driver works against its points, the others as they say; a shock per month. */
function rowsOf(count: number, shock = 0): DecisionRows {
  const random = createRandom(11);
  const p = CARD.rows.length;
  const swings = Float64Array.from({ length: count * p }, () =>
    random.uniform() < 0.1 ? Number.NaN : 1 + random.normal(),
  );
  const shocks = Array.from({ length: 24 }, () => shock * random.normal());
  const lost = Uint8Array.from({ length: count }, (_, i) => {
    let eta = -2 + shocks[i % 24]!;
    CARD.rows.forEach((row, j) => {
      eta += (j === 0 ? -2 : 1) * row.points * (swings[i * p + j]! || 0);
    });
    return random.uniform() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
  });
  const empty = new Float64Array(count);
  const none = new Int32Array(count);
  const days = Int32Array.from({ length: count }, (_, i) => Math.floor((i % 24) * 30.4375 + 5));
  return {
    model: 'contract',
    count,
    drivers: CARD.rows.map((it) => it.feature),
    swings,
    lost,
    contracted: new Uint8Array(count),
    lostShare: empty,
    weight: new Float64Array(count).fill(1),
    horizonDays: empty,
    account: Int32Array.from({ length: count }, (_, i) => i),
    accountIds: [],
    owner: none,
    ownerIds: [],
    cutoffDay: none,
    decidesDay: days,
    knownDay: days,
    value: empty,
    treated: new Uint8Array(count),
    recencyDays: empty,
    daysToDecision: empty,
    tenureDays: empty,
  };
}

function fit(rows: DecisionRows) {
  const fitted = fitRetention(rows, CARD, ON);
  if (!fitted.fitted) throw new Error(fitted.message);
  return fitted;
}

describe('fitRetention', () => {
  it('no rows: the scorecard as it stands, and the interval of its widths (hand calculation)', () => {
    const fitted = fit(rowsOf(0));
    expect(fitted).toMatchObject({ evidence: 'points only', periodVariance: null, treatment: 0 });
    const risk = predictRisk(fitted, [1, 2, Number.NaN, 0]);
    expect(risk.logOdds).toBeCloseTo(Math.log(0.11 / 0.89) + CARD.rows[0]!.points + 2 * CARD.rows[1]!.points, 12);
    expect(risk.variance).toBeCloseTo(1 + 0.25 * (1 + 4), 12);
  });

  it('contributions add up to the score to 1e-9, missing facts among them', () => {
    const rows = rowsOf(400);
    const fitted = fit(rows);
    for (let i = 0; i < 400; i++) {
      const { logOdds, contributions, variance } = predictRisk(fitted, rows.swings.subarray(i * 4, i * 4 + 4));
      const sum = contributions.reduce((total, it) => total + it, 0);
      expect(Math.abs(fitted.intercept + sum - logOdds)).toBeLessThan(1e-9);
      expect(variance).toBeGreaterThan(0);
    }
  });

  it('told from the average account it is still the posterior of the neutral one, missing facts neutral (one month: no shock)', () => {
    const rows = { ...rowsOf(300), decidesDay: new Int32Array(300) };
    const posterior = fitPosterior({
      x: rows.swings,
      lost: rows.lost,
      weight: rows.weight,
      cluster: rows.account,
      priorMean: Float64Array.from(CARD.rows, (it) => it.points),
      priorBase: Math.log(0.11 / 0.89),
    });
    if (!posterior.fitted) throw new Error(posterior.message);
    const { weights, missing, intercept } = posterior;
    const size = 9;
    const { logOdds, variance } = predictRisk(fit(rows), [1, Number.NaN, 2, 0]);
    expect(logOdds).toBeCloseTo(intercept + weights[0]! + missing[1]! + 2 * weights[2]!, 10);
    const g = [1, 1, 0, 2, 0, 0, 1, 0, 0];
    let expected = 0;
    g.forEach((a, j) => {
      g.forEach((b, k) => {
        expected += a * b * posterior.covariance[j * size + k]!;
      });
    });
    expect(variance).toBeCloseTo(expected, 10);
  });

  it('the label follows the evidence: 5, 40 and 3,000 decisions', () => {
    const labels = [5, 40, 3000].map((count) => fit(rowsOf(count)).evidence);
    expect(labels).toEqual(['points only', 'recalibrated', 'fitted']);
  });

  it('says which points the outcomes contradict: the one that was planted the wrong way round', () => {
    const checked = checkPoints(fit(rowsOf(3000)), CARD);
    expect(checked.map((it) => it.contradicted)).toEqual([true, false, false, false]);
    expect(checkPoints(fit(rowsOf(0)), CARD).some((it) => it.contradicted)).toBe(false);
  });

  it('months that share a shock of .5 show as variance, .25 in truth; without one hardly any does', () => {
    const shaken = fit(rowsOf(6000, 0.5)).periodVariance!;
    expect(shaken).toBeGreaterThan(0.1);
    expect(shaken).toBeLessThan(0.5);
    expect(fit(rowsOf(6000)).periodVariance).toBeLessThan(0.03);
  });

  it('the version tells rows apart, not their order', () => {
    const rows = rowsOf(50);
    expect(fit(rows).version).toBe(fit(rowsOf(50)).version);
    expect(fit({ ...rows, lost: rows.lost.map((it) => 1 - it) }).version).not.toBe(fit(rows).version);
  });

  it('a loss seen from three overlapping windows is one loss (rule 7)', () => {
    const rows = { ...rowsOf(3), lost: new Uint8Array(3).fill(1), weight: new Float64Array(3).fill(1 / 3) };
    expect(fit({ ...rows, account: new Int32Array(3) }).outcomes).toEqual({ decisions: 3, losses: 1 });
    expect(fit({ ...rows, weight: new Float64Array(3).fill(1) }).outcomes).toEqual({ decisions: 3, losses: 3 });
  });

  it('refuses rows of another card', () => {
    expect(fitRetention(rowsOf(5), ORDERS_CARD, ON)).toMatchObject({ fitted: false, problem: 'out-of-range' });
  });
});
