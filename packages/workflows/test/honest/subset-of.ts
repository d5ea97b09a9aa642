import type { DecisionRows } from '@holdfast/core';

/** The rows at these indexes, in this order. */
export function subsetOf(rows: DecisionRows, at: readonly number[]): DecisionRows {
  const width = rows.drivers.length;
  const swings = new Float64Array(at.length * width);
  at.forEach((row, i) => {
    swings.set(rows.swings.subarray(row * width, (row + 1) * width), i * width);
  });
  const picked: Record<string, unknown> = { ...rows, count: at.length, swings };
  for (const [name, column] of Object.entries(rows)) {
    if (name === 'swings' || name === 'previousSwings' || !ArrayBuffer.isView(column)) continue;
    const from = column as Float64Array;
    const to = new (from.constructor as Float64ArrayConstructor)(at.length);
    at.forEach((row, i) => {
      to[i] = from[row]!;
    });
    picked[name] = to;
  }
  delete picked['previousSwings'];
  return picked as unknown as DecisionRows;
}
