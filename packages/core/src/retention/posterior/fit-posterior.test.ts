import { describe, expect, it } from 'vitest';
import { createRandom } from '../../stats/index.ts';
import { fitPosterior, type PosteriorInput } from './fit-posterior.ts';

const BASE = Math.log(0.11 / 0.89);

/** Rows of `p` normal columns (a tenth missing), lost by chance with weights .5, -.5, .5 ... */
function someRows(n: number, p: number, seed = 1): PosteriorInput {
  const random = createRandom(seed);
  const x = Float64Array.from({ length: n * p }, () => (random.uniform() < 0.1 ? Number.NaN : random.normal()));
  const lost = Uint8Array.from({ length: n }, (_, i) => {
    let eta = -1.5;
    for (let j = 0; j < p; j++) eta += (x[i * p + j]! || 0) * (j % 2 === 0 ? 0.5 : -0.5);
    return random.uniform() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
  });
  return {
    x,
    lost,
    weight: new Float64Array(n).fill(1),
    cluster: Int32Array.from({ length: n }, (_, i) => i),
    priorMean: new Float64Array(p).fill(0.4),
    priorBase: BASE,
  };
}

function fit(input: PosteriorInput) {
  const posterior = fitPosterior(input);
  if (!posterior.fitted) throw new Error(posterior.message);
  return posterior;
}

/** The same rows in another order, or some of them more than once. */
function take(input: PosteriorInput, rows: readonly number[]): PosteriorInput {
  const p = input.priorMean.length;
  return {
    ...input,
    x: Float64Array.from(rows.flatMap((i) => [...input.x.subarray(i * p, (i + 1) * p)])),
    lost: Uint8Array.from(rows, (i) => input.lost[i]!),
    weight: Float64Array.from(rows, (i) => input.weight[i]!),
    cluster: Int32Array.from(rows, (_, k) => k),
  };
}

const numbersOf = (it: ReturnType<typeof fit>) => [it.intercept, ...it.weights, ...it.missing, ...it.covariance];

describe('fitPosterior', () => {
  it('no rows: the prior itself, widths 1 and .5 (rule 5)', () => {
    const { intercept, weights, covariance, learned } = fit(someRows(0, 2));
    expect([intercept, ...weights, learned]).toEqual([BASE, 0.4, 0.4, 0]);
    expect([0, 6, 12, 18, 24].map((k) => covariance[k])).toEqual([1, 0.25, 0.25, 0, 0]);
  });

  it('no columns: the mode of one held binomial, by bisection', () => {
    const input = { ...someRows(100, 0), lost: Uint8Array.from({ length: 100 }, (_, i) => (i < 20 ? 1 : 0)) };
    const rate = 21 / 104;
    const held = 1 / (1 + 24 / (1 + 100 * rate * (1 - rate)));
    let [low, high] = [-5, 5];
    for (let k = 0; k < 80; k++) {
      const theta = (low + high) / 2;
      const slope = held * (20 - 100 / (1 + Math.exp(-theta))) - (theta - BASE);
      if (slope > 0) low = theta;
      else high = theta;
    }
    expect(fit(input).intercept).toBeCloseTo(low, 9);
  });

  it('the order of rows does not matter to 1e-9, and a weight of 2 is two rows', () => {
    const input = someRows(80, 3);
    const order = Array.from({ length: 80 }, (_, i) => (i * 37) % 80);
    const once = numbersOf(fit(input));
    numbersOf(fit(take(input, order))).forEach((it, k) => {
      expect(Math.abs(it - once[k]!)).toBeLessThan(1e-9);
    });
    const twice = numbersOf(fit(take(input, [...order, ...order])));
    numbersOf(fit({ ...input, weight: new Float64Array(80).fill(2) })).forEach((it, k) => {
      expect(Math.abs(it - twice[k]!)).toBeLessThan(1e-9);
    });
  });

  it.each([
    ['one class: all kept', (input: PosteriorInput) => ({ ...input, lost: new Uint8Array(60) })],
    ['one class: all lost', (input: PosteriorInput) => ({ ...input, lost: new Uint8Array(60).fill(1) })],
    [
      'separable',
      (input: PosteriorInput) => ({
        ...input,
        lost: Uint8Array.from(input.lost, (_, i) => (input.x[2 * i]! > 0 ? 1 : 0)),
      }),
    ],
    ['a constant column', (input: PosteriorInput) => ({ ...input, x: input.x.map((it, k) => (k % 2 === 0 ? 3 : it)) })],
    [
      'a column that is always missing',
      (input: PosteriorInput) => ({ ...input, x: input.x.map((it, k) => (k % 2 === 0 ? Number.NaN : it)) }),
    ],
    ['weights of 0', (input: PosteriorInput) => ({ ...input, weight: new Float64Array(60) })],
    ['values of 10,000', (input: PosteriorInput) => ({ ...input, x: input.x.map((it) => it * 10_000) })],
  ])('stays finite with positive variances: %s', (_, change) => {
    const posterior = fit(change(someRows(60, 2)));
    for (const it of numbersOf(posterior)) expect(Number.isFinite(it)).toBe(true);
    for (const k of [0, 6, 12]) expect(posterior.covariance[k]).toBeGreaterThan(0);
  });

  it('many rows: the truth within 4 standard deviations, whatever the points said', () => {
    const posterior = fit({ ...someRows(8000, 3), priorMean: new Float64Array([-0.5, 0.5, -0.5]) });
    [-1.5, 0.5, -0.5, 0.5].forEach((truth, k) => {
      const deviation = Math.sqrt(posterior.covariance[k * 8]!);
      const value = k === 0 ? posterior.intercept : posterior.weights[k - 1]!;
      expect(Math.abs(value - truth) / deviation).toBeLessThan(4);
      expect(deviation).toBeLessThan(0.08);
    });
  });

  it('overlapping windows: ten copies weighing 1/10 each in one cluster are as uncertain as the row itself (rule 7)', () => {
    const input = someRows(600, 2);
    const rows = Array.from({ length: 6000 }, (_, k) => k % 600);
    const copies = { ...take(input, rows), weight: new Float64Array(6000).fill(0.1), cluster: Int32Array.from(rows) };
    const ratio = fit(copies).covariance[0]! / fit(input).covariance[0]!;
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.25);
    // taken for independent rows they would claim less
    expect(fit(take(copies, [...rows.keys()])).covariance[0]).toBeLessThan(fit(copies).covariance[0]!);
  });

  it('treated rows: what acting did is told apart and the rest is as if untreated (rule 9)', () => {
    const random = createRandom(5);
    const n = 4000;
    const treated = Uint8Array.from({ length: n }, () => (random.uniform() < 0.3 ? 1 : 0));
    const lost = treated.map((it) => (random.uniform() < (it === 1 ? 0.1 : 0.3) ? 1 : 0));
    const { intercept, treatment } = fit({ ...someRows(n, 0), treated, lost });
    expect(1 / (1 + Math.exp(-intercept))).toBeCloseTo(0.3, 1);
    expect(treatment).toBeCloseTo(Math.log(0.1 / 0.9) - Math.log(0.3 / 0.7), 0);
  });

  it('refuses what is no number and a cancelled run', () => {
    const input = someRows(5, 1);
    const refusals = [
      fitPosterior({ ...input, x: new Float64Array(5).fill(Number.POSITIVE_INFINITY) }),
      fitPosterior({ ...input, priorMean: new Float64Array([Number.NaN]) }),
      fitPosterior({ ...input, options: { control: { signal: { aborted: true } } } }),
    ];
    expect(refusals.map((it) => !it.fitted && it.problem)).toEqual(['not-finite', 'not-finite', 'cancelled']);
  });
});
