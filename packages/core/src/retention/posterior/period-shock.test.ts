import { describe, expect, it } from 'vitest';
import type { DecisionRows } from '../training/decision-rows.ts';
import type { FittedPosterior } from './fit-posterior.ts';
import { periodShock } from './period-shock.ts';

/** A posterior that gives every account even odds, and months of 40 decisions with so many losses each. */
const even = {
  intercept: 0,
  weights: new Float64Array(0),
  missing: new Float64Array(0),
  treatment: 0,
} as FittedPosterior;
function monthsWith(losses: readonly number[]): DecisionRows {
  const count = 40 * losses.length;
  return {
    ...({ count, drivers: [], swings: new Float64Array(0) } as Partial<DecisionRows>),
    lost: Uint8Array.from({ length: count }, (_, i) => (i % 40 < losses[Math.floor(i / 40)]! ? 1 : 0)),
    weight: new Float64Array(count).fill(1),
    treated: new Uint8Array(count),
    decidesDay: Int32Array.from({ length: count }, (_, i) => 31 * Math.floor(i / 40) + 1),
  } as DecisionRows;
}
const FLAT = { baseWidth: 1e6, pointsWidth: 0.5 };

/**
 * With an intercept only, months of equal information D = 40 / 4 and a flat base, P has the eigenvalue D for each
 * contrast of months: log L(s) = -(M - 1) log(1 + s^2 D) / 2 + s^2 sum (g - mean g)^2 / (1 + s^2 D) / 2, by hand.
 */
function expectedVariance(losses: readonly number[]): number {
  const surplus = losses.map((it) => it - 20);
  const mean = surplus.reduce((sum, it) => sum + it, 0) / surplus.length;
  const square = surplus.reduce((sum, it) => sum + (it - mean) ** 2, 0);
  const likelihood = (s: number) =>
    (1 + s * s * 10) ** (-(losses.length - 1) / 2) * Math.exp((s * s * square) / (1 + s * s * 10) / 2);
  let [mass, sum] = [3 / 8, 0];
  const step = 0.0005;
  for (let s = step / 2; s < 1.2; s += step) {
    const prior = (5 / 8) * (2 / (0.5 * Math.sqrt(2 * Math.PI))) * Math.exp(-0.5 * (s / 0.5) ** 2);
    const density = step * prior * likelihood(s);
    mass += density;
    sum += density * s * s;
  }
  return sum / mass;
}

describe('periodShock', () => {
  it.each([
    ['months all alike', [20, 20, 20, 20, 20, 20]],
    ['months that differ', [10, 30, 14, 26, 8, 32]],
    ['two months', [18, 23]],
  ])('%s: the posterior mean of the variance, by hand from the likelihood of equal months', (_, losses) => {
    const shock = periodShock(monthsWith(losses), even, FLAT)!;
    expect(shock.variance / expectedVariance(losses)).toBeCloseTo(1, 1);
    // The base is the mean of the months: their shocks move it by variance / M.
    expect(shock.covariance[0]! / (shock.variance / losses.length)).toBeCloseTo(1, 6);
  });

  it('a bad year is the base, no shock; one month says nothing of months', () => {
    const [alike, bad] = [
      periodShock(monthsWith([20, 20, 20]), even, FLAT),
      periodShock(monthsWith([30, 30, 30]), even, FLAT),
    ];
    expect(bad!.variance).toBeCloseTo(alike!.variance, 6);
    expect(periodShock(monthsWith([20]), even, FLAT)).toBeNull();
  });
});
