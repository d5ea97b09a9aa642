import { describe, expect, it } from 'vitest';
import { logisticPass } from './logistic-pass.ts';

const ROWS = 301;

/** The same row `ROWS` times, so that a block is full and another is not. */
function pass(eta: number, outcome: number, weight?: number) {
  const gradient = new Float64Array(1);
  const information = new Float64Array(1);
  const rows = {
    count: ROWS,
    columns: 0,
    x: new Float64Array(0),
    outcome: new Uint8Array(ROWS).fill(outcome),
    weight: weight === undefined ? undefined : new Float64Array(ROWS).fill(weight),
  };
  const logLikelihood = logisticPass(rows, Float64Array.of(eta), gradient, information);
  return [logLikelihood / ROWS, gradient[0]! / ROWS, information[0]! / ROWS] as const;
}

describe('logisticPass', () => {
  it.each([
    ['log-odds 0', 0, 1, [-Math.LN2, 0.5, 0.25]],
    ['log-odds -1000 and lost: no overflow', -1000, 1, [-1000, 1, 0]],
    ['log-odds 1000 and kept', 1000, 0, [-1000, -1, 0]],
    ['log-odds 1000 and lost: certain', 1000, 1, [0, 0, 0]],
    // log(1 + e^-30) = 9.357622968839862e-14, e^-30 / (1 + e^-30) the same to 13 digits
    ['log-odds 30 and kept', 30, 0, [-30.000000000000092, -1, 9.35762296883e-14]],
    [
      'log-odds -30 and kept: nothing is lost in the tail',
      -30,
      0,
      [-9.35762296883e-14, -9.35762296883e-14, 9.35762296883e-14],
    ],
  ] as const)('%s (hand calculation), and with weight 3 three times that', (_, eta, outcome, expected) => {
    pass(eta, outcome).forEach((value, k) => {
      expect(Math.abs(value - expected[k]!)).toBeLessThan(1e-13 * Math.max(1, Math.abs(expected[k]!)));
    });
    pass(eta, outcome, 3).forEach((value, k) => {
      expect(Math.abs(value - 3 * expected[k]!)).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected[k]!)));
    });
  });
});
