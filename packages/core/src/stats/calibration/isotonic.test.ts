import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitIsotonic, predictIsotonic } from './index.ts';

describe('isotonic regression', () => {
  const row = fc.record({
    x: fc.integer({ min: 0, max: 12 }),
    y: fc.integer({ min: -3, max: 3 }),
    w: fc.integer({ min: 1, max: 3 }),
  });

  it('Barlow et al. 1972, the max-min formula: max over lower sets of the min over upper sets of the mean', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 25 }), (list) => {
        const fit = fitIsotonic(
          list.map((r) => r.x),
          list.map((r) => r.y),
          list.map((r) => r.w),
        );
        if (!fit.fitted) throw new Error(fit.message);
        const keys = [...new Set(list.map((r) => r.x))].sort((a, b) => a - b);
        const mean = (from: number, to: number) => {
          const within = list.filter((r) => r.x >= from && r.x <= to);
          return within.reduce((s, r) => s + r.w * r.y, 0) / within.reduce((s, r) => s + r.w, 0);
        };
        for (const x of keys) {
          const lower = keys.filter((k) => k <= x);
          const upper = keys.filter((k) => k >= x);
          const expected = Math.max(...lower.map((s) => Math.min(...upper.map((t) => mean(s, t)))));
          expect(predictIsotonic(fit, x)).toBeCloseTo(expected, 10);
        }
      }),
    );
  });

  it('hand calculation: pooled neighbours, straight lines between, flat beyond', () => {
    const fit = fitIsotonic([3, 1, 2, 4], [0, 0, 1, 2]);
    if (!fit.fitted) throw new Error(fit.message);
    expect(fit).toEqual({ fitted: true, x: [1, 2, 3, 4], y: [0, 0.5, 0.5, 2] });
    expect([0, 1.5, 2.5, 3.5, 9].map((x) => predictIsotonic(fit, x))).toEqual([0, 0.25, 0.5, 1.25, 2]);
    expect(predictIsotonic(fit, NaN)).toBeNaN();
  });

  it('more blocks than the first store holds: 5,000 ascending rows stay as they are', () => {
    const x = Float64Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5000);
    const fit = fitIsotonic(x, x);
    expect(fit.fitted && fit.y).toEqual(Array.from({ length: 5000 }, (_, i) => i));
  });

  it.each([
    ['no-rows', [], [], undefined],
    ['no-rows', [1, 2], [0, 1], [0, 0]],
    ['not-finite', [1, NaN], [0, 1], undefined],
    ['not-finite', [1, 2], [0, Infinity], undefined],
    ['out-of-range', [1, 2], [0, 1], [1, -1]],
    ['not-finite', [1, 2], [0, 1], [1, Infinity]],
  ])('refused in words: %s for %j, %j', (problem, x, y, weights) => {
    expect(fitIsotonic(x, y, weights)).toMatchObject({ fitted: false, problem });
  });
});
