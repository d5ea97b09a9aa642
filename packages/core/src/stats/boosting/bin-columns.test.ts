import { describe, expect, it } from 'vitest';
import { binColumns, binOf } from './bin-columns.ts';

describe('binColumns', () => {
  it('few values: a bin each, cut halfway; NaN is code 0 (hand calculation)', () => {
    const [column] = binColumns(Float64Array.of(3, 1, Number.NaN, 1, 7), 1, 64);
    expect([...column!.cuts]).toEqual([2, 5]);
    expect([...column!.codes]).toEqual([2, 1, 0, 1, 3]);
  });

  it('many values: bins of equal counts, ties together (hand calculation)', () => {
    const [column] = binColumns(
      Float64Array.from({ length: 100 }, (_, i) => i),
      1,
      4,
    );
    expect([...column!.cuts]).toEqual([24.5, 49.5, 74.5]);
    const [tied] = binColumns(Float64Array.of(0, 0, 0, 0, 0, 0, 0, 1, 2, 3), 1, 3);
    expect([...tied!.cuts]).toEqual([0.5]);
  });

  it('neighbouring doubles are told apart, and a value at a cut lies above it', () => {
    const next = 1 + Number.EPSILON;
    const [column] = binColumns(Float64Array.of(1, next), 1, 64);
    expect([...column!.codes]).toEqual([1, 2]);
    expect(binOf([2, 5], 5)).toBe(2);
  });
});
