import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { psi, psiOfCounts } from './index.ts';

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
