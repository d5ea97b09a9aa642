import { describe, expect, it } from 'vitest';
import { renewalTarget } from '../contract-cohorts/likelihood.ts';
import { type Target, withDifferencedHessian } from '../maximum-likelihood/target.ts';
import { betaGeometricTarget } from './beta-geometric/likelihood.ts';
import { bgBbTarget } from './bg-bb/likelihood.ts';
import { gammaGammaTarget } from './gamma-gamma/likelihood.ts';
import { groupByFrequency } from './grouped-by-frequency.ts';
import { nbdTarget } from './nbd-target.ts';
import { paretoNbdTarget } from './pareto-nbd/likelihood.ts';

const accounts = groupByFrequency(
  {
    base: 'weeks',
    frequency: Float64Array.of(0, 1, 1, 2, 7, 0, 3, 40, 5000),
    recency: Float64Array.of(0, 2, 30, 11, 29, 0, 31, 33, 38),
    age: Float64Array.of(12, 30, 31, 38, 30, 38, 31, 34, 38.5),
  },
  1,
);
const cells = {
  base: 'years' as const,
  frequency: Float64Array.of(0, 1, 2, 6),
  recency: Float64Array.of(0, 3, 5, 6),
  occasions: Float64Array.of(6, 6, 6, 6),
  accounts: Float64Array.of(30, 4, 7, 2),
};
const spend = { currency: 'EUR', frequency: Float64Array.of(1, 3, 8), meanValue: Float64Array.of(4, 0.7, 1.3) };
const renewals = { lost: Float64Array.of(0, 30, 20, 7), last: Float64Array.of(0, 4, 0, 43) };
const gradientOnly = withDifferencedHessian;

const targets: readonly (readonly [string, Target, readonly number[]])[] = [
  ['BG/NBD', betaGeometricTarget(accounts, 0), [-1, 1.5, -0.2, 0.9]],
  ['MBG/NBD', betaGeometricTarget(accounts, 1), [-0.6, 1.8, 0.3, -0.5]],
  ['Pareto/NBD, alpha below beta', paretoNbdTarget(accounts), [-0.6, 1.8, -0.5, 2.5]],
  ['Pareto/NBD, alpha above beta', paretoNbdTarget(accounts), [-0.6, 2.4, 0.2, 1.1]],
  ['NBD', nbdTarget(accounts), [-0.6, 2.4]],
  ['BG/BB', gradientOnly(bgBbTarget(cells)), [0.2, -0.3, -0.4, 1]],
  ['Gamma-Gamma', gradientOnly(gammaGammaTarget(spend)), [1.3, 0.4, 1.8]],
  ['sBG', gradientOnly(renewalTarget(renewals)), [-0.3, 0.2]],
  ['BdW', gradientOnly(renewalTarget(renewals)), [-0.3, 0.2, 0.3]],
];

/** Value and derivatives at a point, with one coordinate moved. */
function at(target: Target, theta: readonly number[], j = 0, by = 0) {
  const moved = Float64Array.from(theta);
  moved[j]! += by;
  const gradient = new Float64Array(theta.length);
  const hessian = new Float64Array(theta.length ** 2);
  return { value: target(moved, gradient, hessian), gradient, hessian };
}

describe('analytic derivatives against central differences of the value (definition of a derivative)', () => {
  it.each(targets)('%s', (_, target, theta) => {
    const h = 1e-5;
    const here = at(target, theta);
    for (let j = 0; j < theta.length; j++) {
      const up = at(target, theta, j, h);
      const down = at(target, theta, j, -h);
      const slope = (up.value - down.value) / (2 * h);
      expect(Math.abs(here.gradient[j]! - slope), `gradient ${j}`).toBeLessThan(1e-6 * (1 + Math.abs(here.value)));
      for (let i = 0; i < theta.length; i++) {
        const bend = (up.gradient[i]! - down.gradient[i]!) / (2 * h);
        const size = Math.abs(here.hessian[i * theta.length + i]!) + Math.abs(here.gradient[i]!) + 1;
        expect(Math.abs(here.hessian[i * theta.length + j]! - bend), `Hessian ${i} ${j}`).toBeLessThan(1e-6 * size);
      }
    }
  });
});
