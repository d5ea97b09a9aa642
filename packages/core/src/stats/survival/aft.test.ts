import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AftFit, fitAft } from './aft.ts';
import { type AftFamily, errorDistributions } from './aft-families.ts';
import type { Covariates } from './covariates.ts';
import { aftQuantile, aftSurvival } from './predict-aft.ts';

const families = ['weibull', 'exponential', 'log-normal', 'log-logistic'] as const;
const none: Covariates = { names: [], values: [] };
const one = (values: readonly number[]): Covariates => ({ names: ['x'], values });

function fit(...given: Parameters<typeof fitAft>): AftFit {
  const found = fitAft(...given);
  if (!found.fitted) throw new Error(`${found.problem}: ${found.message}`);
  return found;
}

const subject = fc.record({
  time: fc.integer({ min: 1, max: 40 }),
  event: fc.constantFrom(0, 1, 1),
  x: fc.integer({ min: -3, max: 3 }),
  copies: fc.integer({ min: 1, max: 3 }),
});
type Subject = { time: number; event: number; x: number; copies: number };
const subjects = fc.array(subject, { minLength: 8, maxLength: 30 });
const fitRows = (rows: readonly Subject[], family: AftFamily, weight?: readonly number[], unit = 1) =>
  fitAft(
    { time: rows.map(({ time }) => time * unit), event: rows.map(({ event }) => event), weight },
    one(rows.map(({ x }) => x)),
    family,
  );

describe('accelerated failure times', () => {
  it('exponential without columns: the rate is events over time, its log has error 1/sqrt(events) (hand calculation)', () => {
    const found = fit({ time: [2, 3, 5, 10], event: [1, 1, 0, 1] }, none, 'exponential');
    expect(found.coefficients[0]).toBeCloseTo(Math.log(20 / 3), 12);
    expect(found.standardErrors[0]).toBeCloseTo(1 / Math.sqrt(3), 12);
    expect(found.logLikelihood).toBeCloseTo(3 * Math.log(3 / 20) - 3, 12);
    expect(found.logLikelihoodNull).toBeCloseTo(found.logLikelihood, 12);
    expect(aftSurvival(found, [], 4)).toBeCloseTo(Math.exp((-4 * 3) / 20), 12);
    expect(aftQuantile(found, [])).toBeCloseTo((Math.LN2 * 20) / 3, 10);
  });

  it('log-normal without censoring: mean and deviation of log time (hand calculation)', () => {
    const logs = [0.2, 1.1, 1.9, 2.4, 3.3];
    const found = fit({ time: logs.map(Math.exp), event: [1, 1, 1, 1, 1] }, none, 'log-normal');
    expect(found.coefficients[0]).toBeCloseTo(1.78, 10);
    expect(found.scale ** 2).toBeCloseTo(logs.reduce((sum, log) => sum + (log - 1.78) ** 2, 0) / 5, 10);
    expect(found.logScaleError).toBeCloseTo(1 / Math.sqrt(10), 9);
  });

  it.each(families)('%s: copies equal weights, whatever the order (property)', (family) => {
    fc.assert(
      fc.property(subjects, (rows) => {
        const left = fitRows(
          rows,
          family,
          rows.map(({ copies }) => copies),
        );
        const right = fitRows(rows.flatMap((row) => Array.from({ length: row.copies }, () => row)).reverse(), family);
        expect(left.fitted).toBe(right.fitted);
        if (!left.fitted || !right.fitted) return;
        left.coefficients.forEach((value, j) => {
          expect(right.coefficients[j]).toBeCloseTo(value, 7);
          expect(right.standardErrors[j]! / left.standardErrors[j]!).toBeCloseTo(1, 7);
        });
        expect(right.logLikelihood).toBeCloseTo(left.logLikelihood, 9);
      }),
      { numRuns: 60 },
    );
  });

  it.each(families)('%s: time in another unit moves the intercept alone (property)', (family) => {
    fc.assert(
      fc.property(subjects, (rows) => {
        const [left, right] = [fitRows(rows, family), fitRows(rows, family, undefined, 365)];
        expect(left.fitted).toBe(right.fitted);
        if (!left.fitted || !right.fitted) return;
        expect(right.coefficients[0]! - left.coefficients[0]!).toBeCloseTo(Math.log(365), 7);
        expect(right.coefficients[1]).toBeCloseTo(left.coefficients[1]!, 7);
        expect(right.scale).toBeCloseTo(left.scale, 7);
      }),
      { numRuns: 60 },
    );
  });

  it.each(families)('%s: slopes and bends are the derivatives of their values (central differences)', (family) => {
    const error = errorDistributions[family];
    for (const part of [error.density, error.survival])
      for (const w of [-8, -2.5, -0.3, 0, 0.7, 3, 29.99, 31]) {
        const [low, middle, high] = [w - 1e-4, w, w + 1e-4].map((at) => {
          const term = { value: 0, slope: 0, bend: 0 };
          part(at, term);
          return term;
        });
        const size = Math.max(1, Math.abs(middle!.value));
        expect((high!.value - low!.value) / 2e-4 / size).toBeCloseTo(middle!.slope / size, 4);
        expect(-(high!.slope - low!.slope) / 2e-4 / size).toBeCloseTo(middle!.bend / size, 4);
      }
  });

  it.each(families)('%s: no NaN and no endless loop on tiny sets (property)', (family) => {
    fc.assert(
      fc.property(fc.array(subject, { maxLength: 4 }), (rows) => {
        const found = fitRows(rows, family);
        if (!found.fitted) return;
        const numbers = [...found.coefficients, ...found.standardErrors, found.logScaleError, found.logLikelihood];
        expect(numbers.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('accelerated failure times refused', () => {
  const time = [1, 2, 3, 4, 5, 6, 7, 8];
  const event = [1, 1, 0, 1, 1, 0, 1, 1];
  const x = [0.3, -1.2, 0.8, 0.1, 2.2, -0.4, 1.1, 0.9];

  it.each([
    ['no-rows', { time: [], event: [] }, none],
    ['no-events', { time, event: time.map(() => 0) }, one(x)],
    ['out-of-range', { time: [0, ...time.slice(1)], event }, one(x)],
    ['not-finite', { time, event }, one([Number.NaN, ...x.slice(1)])],
    ['constant-column', { time, event }, one(time.map(() => 3))],
    ['constant-column', { time, event }, { names: ['x', 'twice'], values: x.flatMap((value) => [value, 2 * value]) }],
    ['boundary', { time: [4, 4, 4], event: [1, 1, 1] }, none],
    ['boundary', { time: [4], event: [1] }, none],
  ] as const)('%s (case %#)', (problem, spells, covariates) => {
    expect(fitAft(spells, covariates, 'weibull')).toMatchObject({ fitted: false, problem });
  });

  it.each(families)('separable, %s: a group without losses, told by its name', (family) => {
    const values = x.flatMap((value, row) => [value, event[row] === 1 ? 0 : 1]);
    const refusal = fitAft({ time, event }, { names: ['seats', 'protected'], values }, family);
    expect(refusal).toMatchObject({
      fitted: false,
      problem: 'separable',
      message: expect.stringContaining('"protected"'),
    });
  });

  it('cancelled by its signal; late entries', () => {
    const aborted = { signal: { aborted: true } };
    expect(fitAft({ time, event }, one(x), 'weibull', aborted)).toMatchObject({ fitted: false, problem: 'cancelled' });
    const late = { time, event, entry: time.map(() => 0) };
    expect(fitAft(late, one(x), 'weibull')).toMatchObject({ fitted: false, problem: 'out-of-range' });
  });
});
