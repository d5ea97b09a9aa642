import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fitLogistic } from './fit-logistic.ts';
import { standardise } from './standardise.ts';

describe('standardise', () => {
  it('2, 4, 4, 4, 5, 5, 7, 9: mean 5, standard deviation 2 (hand calculation); missing stays missing', () => {
    const result = standardise(Float64Array.of(2, 4, 4, Number.NaN, 4, 5, 5, 7, 9), 1);
    expect(result).toMatchObject({ means: [5], scales: [2] });
    expect(result).toMatchObject({ x: Float64Array.of(-1.5, -0.5, -0.5, Number.NaN, -0.5, 0, 0, 1, 2) });
  });

  it.each([
    ['one value only', [0.1, 0.1, 0.1], 1, 'constant-column'],
    ['nothing but missing values', [Number.NaN, Number.NaN], 1, 'constant-column'],
    ['infinity', [1, Number.POSITIVE_INFINITY], 1, 'not-finite'],
    ['no rows', [], 1, 'no-rows'],
    ['half a row', [1, 2, 3], 2, 'out-of-range'],
  ])('refuses %s', (_, values, columns, problem) => {
    expect(standardise(Float64Array.from(values), columns)).toMatchObject({ fitted: false, problem });
  });

  const values = fc
    .array(fc.integer({ min: -100, max: 100 }), { minLength: 6, maxLength: 30 })
    .map((tenths) => [0, 1, -2, 3, ...tenths].map((value) => value / 10));
  test.prop([values, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true })])(
    'scaling and shifting a column before standardising changes no fitted log-odds by more than 1e-9',
    (column, factor, shift) => {
      const fits = [column, column.map((value) => factor * (value - shift))].map((raw) => {
        const { x } = standardise(Float64Array.from(raw), 1) as { x: Float64Array };
        const outcome = Uint8Array.from(raw, (_, i) => (i % 3 === 0 ? 1 : 0));
        const fit = fitLogistic(
          { count: raw.length, columns: 1, x, outcome },
          { prior: [{ mean: 0.5, precision: 1 }] },
        );
        if (!fit.fitted) throw new Error(fit.message);
        return Array.from(x, (value) => fit.intercept + fit.coefficients[0]! * value);
      });
      fits[0]!.forEach((value, i) => {
        expect(Math.abs(value - fits[1]![i]!)).toBeLessThan(1e-9);
      });
    },
  );
});
