import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascendingOrder } from '../order/ascending-order.ts';
import { createRandom } from '../random/index.ts';
import { auc, aucInterval, averagePrecision, brier, logLoss, skillScores, topCapture } from './index.ts';

const rows = fc.array(
  fc.record({
    score: fc.integer({ min: 0, max: 6 }),
    lost: fc.integer({ min: 0, max: 1 }),
    weight: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 40 },
);

describe('order', () => {
  it.each([
    ['spread', (u: number) => u],
    ['few distinct', (u: number) => Math.floor(u * 7) - 3],
    ['of both signs over many magnitudes', (u: number) => (u - 0.5) * 10 ** Math.floor(u * 600 - 300)],
    ['equal in their upper 32 bits', (u: number) => 1 + Math.floor(u * 1e4) * Number.EPSILON],
    ['with -0 and 0', (u: number) => (u < 0.5 ? -0 : 0)],
  ])('definition: 5,000 keys %s ascend, equals in the order of the rows', (_, key) => {
    const random = createRandom(9);
    const keys = Float64Array.from({ length: 5000 }, () => key(random.uniform()));
    const expected = [...keys.keys()].sort((i, j) => (keys[i] ?? 0) - (keys[j] ?? 0) || i - j);
    expect([...ascendingOrder(keys)]).toEqual(expected);
  });
});

describe('area under the ROC curve', () => {
  it('definition: the share of pairs in the right order, ties half, weights multiplied', () => {
    fc.assert(
      fc.property(rows, (list) => {
        let right = 0;
        let pairs = 0;
        for (const a of list)
          for (const b of list) {
            if (a.lost !== 1 || b.lost !== 0) continue;
            pairs += a.weight * b.weight;
            right += a.weight * b.weight * (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0);
          }
        const area = auc(
          list.map((r) => r.score),
          list.map((r) => r.lost),
          list.map((r) => r.weight),
        );
        if (pairs === 0) expect(area).toBeNull();
        else expect(area).toBeCloseTo(right / pairs, 12);
      }),
    );
  });

  it('hand calculation: DeLong error of four rows is the root of .125', () => {
    const estimate = aucInterval([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]);
    expect(estimate).toMatchObject({ auc: 0.75, events: 2, others: 2, method: 'delong' });
    expect(estimate?.standardError).toBeCloseTo(Math.sqrt(0.125), 14);
  });

  it('identity: one cluster per row gives DeLong; every row twice as a cluster of two gives it up to (n - 1) / n', () => {
    const random = createRandom(4);
    const lost = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const scores = lost.map((y) => y + 1.5 * random.normal());
    const single = aucInterval(scores, lost);
    expect(aucInterval(scores, lost, { clusters: scores.map((_, i) => i) })?.standardError).toBeCloseTo(
      single?.standardError ?? NaN,
      12,
    );
    const twice = (list: readonly number[]) => [...list, ...list];
    const doubled = aucInterval(twice(scores), twice(lost), { clusters: twice(scores.map((_, i) => i)) });
    expect(doubled?.auc).toBeCloseTo(single?.auc ?? NaN, 12);
    expect(doubled?.standardError).toBeCloseTo(single?.standardError ?? NaN, 12);
  });

  it('hand calculation after Obuchowski 1997: three clusters of an event and another row each, error 1 / 9', () => {
    const estimate = aucInterval([0.9, 0.8, 0.7, 0.1, 0.3, 0.2], [1, 0, 1, 0, 1, 0], { clusters: [1, 1, 2, 2, 3, 3] });
    expect(estimate).toMatchObject({ auc: expect.closeTo(7 / 9, 14), method: 'clustered' });
    expect(estimate?.standardError).toBeCloseTo(1 / 9, 14);
  });

  it('simulation: the 95 % interval covers the true area of two normals in 93 to 97 of 100 draws', () => {
    const random = createRandom(11);
    const truth = 0.7602499389065233; // normal probability below 1 / sqrt(2)
    let covered = 0;
    for (let draw = 0; draw < 1000; draw++) {
      const lost = Array.from({ length: 120 }, (_, i) => (i < 30 ? 1 : 0));
      const estimate = aucInterval(
        lost.map((y) => y + random.normal()),
        lost,
      );
      if (estimate && estimate.low <= truth && truth <= estimate.high) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(930);
    expect(covered).toBeLessThanOrEqual(970);
  });

  it('one class has no area; scores that part the classes have an interval that is not a point', () => {
    expect([auc([1, 2], [1, 1]), aucInterval([1, 2], [0, 0])]).toEqual([null, null]);
    const perfect = aucInterval([1, 2, 3, 4], [0, 0, 1, 1]);
    expect(perfect).toMatchObject({ auc: 1, high: 1, method: 'separated' });
    expect(perfect?.low).toBeLessThan(0.9);
    expect(aucInterval([4, 3, 2, 1], [0, 0, 1, 1])).toMatchObject({ auc: 0, low: 0, method: 'separated' });
  });

  it('a score that is not a number is refused by name', () => {
    expect(() => auc([0.2, NaN], [0, 1])).toThrow('Score 1 is not a number.');
  });
});

describe('proper scores', () => {
  it('hand calculation: skill of three forecasts against their rate of a third', () => {
    const scores = skillScores([0.1, 0.2, 0.8], [0, 0, 1]);
    expect(scores?.brier).toBeCloseTo(0.03, 14);
    expect(scores?.brierSkill).toBeCloseTo(1 - 0.03 / (2 / 9), 14);
    expect(scores?.logLoss).toBeCloseTo(-Math.log(0.9 * 0.8 * 0.8) / 3, 14);
    expect(scores?.logLossSkill).toBeCloseTo(
      1 + Math.log(0.9 * 0.8 * 0.8) / 3 / (Math.log(3) - (2 / 3) * Math.LN2),
      14,
    );
  });

  it('hand calculation: a certain forecast that fails costs an infinite log-loss, one that holds nothing', () => {
    expect(logLoss([0, 0.5], [1, 1])).toBe(Infinity);
    expect(logLoss([1, 0], [1, 0])).toBeCloseTo(0, 15);
    expect(logLoss([0, 0.5], [1, 1], [0, 1])).toBe(Math.LN2);
    expect([brier([], []), logLoss([], []), skillScores([0.5], [1])]).toEqual([null, null, null]);
    expect(() => logLoss([1.01], [1])).toThrow('The probability of row 0 is 1.01');
  });

  it('permutation and duplicates: all figures stay to 1e-9', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const p = (r: { score: number }) => (r.score + 1) / 8;
        const repeated = list.flatMap((r) => new Array<typeof r>(r.weight).fill(r)).reverse();
        const weights = list.map((r) => r.weight);
        for (const figure of [auc, averagePrecision, brier, logLoss]) {
          const weighted = figure(
            list.map(p),
            list.map((r) => r.lost),
            weights,
          );
          const plain = figure(
            repeated.map(p),
            repeated.map((r) => r.lost),
          );
          if (weighted === null) expect(plain).toBeNull();
          else expect(plain).toBeCloseTo(weighted, 9);
        }
      }),
    );
  });
});

describe('top capture', () => {
  it('hand calculation: lift, events and revenue in the top quarter and half', () => {
    const [scores, lost, revenue] = [
      [0.9, 0.5, 0.2, 0.1],
      [1, 0, 1, 0],
      [30, 99, 10, 99],
    ];
    expect(topCapture(scores, lost, 0.25, revenue)).toEqual({
      rows: 1,
      events: 1,
      lift: 2,
      eventShare: 0.5,
      valueShare: 0.75,
    });
    expect(topCapture(scores, lost, 0.5)).toEqual({ rows: 2, events: 1, lift: 1, eventShare: 0.5, valueShare: null });
    expect(topCapture(scores, lost, 1, revenue)).toMatchObject({ lift: 1, eventShare: 1, valueShare: 1 });
  });

  it('hand calculation: a tie at the border counts by the share that fits, whatever the order', () => {
    const expected = { rows: 2, events: 4 / 3, lift: 4 / 3, eventShare: 2 / 3, valueShare: 2 / 3 };
    expect(topCapture([9, 5, 5, 5], [1, 1, 0, 0], 0.5, [1, 1, 1, 1])).toEqual(expected);
    expect(topCapture([5, 5, 9, 5], [0, 1, 1, 0], 0.5, [1, 1, 1, 1])).toEqual(expected);
  });

  it('values that are missing count as 0; no event gives null; a fraction outside 0..1 is refused', () => {
    expect(topCapture([2, 1], [1, 1], 0.5, [NaN, 5])?.valueShare).toBe(0);
    expect([topCapture([2, 1], [0, 0], 0.5), topCapture([], [], 0.1)]).toEqual([null, null]);
    expect(() => topCapture([1], [1], 0)).toThrow(RangeError);
  });
});
