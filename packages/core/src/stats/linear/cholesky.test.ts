import { describe, expect, it } from 'vitest';
import { choleskyInPlace, invertCholesky, logDeterminant, solveCholesky } from './cholesky.ts';

// [[4, 12, -16], [12, 37, -43], [-16, -43, 98]] = L L' with L = [[2], [6, 1], [-8, 5, 3]]
const known = () => new Float64Array([4, 12, -16, 12, 37, -43, -16, -43, 98]);

describe('choleskyInPlace', () => {
  it('the textbook 3 x 3 (hand calculation): L = 2 | 6 1 | -8 5 3, the upper triangle left alone', () => {
    const a = known();
    expect(choleskyInPlace(a, 3)).toBe(true);
    expect([...a]).toEqual([2, 12, -16, 6, 1, -43, -8, 5, 3]);
  });

  it('solve, inverse and determinant of the same (hand calculation)', () => {
    const l = known();
    choleskyInPlace(l, 3);
    const b = new Float64Array([0, 6, 39]); // = A (1, 1, 1)
    solveCholesky(l, 3, b);
    for (const value of b) expect(value).toBeCloseTo(1, 12);
    expect(logDeterminant(l, 3)).toBeCloseTo(Math.log(36), 12);
    // the adjugate over 36
    const expected = [1777, -488, 76, -488, 136, -20, 76, -20, 4].map((cofactor) => cofactor / 36);
    invertCholesky(l, 3).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 9);
    });
  });

  it.each([
    ['indefinite', [1, 0, 2, 1]],
    ['singular: two equal columns', [2, 0, 2, 2]],
    ['zero', [0]],
    ['not a number', [Number.NaN]],
    ['infinite', [Number.POSITIVE_INFINITY]],
    ['singular to rounding: the third column is the sum of the first two', [2, 0, 0, 0.3, 0.7, 0, 2.3, 1, 3.3]],
  ])('refuses what is not positive definite: %s', (_, values) => {
    expect(choleskyInPlace(new Float64Array(values), Math.sqrt(values.length))).toBe(false);
  });
});
