import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { logistic, logit, normalQuantile } from '../special/index.ts';
import { applyPlatt, calibrationSlope, fitPlatt } from './index.ts';

/** True probabilities with normal log-odds, at even quantiles. */
function spread(count: number, base: number, sd: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => logistic(logit(base) + sd * normalQuantile((i + 0.5) / count)));
}

function happened(chances: readonly number[], seed: number): readonly number[] {
  const random = createRandom(seed);
  return chances.map((p) => (random.uniform() < p ? 1 : 0));
}

describe('calibration line', () => {
  it('construction: outcomes drawn at half the log-odds plus .3 give that line within two errors, robust or not', () => {
    const chances = spread(20_000, 0.3, 1.5);
    const lost = happened(
      chances.map((p) => logistic(0.3 + 0.5 * logit(p))),
      5,
    );
    for (const options of [{}, { clusters: chances.map((_, i) => i % 5000) }]) {
      const line = calibrationSlope(chances, lost, options);
      if (!line.fitted) throw new Error(line.message);
      expect(Math.abs(line.slope - 0.5) / line.slopeError).toBeLessThan(2);
      expect(Math.abs(line.intercept - 0.3) / line.interceptError).toBeLessThan(2);
      expect(line.slopeInterval.low).toBeLessThan(0.5);
      expect(line.slopeInterval.high).toBeGreaterThan(0.5);
    }
  });

  it('definition: after the shift in the large the expected events are the observed ones', () => {
    const chances = spread(500, 0.1, 1);
    const lost = happened(spread(500, 0.3, 1), 6);
    const line = calibrationSlope(chances, lost);
    if (!line.fitted) throw new Error(line.message);
    const expected = chances.reduce((sum, p) => sum + logistic(logit(p) + line.inTheLarge), 0);
    const observed = lost.reduce((sum, y) => sum + y, 0);
    expect(expected).toBeCloseTo(observed, 9);
    expect(line.observedToExpected).toBeCloseTo(observed / chances.reduce((sum, p) => sum + p, 0), 12);
  });

  it.each([
    ['no-rows', [], []],
    ['no-rows', [1, 2], [0, 1], [0, 0]],
    ['one-class', [1, 2], [1, 1]],
    ['constant-column', [2, 2, 2], [0, 1, 0]],
    ['separable', [1, 2, 3, 4], [0, 0, 1, 1]],
    ['separable', [1, 2, 2, 4], [1, 1, 0, 0]],
    ['separable', [1, 2, 2, 4], [0, 0, 1, 1]],
    ['not-finite', [1, Number.NEGATIVE_INFINITY, 2], [0, 1, 1]],
    ['out-of-range', [1, 2, 3], [0, 2, 1]],
    ['out-of-range', [1e300, 2e300, 3e300], [0, 1, 0]],
    ['constant-column', [1e-300, 2e-300, 3e-300], [0, 1, 0]],
    ['out-of-range', [1, 2, 3], [0, 0, 1], [1, -1, 1]],
  ])('refused in words: %s for %j, %j', (problem, x, y, weights?: readonly number[]) => {
    const fit = fitPlatt(x, y, weights ? { weights } : {});
    expect(fit).toMatchObject({ fitted: false, problem });
    expect((fit as { message: string }).message.length).toBeGreaterThan(20);
  });

  it('properties: scaled log-odds scale the slope, duplicates equal weights, the order does not matter (1e-9)', () => {
    const row = fc.record({
      x: fc.integer({ min: -60, max: 60 }).map((tenths) => tenths / 10),
      y: fc.integer({ min: 0, max: 1 }),
      w: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 8, maxLength: 40 }), (list) => {
        const fit = fitPlatt(
          list.map((r) => r.x),
          list.map((r) => r.y),
          { weights: list.map((r) => r.w) },
        );
        const repeated = list.flatMap((r) => new Array<typeof r>(r.w).fill(r)).reverse();
        const other = fitPlatt(
          repeated.map((r) => 1000 * r.x - 7),
          repeated.map((r) => r.y),
        );
        expect(other.fitted).toBe(fit.fitted);
        if (!fit.fitted || !other.fitted) return;
        for (const { x } of list) {
          const [a, b] = [applyPlatt(fit, x), applyPlatt(other, 1000 * x - 7)];
          expect(Math.abs(a - b)).toBeLessThan(1e-9 * (1 + Math.abs(a)));
        }
      }),
    );
  });

  it('rows of weight 0 do not count, whatever they hold', () => {
    const fit = fitPlatt([1, 2, 3, NaN], [0, 1, 0, NaN], { weights: [1, 1, 1, 0] });
    expect(fit).toEqual(fitPlatt([1, 2, 3], [0, 1, 0]));
    expect(fit.fitted).toBe(true);
  });

  it('extreme log-odds (a thousand) still settle: the outliers cost the slope', () => {
    const fit = fitPlatt([-1000, -1, 0, 1, 1000, 2], [0, 1, 0, 1, 0, 1]);
    expect(fit.fitted && Number.isFinite(fit.slope)).toBe(true);
  });
});
