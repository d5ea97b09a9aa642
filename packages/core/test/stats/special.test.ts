import { describe, expect, it } from 'vitest';
import { betaln, digamma, hyp2f1, lgamma } from '../../src/stats/index.ts';
import { hasReference, NEEDS_REFERENCE, readReference } from './reference.ts';

type Row = readonly number[];

/** Rows whose computed value is off by more than `relative` where |value| >= 1e-3, or 1e-14 below. */
function wrongRows(rows: readonly Row[], relative: number, compute: (row: Row) => number): readonly Row[] {
  return rows.filter((row) => {
    const expected = row.at(-1) ?? Number.NaN;
    const error = Math.abs(compute(row) - expected);
    return !(error <= (Math.abs(expected) >= 1e-3 ? relative * Math.abs(expected) : 1e-14));
  });
}

describe.skipIf(!hasReference)(`special functions against mpmath with 50 digits ${NEEDS_REFERENCE}`, () => {
  const tables = hasReference
    ? readReference<Record<'L' | 'D' | 'H' | 'B', readonly Row[]>>('special_mpmath.json')
    : { L: [], D: [], H: [], B: [] };

  it('mpmath: log gamma at 407 points, 1e-12 relative', () => {
    expect(tables.L).toHaveLength(407);
    expect(wrongRows(tables.L, 1e-12, ([x = 0]) => lgamma(x))).toEqual([]);
  });

  it('mpmath: digamma at 407 points, 1e-12 relative, its zero to 1e-14', () => {
    expect(tables.D).toHaveLength(407);
    expect(wrongRows(tables.D, 1e-12, ([x = 0]) => digamma(x))).toEqual([]);
  });

  it('mpmath: log beta at 400 points, 1e-12 relative, both orders of the arguments', () => {
    expect(tables.B).toHaveLength(400);
    expect(wrongRows(tables.B, 1e-12, ([a = 0, b = 0]) => betaln(a, b))).toEqual([]);
    expect(wrongRows(tables.B, 1e-12, ([a = 0, b = 0]) => betaln(b, a))).toEqual([]);
  });

  it('mpmath: 2F1 at 600 points, 1e-10 relative, either order of a and b', () => {
    expect(tables.H).toHaveLength(600);
    expect(wrongRows(tables.H, 1e-10, ([a = 0, b = 0, c = 0, z = 0]) => hyp2f1(a, b, c, z))).toEqual([]);
    expect(wrongRows(tables.H, 1e-10, ([a = 0, b = 0, c = 0, z = 0]) => hyp2f1(b, a, c, z))).toEqual([]);
  });
});
