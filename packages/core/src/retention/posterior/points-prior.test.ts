import { describe, expect, it } from 'vitest';
import { addPrior, type PointsPrior, slopeMean } from './points-prior.ts';

const PRIOR: PointsPrior = {
  tau: 0.3,
  base: -2,
  baseWidth: 1,
  points: new Float64Array([0.5, -0.4]),
  p: 2,
  q: 5,
  treatedAt: 4,
};
const THETA = new Float64Array([-1.4, -0.2, 0.3, 0.2, -0.6]);

/** Density of the weights and the slope's mean by summing over slopes above 0; the centre makes the prior mean 1. */
function bySumming(theta: Float64Array, centre: number) {
  let density = 0;
  let first = 0;
  let mass = 0;
  for (let s = 0.00005; s < 6; s += 0.0001) {
    const slope = Math.exp(-0.5 * ((s - centre) / 0.5) ** 2);
    let weights = 1;
    PRIOR.points.forEach((it, j) => {
      weights *= Math.exp(-0.5 * ((theta[1 + j]! - s * it) / PRIOR.tau) ** 2) / PRIOR.tau;
    });
    mass += slope;
    density += slope * weights;
    first += slope * weights * s;
  }
  return { log: Math.log(density / mass), mean: first / density };
}

/** The centre of the normal whose part above 0 has mean 1, by bisection over sums. */
function centreOfMeanOne(): number {
  let [low, high] = [0.5, 1];
  for (let k = 0; k < 40; k++) {
    const centre = (low + high) / 2;
    let [mass, first] = [0, 0];
    for (let s = 0.0005; s < 6; s += 0.001) {
      const density = Math.exp(-0.5 * ((s - centre) / 0.5) ** 2);
      mass += density;
      first += density * s;
    }
    if (first / mass < 1) low = centre;
    else high = centre;
  }
  return low;
}

const valueAt = (theta: Float64Array, prior = PRIOR) => addPrior(prior, theta, new Float64Array(5), null);
const nudged = (j: number, by: number) => THETA.map((it, k) => (k === j ? it + by : it));

describe('addPrior', () => {
  it('integrates the slope out exactly, cut off below 0 (sum over 60,000 slopes)', () => {
    const centre = centreOfMeanOne();
    const other = new Float64Array([-1.4, 0.6, -0.1, 0.2, -0.6]);
    const expected = bySumming(THETA, centre).log - bySumming(other, centre).log;
    expect(valueAt(THETA) - valueAt(other)).toBeCloseTo(expected, 4);
    expect(slopeMean(PRIOR, THETA)).toBeCloseTo(bySumming(THETA, centre).mean, 4);
  });

  it('tells widths apart by the density they give (the same sum)', () => {
    const none = { ...PRIOR, points: new Float64Array(2) };
    const expected =
      -2 * Math.log(2) - (0.5 * (0.2 ** 2 + 0.3 ** 2)) / 0.6 ** 2 + (0.5 * (0.2 ** 2 + 0.3 ** 2)) / 0.3 ** 2;
    const missing = -Math.log(2) - (0.5 * 0.2 ** 2) / 0.6 ** 2 + (0.5 * 0.2 ** 2) / 0.3 ** 2;
    expect(valueAt(THETA, { ...none, tau: 0.6 }) - valueAt(THETA, none)).toBeCloseTo(expected + missing, 10);
  });

  it('gradient and curvature are those of the value (central differences)', () => {
    const gradient = new Float64Array(5);
    const hessian = new Float64Array(25);
    addPrior(PRIOR, THETA, gradient, hessian);
    for (let j = 0; j < 5; j++) {
      expect(gradient[j]).toBeCloseTo((valueAt(nudged(j, 1e-5)) - valueAt(nudged(j, -1e-5))) / 2e-5, 6);
      const [up, down] = [new Float64Array(5), new Float64Array(5)];
      addPrior(PRIOR, nudged(j, 1e-5), up, null);
      addPrior(PRIOR, nudged(j, -1e-5), down, null);
      for (let k = 0; k <= j; k++) expect(hessian[j * 5 + k]).toBeCloseTo(-(up[k]! - down[k]!) / 2e-5, 5);
    }
  });
});
