import { describe, expect, it } from 'vitest';
import { incompleteBeta, incompleteGamma, normalCdf } from '../special/index.ts';
import { createRandom, drawBeta, drawGamma } from './index.ts';

const DRAWS = 40_000;

/** The largest distance between the draws' distribution and the stated one, times the root of their number. */
function kolmogorov(draw: () => number, cdf: (x: number) => number): number {
  const draws = Float64Array.from({ length: DRAWS }, draw).sort();
  let distance = 0;
  draws.forEach((x, i) => {
    const p = cdf(x);
    distance = Math.max(distance, p - i / DRAWS, (i + 1) / DRAWS - p);
  });
  return distance * Math.sqrt(DRAWS);
}

/** The 99.9 % point of Kolmogorov's distribution. */
const UNLIKELY = 1.95;

describe('seeded random numbers', () => {
  it('one seed gives one stream, near seeds give other streams', () => {
    const stream = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 5 }, random.uniform);
    };
    expect(stream(1)).toEqual(stream(1));
    const all = [0, 1, 2, 1 + Number.EPSILON, -1, 1e300].flatMap(stream);
    expect(new Set(all).size).toBe(30);
  });

  it('Kolmogorov and Smirnov: uniform, normal, gamma and beta draws follow their distributions', () => {
    const random = createRandom(20_261_122);
    expect(kolmogorov(random.uniform, (x) => x)).toBeLessThan(UNLIKELY);
    expect(kolmogorov(random.normal, normalCdf)).toBeLessThan(UNLIKELY);
    for (const shape of [0.2, 1, 7.5])
      expect(
        kolmogorov(
          () => drawGamma(random, shape),
          (x) => incompleteGamma(shape, x),
        ),
      ).toBeLessThan(UNLIKELY);
    for (const [a = 1, b = 1] of [
      [6, 14],
      [0.3, 2],
    ])
      expect(
        kolmogorov(
          () => drawBeta(random, a, b),
          (x) => incompleteBeta(a, b, x),
        ),
      ).toBeLessThan(UNLIKELY);
  });

  it('chi-square: `below` hits every number evenly', () => {
    const random = createRandom(3);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < DRAWS; i++) {
      const k = random.below(10);
      counts[k] = (counts[k] ?? 0) + 1;
    }
    const statistic = counts.reduce((sum, n) => sum + (n - DRAWS / 10) ** 2 / (DRAWS / 10), 0);
    expect(statistic).toBeLessThan(27.9); // 99.9 % of chi-square with 9 degrees of freedom
  });

  it('a shape of 0 or below is refused', () => {
    expect(() => drawGamma(createRandom(1), 0)).toThrow(RangeError);
  });
});
