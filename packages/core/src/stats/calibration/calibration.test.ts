import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { logistic, logit, normalQuantile } from '../special/index.ts';
import {
  applyPlatt,
  calibrationBins,
  calibrationError,
  calibrationSlope,
  ece,
  eceNull,
  fitIsotonic,
  fitPlatt,
  predictIsotonic,
  psi,
  psiOfCounts,
  wilson,
} from './index.ts';

/** True probabilities with normal log-odds, at even quantiles. */
function spread(count: number, base: number, sd: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => logistic(logit(base) + sd * normalQuantile((i + 0.5) / count)));
}

function happened(chances: readonly number[], seed: number): readonly number[] {
  const random = createRandom(seed);
  return chances.map((p) => (random.uniform() < p ? 1 : 0));
}

describe('Wilson interval', () => {
  it('Newcombe 1998, Stat Med 17:857, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29', () => {
    const four = ([successes, count]: readonly [number, number]) => {
      const { low, high } = wilson(successes, count);
      return [low.toFixed(4), high.toFixed(4)];
    };
    expect(four([81, 263])).toEqual(['0.2553', '0.3662']);
    expect(four([15, 148])).toEqual(['0.0624', '0.1605']);
    expect(four([0, 20])).toEqual(['0.0000', '0.1611']);
    expect(four([1, 29])).toEqual(['0.0061', '0.1718']);
  });

  it('nothing observed: 0 to 1', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
    expect(wilson(20, 20).high).toBe(1);
  });
});

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

  it('extreme log-odds (a thousand) still settle: the outliers cost the slope', () => {
    const fit = fitPlatt([-1000, -1, 0, 1, 1000, 2], [0, 1, 0, 1, 0, 1]);
    expect(fit.fitted && Number.isFinite(fit.slope)).toBe(true);
  });
});

describe('calibration bins and error', () => {
  it('hand calculation: two bins of two rows with their interval', () => {
    const bins = calibrationBins([0.1, 0.3, 0.6, 0.8], [0, 1, 1, 1], { bins: 2 });
    expect(bins).toMatchObject([
      { rows: 2, share: 0.5, predicted: 0.2, observed: 0.5, from: 0.1, to: 0.3 },
      { rows: 2, share: 0.5, predicted: expect.closeTo(0.7, 14), observed: 1, from: 0.6, to: 0.8, high: 1 },
    ]);
    expect(ece([0.1, 0.3, 0.6, 0.8], [0, 1, 1, 1], { bins: 2 })).toBeCloseTo(0.3, 14);
  });

  it('equal predictions are never parted, whatever the order of the rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 })), { minLength: 1 }),
        (list) => {
          const of = (rows: readonly (readonly [number, number])[]) =>
            calibrationBins(
              rows.map(([p]) => p / 10),
              rows.map(([, y]) => y),
              { bins: 4 },
            );
          const bins = of(list);
          expect(bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(list.length);
          for (const [at, bin] of bins.entries()) expect(bin.from).toBeGreaterThan(bins[at - 1]?.to ?? -1);
          expect(of([...list].reverse()).map((b) => [b.rows, b.observed])).toEqual(
            bins.map((b) => [b.rows, b.observed]),
          );
        },
      ),
    );
  });

  it('weights: means and intervals count them', () => {
    const [bin] = calibrationBins([0.2, 0.4], [0, 1], { bins: 1, weights: [3, 1] });
    expect(bin).toMatchObject({ predicted: expect.closeTo(0.25, 14), observed: 0.25 });
    expect(bin?.low).toBeCloseTo(wilson(0.25 * 1.6, 1.6).low, 14);
  });

  it('rule 13: under perfect calibration ECE is .01 at 7,000 rows and .05 at 200, not 0', () => {
    // closed form: the mean distance of a normal variable from its mean is sqrt(2 / pi) standard deviations
    const closed = (chances: readonly number[]) => {
      const size = chances.length / 10;
      let sum = 0;
      for (let bin = 0; bin < 10; bin++)
        sum += Math.sqrt(chances.slice(bin * size, (bin + 1) * size).reduce((s, p) => s + p * (1 - p), 0));
      return (Math.sqrt(2 / Math.PI) * sum) / chances.length;
    };
    const [large, small] = [spread(7000, 0.2, 1.6), spread(200, 0.08, 1)];
    const [atLarge, atSmall] = [eceNull(large), eceNull(small)];
    expect(atLarge?.mean).toBeCloseTo(0.0108, 3);
    expect(Math.abs((atLarge?.mean ?? NaN) / closed(large) - 1)).toBeLessThan(0.02);
    expect(atSmall?.mean).toBeCloseTo(0.05, 2);
    expect(Math.abs((atSmall?.mean ?? NaN) / closed(small) - 1)).toBeLessThan(0.04);
    expect(atSmall?.high).toBeGreaterThan(atSmall?.mean ?? NaN);
  });

  it('simulation: the 95 % point of the null is passed by 2 to 8 of 100 perfectly calibrated books', () => {
    const chances = spread(300, 0.2, 1);
    const high = eceNull(chances)?.high ?? NaN;
    let beyond = 0;
    for (let seed = 0; seed < 400; seed++) if ((ece(chances, happened(chances, seed)) ?? NaN) > high) beyond++;
    expect(beyond).toBeGreaterThan(8);
    expect(beyond).toBeLessThan(32);
  });

  it('verdicts: none below 2,000 rows, beyond chance for doubled odds, within chance for true ones', () => {
    const chances = spread(4000, 0.2, 1);
    const lost = happened(chances, 3);
    expect(calibrationError(chances, lost)?.verdict).toBe('within chance');
    expect(
      calibrationError(
        chances.map((p) => logistic(logit(p) + Math.LN2)),
        lost,
      )?.verdict,
    ).toBe('beyond chance');
    expect(calibrationError(chances.slice(0, 1999), lost.slice(0, 1999))?.verdict).toBe('too few rows');
    expect(calibrationError([], [])).toBeNull();
  });
});

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

describe('population stability index', () => {
  it('hand calculation: half and half against one and three quarters', () => {
    const [p, q] = [
      [500.5 / 1001, 500.5 / 1001],
      [250.5 / 1001, 750.5 / 1001],
    ] as const;
    const expected = (q[0] - p[0]) * Math.log(q[0] / p[0]) + (q[1] - p[1]) * Math.log(q[1] / p[1]);
    const index = psiOfCounts([500, 500], [250, 750]);
    expect(index?.psi).toBeCloseTo(expected, 14);
    expect(index?.nullQuantile).toBeCloseTo((2 / 1000) * 6.634896601021213, 12);
    expect(index?.alarm).toBe(true);
    expect([psiOfCounts([0, 0], [1, 2]), psi([], [1])]).toEqual([null, null]);
  });

  it('simulation: without movement the 99 % point is passed by fewer than 3 of 100, also by small samples', () => {
    const random = createRandom(8);
    for (const [n, m] of [
      [2000, 1000],
      [150, 60],
    ] as const) {
      let beyond = 0;
      for (let draw = 0; draw < 300; draw++) {
        const index = psi(
          Float64Array.from({ length: n }, random.normal),
          Float64Array.from({ length: m }, random.normal),
        );
        if (index && index.psi > index.nullQuantile) beyond++;
      }
      expect(beyond).toBeLessThan(9);
    }
  });

  it('a figure that goes missing is an alarm although the present values did not move', () => {
    const before = Array.from({ length: 1000 }, (_, i) => i);
    const after = before.map((v) => (v % 3 === 0 ? NaN : v));
    const left = Array.from({ length: 10 }, (_, d) => after.slice(100 * d, 100 * d + 100).filter((v) => v >= 0).length);
    const counted = psiOfCounts([0, ...left.map(() => 100)], [334, ...left]);
    expect(psi(before, after)).toEqual({ ...counted, alarm: true });
    expect(
      psi(
        before,
        before.map((v) => v + 0.1),
      ),
    ).toMatchObject({ alarm: false });
  });
});
