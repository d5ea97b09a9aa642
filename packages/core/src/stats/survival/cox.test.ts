import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Covariates } from './covariates.ts';
import { type CoxFit, type CoxOptions, fitCox } from './cox.ts';
import { martingaleResiduals } from './martingale-residuals.ts';
import { predictCoxSurvival, subjectSurvivalAt } from './predict-cox.ts';
import { testProportionalHazards } from './proportional-hazards.ts';
import type { Spells } from './spells.ts';

function fit(spells: Spells, covariates: Covariates, options?: CoxOptions): CoxFit {
  const found = fitCox(spells, covariates, options);
  if (!found.fitted) throw new Error(`${found.problem}: ${found.message}`);
  return found;
}

/** Six rows with ties: the first test set of Therneau and Grambsch 2000, appendix E. */
const small: Spells = { time: [1, 1, 6, 6, 8, 9], event: [1, 0, 1, 1, 0, 1] };
const arm: Covariates = { names: ['x'], values: [1, 1, 1, 0, 0, 0] };

const subject = fc.record({
  time: fc.integer({ min: 1, max: 12 }),
  event: fc.constantFrom(0, 1, 1),
  wait: fc.integer({ min: 1, max: 9 }),
  a: fc.integer({ min: -4, max: 4 }),
  b: fc.integer({ min: 0, max: 3 }),
  copies: fc.integer({ min: 1, max: 3 }),
  stratum: fc.constantFrom(1, 2),
});
type Subject = { time: number; event: number; wait: number; a: number; b: number; copies: number; stratum: number };
const subjects = fc.array(subject, { minLength: 12, maxLength: 40 });

const spellsOf = (rows: readonly Subject[], shift = 0): Spells => ({
  time: rows.map(({ time }) => time + shift),
  event: rows.map(({ event }) => event),
  entry: rows.map(({ time, wait }) => time - wait + shift),
  stratum: rows.map(({ stratum }) => stratum),
});
const columnsOf = (rows: readonly Subject[]): Covariates => ({
  names: ['a', 'b'],
  values: rows.flatMap(({ a, b }) => [a, b]),
});

/** Both fitted with the same numbers to `digits`, or both refused alike. */
function expectSame(left: ReturnType<typeof fitCox>, right: ReturnType<typeof fitCox>, digits: number): void {
  if (!left.fitted || !right.fitted) {
    expect(left).toMatchObject({ fitted: false });
    expect(right).toMatchObject({ fitted: false });
    return;
  }
  left.coefficients.forEach((value, j) => {
    expect(right.coefficients[j]).toBeCloseTo(value, digits);
    expect(right.standardErrors[j]! / left.standardErrors[j]!).toBeCloseTo(1, digits);
  });
  expect(right.logLikelihood).toBeCloseTo(left.logLikelihood, digits);
}

describe('Cox regression', () => {
  it('Breslow: beta = log((3 + sqrt 33)/2) (Therneau and Grambsch 2000, appendix E; log-likelihoods of R survival 3.5-3)', () => {
    const found = fit(small, arm, { ties: 'breslow' });
    expect(found.coefficients[0]).toBeCloseTo(Math.log((3 + Math.sqrt(33)) / 2), 12);
    expect(found.logLikelihoodNull).toBeCloseTo(-4.56434819146784, 12);
    expect(found.logLikelihood).toBeCloseTo(-3.82474950500287, 12);
  });

  it('Efron: beta = 1.676857 (Therneau and Grambsch 2000, appendix E; digits of R survival 3.5-3)', () => {
    const found = fit(small, arm);
    expect(found.coefficients[0]).toBeCloseTo(1.6768574855929, 10);
    expect(found.logLikelihoodNull).toBeCloseTo(-4.27666611901606, 12);
    expect(found.logLikelihood).toBeCloseTo(-3.35897484026335, 12);
  });

  it('shifting all times changes nothing (property)', () => {
    fc.assert(
      fc.property(subjects, (rows) => {
        expectSame(fitCox(spellsOf(rows), columnsOf(rows)), fitCox(spellsOf(rows, 1000), columnsOf(rows)), 9);
      }),
    );
  });

  it('the order of the rows does not matter to 1e-9 (property)', () => {
    fc.assert(
      fc.property(subjects, fc.infiniteStream(fc.nat()), (rows, keys) => {
        const mixed = rows.map((row) => ({ row, key: keys.next().value! })).sort((a, b) => a.key - b.key);
        const turned = mixed.map(({ row }) => row);
        expectSame(fitCox(spellsOf(rows), columnsOf(rows)), fitCox(spellsOf(turned), columnsOf(turned)), 9);
      }),
    );
  });

  it('copies equal weights, with ties by Breslow (property)', () => {
    fc.assert(
      fc.property(subjects, (rows) => {
        const weight = rows.map(({ copies }) => copies);
        const copied = rows.flatMap((row) => Array.from({ length: row.copies }, () => row));
        const weighted = fitCox({ ...spellsOf(rows), weight }, columnsOf(rows), { ties: 'breslow' });
        expectSame(weighted, fitCox(spellsOf(copied), columnsOf(copied), { ties: 'breslow' }), 8);
      }),
    );
  });

  it('columns in other units: coefficients scale, the likelihood stays (property)', () => {
    fc.assert(
      fc.property(subjects, (rows) => {
        const [plain, scaled] = [columnsOf(rows), columnsOf(rows)];
        const values = Array.from(scaled.values, (value, at) => (at % 2 ? value : 1e6 + 1000 * value));
        const [left, right] = [fitCox(spellsOf(rows), plain), fitCox(spellsOf(rows), { ...scaled, values })];
        if (!left.fitted || !right.fitted) return;
        expect(right.coefficients[0]! * 1000).toBeCloseTo(left.coefficients[0]!, 7);
        expect(right.logLikelihood).toBeCloseTo(left.logLikelihood, 8);
      }),
    );
  });

  it('every fit or refusal is free of NaN, and none is endless, on tiny sets (property)', () => {
    fc.assert(
      fc.property(fc.array(subject, { minLength: 0, maxLength: 6 }), (rows) => {
        const found = fitCox(spellsOf(rows), columnsOf(rows));
        if (!found.fitted) return;
        const numbers = [
          ...found.coefficients,
          ...found.standardErrors,
          found.logLikelihood,
          found.score.p,
          found.wald.p,
        ];
        expect(numbers.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('Cox regression refused', () => {
  const x = [0.3, -1.2, 0.8, 0.1, 2.2, -0.4, 1.1, 0.9];
  const time = [1, 2, 3, 4, 5, 6, 7, 8];
  const event = [1, 1, 0, 1, 1, 0, 1, 1];
  const one = (values: readonly number[]): Covariates => ({ names: ['x'], values });

  it.each([
    ['no-rows', { time: [1], event: [1] }, one([1])],
    ['no-rows', { time: [], event: [] }, one([])],
    ['no-events', { time, event: time.map(() => 0) }, one(x)],
    ['constant-column', { time, event }, one(time.map(() => 7.1))],
    [
      'constant-column',
      { time, event },
      { names: ['x', 'twice'], values: x.flatMap((value) => [value, 2 * value + 1]) },
    ],
    ['constant-column', { time: [1, 2, 3], event: [0, 0, 1] }, one([1, 2, 3])],
    ['not-finite', { time, event }, one([Number.NaN, ...x.slice(1)])],
    ['not-finite', { time: [Number.POSITIVE_INFINITY, ...time.slice(1)], event }, one(x)],
    ['out-of-range', { time, event }, one([1, 2])],
    ['out-of-range', { time, event }, { names: [], values: [] }],
    ['separable', { time, event }, one(time.map((at) => -at))],
    ['separable', { time, event }, one([1, 1, 0, 1, 1, 0, 1, 1].map((flag, row) => (row === 2 ? 0 : flag)))],
  ] as const)('%s (case %#)', (problem, spells, covariates) => {
    const refusal = fitCox(spells, covariates);
    expect(refusal).toMatchObject({ fitted: false, problem });
    expect('message' in refusal && refusal.message.length).toBeGreaterThan(10);
  });

  it('separable: a group without losses beside a column that is fine, told by its name, start-stop rows too', () => {
    const flags = x.flatMap((value, row) => [value, event[row] === 1 ? 0 : 1]);
    for (const entry of [undefined, time.map((at) => at - 6)]) {
      const refusal = fitCox({ time, event, entry }, { names: ['seats', 'protected'], values: flags });
      expect(refusal).toMatchObject({
        fitted: false,
        problem: 'separable',
        message: expect.stringContaining('"protected"'),
      });
    }
  });

  it('a constant column is told as such, not as made up of others', () => {
    const refusal = fitCox({ time, event }, { names: ['x', 'seven'], values: x.flatMap((value) => [value, 7]) });
    expect(refusal).toMatchObject({
      problem: 'constant-column',
      message: expect.stringContaining('"seven" is the same'),
    });
  });

  it('nearly separable is not separable: one loss out of order keeps the coefficient finite', () => {
    const rank = [8, 7, 6, 5, 4, 3, 1, 2];
    expect(fit({ time, event: time.map(() => 1) }, one(rank)).coefficients[0]).toBeGreaterThan(1);
  });

  it('cancelled by its signal, after telling its progress', () => {
    const told: number[] = [];
    const signal = { aborted: false };
    const onProgress = (share: number) => {
      told.push(share);
      signal.aborted = true;
    };
    const refusal = fitCox({ time, event }, one(x), { control: { signal, onProgress } });
    expect(refusal).toMatchObject({ fitted: false, problem: 'cancelled' });
    expect(told).toEqual([0]);
  });

  it('a prediction with too few values, or without the stratum it needs', () => {
    const found = fit({ time, event, stratum: [1, 1, 1, 1, 2, 2, 2, 2] }, one(x));
    expect(predictCoxSurvival(found, [])).toMatchObject({ fitted: false, problem: 'not-finite' });
    expect(predictCoxSurvival(found, [1])).toMatchObject({ fitted: false, problem: 'out-of-range' });
    expect(predictCoxSurvival(found, [1], 3)).toMatchObject({ fitted: false, problem: 'out-of-range' });
    const curve = predictCoxSurvival(found, [1], 2);
    expect(curve.fitted && subjectSurvivalAt(curve, 4.9)).toBe(1);
  });

  it('residuals and tests of other columns than the fit has', () => {
    const found = fit({ time, event }, one(x));
    const two = { names: ['x', 'y'], values: x.flatMap((value) => [value, value ** 2]) };
    expect(martingaleResiduals(found, { time, event }, two)).toMatchObject({ fitted: false, problem: 'out-of-range' });
    expect(testProportionalHazards(found, { time, event }, two)).toMatchObject({
      fitted: false,
      problem: 'out-of-range',
    });
    expect(martingaleResiduals(found, { time: [], event: [] }, one([]))).toMatchObject({
      fitted: false,
      problem: 'no-rows',
    });
  });

  it('proportional hazards with a single event time', () => {
    const spells = { time: [2, 2, 3, 4], event: [1, 1, 0, 0] };
    const covariates = one([1, 4, 3, 2]);
    const test = testProportionalHazards(fit(spells, covariates), spells, covariates);
    expect(test).toMatchObject({ fitted: false, problem: 'no-events' });
  });
});
