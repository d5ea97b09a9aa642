import type { OccasionSummary } from '../summary.ts';
import type { TimeBase } from '../time-base.ts';

/**
 * The same summary with one row for each distinct history, in a fixed order: so the fit is the same whatever the order
 * of the rows.
 */
export function mergeCells<B extends TimeBase>(summary: OccasionSummary<B>): OccasionSummary<B> {
  const { base, frequency, recency, occasions, accounts } = summary;
  const cells = new Map<string, { row: number; count: number }>();
  for (let row = 0; row < frequency.length; row++) {
    const key = `${occasions[row]} ${recency[row]} ${frequency[row]}`;
    const cell = cells.get(key);
    if (cell) cell.count += accounts[row]!;
    else cells.set(key, { row, count: accounts[row]! });
  }
  const sorted = [...cells.values()].sort(
    (one, other) =>
      occasions[one.row]! - occasions[other.row]! ||
      recency[one.row]! - recency[other.row]! ||
      frequency[one.row]! - frequency[other.row]!,
  );
  const column = (values: Float64Array) => Float64Array.from(sorted, ({ row }) => values[row]!);
  return {
    base,
    frequency: column(frequency),
    recency: column(recency),
    occasions: column(occasions),
    accounts: Float64Array.from(sorted, ({ count }) => count),
  };
}
