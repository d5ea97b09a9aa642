import { expect, test } from 'vitest';
import { createRandom } from '../../stats/random/index.ts';
import { fitPosterior } from './fit-posterior.ts';

/** 600 outcomes that have nothing to do with the first column; the second is known of nobody. */
function noise() {
  const random = createRandom(11);
  const n = 600;
  const x = new Float64Array(n * 2).fill(Number.NaN);
  const lost = new Uint8Array(n);
  for (let i = 0; i < n; i += 1) {
    x[i * 2] = random.normal();
    lost[i] = Number(random.uniform() < 0.2);
  }
  return { x, lost, weight: new Float64Array(n).fill(1), cluster: Int32Array.from({ length: n }, (_, i) => i) };
}

test('points that proved worthless go; a column that no outcome knew keeps its own, with the prior\u2019s doubt', () => {
  const fit = fitPosterior({
    ...noise(),
    priorMean: Float64Array.of(1.5, 5),
    priorBase: -1.4,
    options: { pointsWidth: 0.5 },
  });
  if (!fit.fitted) throw new Error(fit.message);
  expect(Math.abs(fit.weights[0]!)).toBeLessThan(0.3);
  expect(fit.weights[1]).toBe(5);
  const size = 1 + 2 * 2;
  expect(fit.covariance[2 * size + 2]).toBe(0.25);
  expect(fit.covariance[2 * size + 1]).toBe(0);
});
