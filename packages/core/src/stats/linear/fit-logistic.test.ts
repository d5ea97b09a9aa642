import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fitLogistic, type LogisticFit, type LogisticOptions } from './fit-logistic.ts';
import type { LogisticRows } from './logistic-rows.ts';

const rowsOf = (
  x: readonly (readonly number[])[],
  outcome: readonly number[],
  weight?: readonly number[],
): LogisticRows => ({
  count: outcome.length,
  columns: x[0]?.length ?? 0,
  x: Float64Array.from(x.flat()),
  outcome: Uint8Array.from(outcome),
  ...(weight && { weight: Float64Array.from(weight) }),
});

function fitted(rows: LogisticRows, options?: LogisticOptions): LogisticFit {
  const fit = fitLogistic(rows, options);
  if (!fit.fitted) throw new Error(`${fit.problem}: ${fit.message}`);
  return fit;
}

const flat = (fit: LogisticFit) => [
  fit.intercept,
  ...fit.coefficients,
  ...fit.standardErrors,
  ...fit.covariance,
  fit.logLikelihood,
  fit.logEvidence,
];

function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 1e-9): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected[i]!)));
  });
}

describe('fitLogistic', () => {
  // 2 x 2 table: 10 of 40 lost without, 30 of 50 with
  const table = rowsOf([[0], [0], [1], [1]], [0, 1, 0, 1], [30, 10, 20, 30]);

  it('a 2 x 2 table: log odds ratio and its Woolf standard error (hand calculation)', () => {
    const fit = fitted(table);
    expect(fit.intercept).toBeCloseTo(Math.log(10 / 30), 10);
    expect(fit.coefficients[0]).toBeCloseTo(Math.log((30 / 20) * (30 / 10)), 10);
    expect(fit.standardErrors[0]).toBeCloseTo(Math.sqrt(1 / 30 + 1 / 10), 10);
    expect(fit.standardErrors[1]).toBeCloseTo(Math.sqrt(1 / 30 + 1 / 10 + 1 / 20 + 1 / 30), 10);
    const expected = 30 * Math.log(0.75) + 10 * Math.log(0.25) + 20 * Math.log(0.4) + 30 * Math.log(0.6);
    expect(fit.logLikelihood).toBeCloseTo(expected, 9);
  });

  it('an offset moves the intercept by itself (hand calculation)', () => {
    const fit = fitted({ ...table, offset: new Float64Array(4).fill(2) });
    expect(fit.intercept).toBeCloseTo(Math.log(10 / 30) - 2, 10);
  });

  it('Gaussian evidence: Laplace against the integral by 200,001 trapezia, intercept alone (numerical integration)', () => {
    const [lost, kept, mean, precision] = [300, 900, -2, 1];
    const rows = rowsOf([[], []], [1, 0], [lost, kept]);
    const fit = fitted({ ...rows, columns: 0 }, { interceptPrior: { mean, precision } });
    let sum = 0;
    const width = 4 / 200_000;
    for (let i = 0; i <= 200_000; i++) {
      const b = -3 + i * width;
      const logDensity = -b * kept * 0 - (lost + kept) * Math.log1p(Math.exp(b)) + lost * b - (b - mean) ** 2 / 2;
      sum += Math.exp(logDensity - fit.logLikelihood) * width;
    }
    const exact = Math.log(sum / Math.sqrt(2 * Math.PI)) + fit.logLikelihood;
    // Laplace is off by some 1/12 of 1/events
    expect(fit.logEvidence).toBeCloseTo(exact, 2);
  });

  it('a prior pulls to its mean: at precision 1e9 the coefficient is the prior, at 1e-9 the likelihood (limits)', () => {
    expect(fitted(table, { prior: [{ mean: 0.3, precision: 1e9 }] }).coefficients[0]).toBeCloseTo(0.3, 6);
    const loose = fitted(table, { prior: [{ mean: 0.3, precision: 1e-9 }] });
    expectClose(loose.coefficients, fitted(table).coefficients, 1e-7);
  });

  it.each([
    ['no rows', rowsOf([], []), 'no-rows'],
    ['weights all 0', rowsOf([[1], [2]], [0, 1], [0, 0]), 'no-rows'],
    ['one class', rowsOf([[1], [2], [3]], [1, 1, 1]), 'one-class'],
    ['one class once weights of 0 are left out', rowsOf([[1], [2], [3]], [1, 1, 0], [1, 1, 0]), 'one-class'],
    ['complete separation', rowsOf([[1], [2], [3], [4]], [0, 0, 1, 1]), 'separable'],
    [
      'separation once weights of 0 are left out',
      rowsOf([[1], [2], [3], [4]], [0, 1, 0, 1], [1, 0, 1, 1]),
      'separable',
    ],
    ['quasi-complete separation: a tie at the border', rowsOf([[1], [2], [2], [3]], [0, 0, 1, 1]), 'separable'],
    [
      'a level without a loss among 200 rows',
      rowsOf(
        Array.from({ length: 200 }, (_, i) => [i % 20 === 0 ? 1 : 0, Math.sin(i)]),
        Array.from({ length: 200 }, (_, i) => (i % 20 !== 0 && i % 3 === 0 ? 1 : 0)),
      ),
      'separable',
    ],
    ['a constant column', rowsOf([[1], [1], [1]], [0, 1, 0]), 'constant-column'],
    [
      'a column that is the sum of two others',
      rowsOf(
        Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(i), Math.sin(i) + Math.cos(i)]),
        Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
      ),
      'constant-column',
    ],
    ['NaN in a column', rowsOf([[1], [Number.NaN], [3]], [0, 1, 0]), 'not-finite'],
    ['infinity in a column', rowsOf([[1], [2], [Number.POSITIVE_INFINITY]], [0, 1, 0]), 'not-finite'],
    ['an offset that is NaN', { ...table, offset: new Float64Array(4).fill(Number.NaN) }, 'not-finite'],
    ['an outcome of 2', rowsOf([[1], [2], [3]], [0, 1, 2]), 'out-of-range'],
    ['a negative weight', rowsOf([[1], [2], [3]], [0, 1, 0], [1, -1, 1]), 'out-of-range'],
    ['a column too many', { ...table, columns: 2 }, 'out-of-range'],
  ] as const)('refuses: %s', (_, rows, problem) => {
    const fit = fitLogistic(rows, { names: ['tenure', 'price', 'seats'] });
    expect(fit).toMatchObject({ fitted: false, problem });
    expect(JSON.stringify(fit)).not.toContain('NaN');
  });

  it('a refusal names the column at fault', () => {
    const rows = rowsOf([[1], [2], [3], [4]], [0, 0, 1, 1]);
    expect(fitLogistic(rows, { names: ['seats'] })).toMatchObject({ message: expect.stringContaining('seats') });
  });

  it('a prior makes separated data and one class finite (rule 5)', () => {
    const prior = [{ mean: 0, precision: 1 }];
    const separated = fitted(rowsOf([[1], [2], [3], [4]], [0, 0, 1, 1]), { prior });
    expect(separated.coefficients[0]).toBeGreaterThan(0.5);
    const interceptPrior = { mean: -2, precision: 1 };
    const oneClass = fitted(rowsOf([[1], [1], [1]], [0, 0, 0]), { prior, interceptPrior });
    expect(oneClass.intercept).toBeLessThan(-2);
    expect(Number.isFinite(oneClass.logEvidence)).toBe(true);
  });

  it('an aborted signal cancels; a bound on the steps is told', () => {
    expect(fitLogistic(table, { control: { signal: { aborted: true } } })).toMatchObject({ problem: 'cancelled' });
    expect(fitLogistic(table, { maxIterations: 1 })).toMatchObject({ problem: 'not-converged' });
  });

  it('30,000 rows with 12 losses, too rare for a sample: the log odds ratio of the 2 x 2 table (hand calculation)', () => {
    const x = new Float64Array(30_000).map((_, i) => (i % 3 === 0 ? 1 : 0)); // 10,000 with, 20,000 without
    const outcome = new Uint8Array(30_000);
    for (let k = 0; k < 8; k++) outcome[3 * (k * 997 + 5)] = 1; // 8 of those with
    for (let k = 0; k < 4; k++) outcome[3 * (k * 1999 + 7) + 1] = 1; // 4 of those without
    const fit = fitted({ count: 30_000, columns: 1, x, outcome });
    expect(fit.intercept).toBeCloseTo(Math.log(4 / 19_996), 8);
    expect(fit.coefficients[0]).toBeCloseTo(Math.log((8 / 9_992) * (19_996 / 4)), 8);
    expect(fit.standardErrors[1]).toBeCloseTo(Math.sqrt(1 / 8 + 1 / 9_992 + 1 / 4 + 1 / 19_996), 6);
  });

  it('30,000 rows with a level of 40 that was never lost are refused as separable (definition)', () => {
    const x = new Float64Array(30_000).map((_, i) => (i % 750 === 0 ? 1 : 0));
    const outcome = Uint8Array.from(x, (level, i) => (level === 0 && i % 4 === 1 ? 1 : 0));
    expect(fitLogistic({ count: 30_000, columns: 1, x, outcome })).toMatchObject({ problem: 'separable' });
  });

  it('nearly separated data have an answer: the score equations hold to 1e-9 (their definition)', () => {
    const x = Array.from({ length: 100 }, (_, i) => i);
    const outcome = x.map((i) => (i === 49 ? 1 : i === 50 ? 0 : i >= 50 ? 1 : 0));
    const fit = fitted(
      rowsOf(
        x.map((i) => [i]),
        outcome,
      ),
    );
    const residuals = x.map((i) => outcome[i]! - 1 / (1 + Math.exp(-fit.intercept - fit.coefficients[0]! * i)));
    expect(Math.abs(residuals.reduce((sum, it) => sum + it, 0))).toBeLessThan(1e-9);
    expect(Math.abs(residuals.reduce((sum, it, i) => sum + it * i, 0))).toBeLessThan(1e-7);
    expect(fit.coefficients[0]).toBeGreaterThan(0.5);
  });

  it('progress climbs from above 0 to 1', () => {
    const shares: number[] = [];
    fitted(table, { control: { onProgress: (share) => shares.push(share) } });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('columns far from 0 (a year, a price in cents) still meet the centred fit (shift of the intercept)', () => {
    const years = Array.from({ length: 60 }, (_, i) => [2000 + (i % 7), 1e6 + 1000 * Math.sin(i)]);
    const outcome = years.map((_, i) => ((i * 7) % 5 < 2 ? 1 : 0));
    const centred = years.map(([a = 0, b = 0]) => [a - 2003, (b - 1e6) / 1000]);
    const far = fitted(rowsOf(years, outcome));
    const near = fitted(rowsOf(centred, outcome));
    expectClose([far.coefficients[0]!, far.coefficients[1]! * 1000], near.coefficients, 1e-6);
    expect(far.logLikelihood).toBeCloseTo(near.logLikelihood, 8);
  });

  it('25,000 rows by way of a sample meet the same rows counted 5,000 times 5 (duplicates are weights)', () => {
    const x = Array.from({ length: 5000 }, (_, i) => [Math.sin(i * 1.3), Math.cos(i * i), (i % 17) / 17]);
    const outcome = x.map(([a = 0, b = 0], i) => (Math.sin(i * 3.7) < a + b / 2 - 1 ? 1 : 0));
    const many = fitted(
      rowsOf([...x, ...x, ...x, ...x, ...x], [...outcome, ...outcome, ...outcome, ...outcome, ...outcome]),
    );
    const few = fitted(
      rowsOf(
        x,
        outcome,
        outcome.map(() => 5),
      ),
    );
    expectClose(many.coefficients, few.coefficients);
    expectClose([many.logLikelihood], [few.logLikelihood]);
    // the curvature of many rows is taken a last small step before the end
    expectClose([many.logEvidence], [few.logEvidence], 1e-8);
    expectClose(many.standardErrors, few.standardErrors, 1e-5);
  });
});

const book = fc
  .record({
    x: fc.array(fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.integer({ min: 0, max: 4 })), {
      minLength: 12,
      maxLength: 40,
    }),
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  .map(({ x, seed }) => ({ x, outcome: x.map((_, i) => ((seed * (i + 3)) % 7 < 3 ? 1 : 0)) }));
const prior = [
  { mean: 0.2, precision: 1 },
  { mean: -0.5, precision: 4 },
];
const interceptPrior = { mean: -1, precision: 1 };

describe('fitLogistic: properties', () => {
  test.prop([book, fc.integer({ min: 1, max: 1e6 })])(
    'rows in another order give the same to 1e-9',
    ({ x, outcome }, seed) => {
      const order = x.map((_, i) => i).sort((a, b) => ((a * seed) % 31) - ((b * seed) % 31));
      const moved = rowsOf(
        order.map((i) => x[i]!),
        order.map((i) => outcome[i]!),
      );
      const options = { prior, interceptPrior };
      expectClose(flat(fitted(moved, options)), flat(fitted(rowsOf(x, outcome), options)));
    },
  );

  test.prop([book])('rows given twice equal weights of 2 to 1e-9', ({ x, outcome }) => {
    const options = { prior, interceptPrior };
    const twice = fitted(rowsOf([...x, ...x], [...outcome, ...outcome]), options);
    const doubled = fitted(
      rowsOf(
        x,
        outcome,
        x.map(() => 2),
      ),
      options,
    );
    expectClose(flat(twice), flat(doubled));
  });

  test.prop([book, fc.double({ min: 0.001, max: 1000, noNaN: true })])(
    'a scaled column with its prior scaled gives the same fit, coefficient divided',
    ({ x, outcome }, scale) => {
      const scaled = x.map(([a, b]) => [a * scale, b]);
      const [first, second] = prior;
      const scaledPrior = [{ mean: first!.mean / scale, precision: first!.precision * scale ** 2 }, second!];
      const before = fitted(rowsOf(x, outcome), { prior, interceptPrior });
      const after = fitted(rowsOf(scaled, outcome), { prior: scaledPrior, interceptPrior });
      expectClose([after.coefficients[0]! * scale, after.coefficients[1]!], before.coefficients);
      // evidence does not change with the unit of a column
      expectClose([after.logLikelihood, after.logEvidence], [before.logLikelihood, before.logEvidence]);
    },
  );

  test.prop([book])('whatever the rows: a fit of finite numbers or a refusal', ({ x, outcome }) => {
    const fit = fitLogistic(rowsOf(x, outcome));
    if (fit.fitted) expect(flat(fit).every(Number.isFinite)).toBe(true);
    else expect(['separable', 'constant-column', 'one-class']).toContain(fit.problem);
  });
});
