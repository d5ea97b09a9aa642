import { describe, expect, test } from 'vitest';
import { createRandom } from '../../stats/random/index.ts';
import { CONTRACT_CARD } from '../scorecards.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import { fitContraction } from './fit-contraction.ts';

const columns = CONTRACT_CARD.rows.length;
const seats = CONTRACT_CARD.rows.findIndex((row) => row.feature === 'seatsUsedShare');

/** `count` decisions: one in ten lost; of the kept, those with unused seats shrink in `chance` of the cases, by `share`. */
function book(count: number, chance: number, share: number): DecisionRows {
  const random = createRandom(3);
  const swings = new Float64Array(count * columns).fill(Number.NaN);
  const [lost, contracted] = [new Uint8Array(count), new Uint8Array(count)];
  const lostShare = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const unused = i % 2;
    swings[i * columns + seats] = unused;
    lost[i] = Number(i % 10 === 0);
    contracted[i] = Number(lost[i] === 0 && unused === 1 && random.uniform() < chance);
    lostShare[i] = lost[i] === 1 ? 1 : contracted[i]! * share;
  }
  const [numbers, days] = [new Float64Array(count).fill(1), new Int32Array(count)];
  return {
    ...{ model: 'contract', count, drivers: CONTRACT_CARD.rows.map((row) => row.feature), swings, lost, contracted },
    ...{ lostShare, weight: numbers, horizonDays: numbers, account: days.map((_, i) => i), accountIds: [] },
    ...{ owner: days, ownerIds: [], cutoffDay: days, decidesDay: days, knownDay: days, value: numbers },
    ...{ treated: new Uint8Array(count), recencyDays: numbers, daysToDecision: numbers, tenureDays: numbers },
  };
}

describe('contraction, given that the account is kept', () => {
  test('learns the rate among kept accounts only: 40 % of those with unused seats, hardly any of the others', () => {
    const fitted = fitContraction(book(3000, 0.4, 0.5), CONTRACT_CARD, { fittedOn: '2026-01-31' });
    if (!fitted || 'fitted' in fitted) throw new Error('no fit');
    const { intercept, drivers } = fitted.fit;
    const driver = drivers[seats]!;
    const chance = (swing: number) => 1 / (1 + Math.exp(-intercept - driver.weight * (swing - driver.reference)));
    expect(chance(1)).toBeGreaterThan(0.35);
    expect(chance(1)).toBeLessThan(0.45);
    expect(chance(0)).toBeLessThan(0.02);
    // About 540 shrank by a half, and four by a quarter are assumed: (540 x 0.5 + 1) / 544 = 0.498
    expect(fitted.expectedShare).toBeCloseTo(0.498, 2);
  });

  test('a book whose values are not known has no second model', () => {
    const rows = book(50, 0.4, 0.5);
    const unknown = { ...rows, lostShare: rows.lostShare.map(() => Number.NaN) };
    expect(fitContraction(unknown, CONTRACT_CARD, { fittedOn: '2026-01-31' })).toBeNull();
  });
});
