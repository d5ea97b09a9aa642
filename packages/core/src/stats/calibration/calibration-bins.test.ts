import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { logistic, logit, normalQuantile } from '../special/index.ts';
import { calibrationBins, calibrationError, ece, eceNull, wilson } from './index.ts';

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
    expect(calibrationBins([0.2, 0.4], [0, 1], { bins: 2, weights: [0, 1] })).toHaveLength(1);
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
