import type { RepeatBuyingSummary } from './summary.ts';
import type { TimeBase } from './time-base.ts';

/**
 * The accounts sorted by frequency. Frequencies are whole numbers and few, so all gamma functions of a likelihood are
 * needed once a group; rows of group g are `start[g]` to `start[g + 1]`.
 */
export interface GroupedAccounts {
  readonly frequencies: Float64Array;
  readonly start: Int32Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
  /** Ages and recencies are divided by this: the mean age, so that no unit of time can put a parameter out of reach. */
  readonly scale: number;
}

/** Sorts a checked summary, or every `stride`-th row of it, by counting; large frequencies go by a map. */
export function groupByFrequency(summary: RepeatBuyingSummary<TimeBase>, scale: number, stride = 1): GroupedAccounts {
  const rows = Math.ceil(summary.frequency.length / stride);
  const counts = new Map<number, number>();
  const small = new Int32Array(SMALL);
  for (let i = 0; i < rows; i++) {
    const x = summary.frequency[i * stride]!;
    if (x < SMALL) small[x] = small[x]! + 1;
    else counts.set(x, (counts.get(x) ?? 0) + 1);
  }
  small.forEach((count, x) => {
    if (count > 0) counts.set(x, count);
  });
  const frequencies = Float64Array.from(counts.keys()).sort();
  const start = new Int32Array(frequencies.length + 1);
  frequencies.forEach((x, g) => {
    start[g + 1] = start[g]! + counts.get(x)!;
  });
  return { frequencies, start, scale, ...scatter(summary, scale, stride, rows, frequencies, start) };
}

const SMALL = 4096;

function scatter(
  summary: RepeatBuyingSummary<TimeBase>,
  scale: number,
  stride: number,
  rows: number,
  frequencies: Float64Array,
  start: Int32Array,
) {
  const next = Int32Array.from(start);
  const groupOfSmall = new Int32Array(SMALL);
  const groupOf = new Map<number, number>();
  frequencies.forEach((x, g) => {
    if (x < SMALL) groupOfSmall[x] = g;
    else groupOf.set(x, g);
  });
  const recency = new Float64Array(rows);
  const age = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const x = summary.frequency[i * stride]!;
    const group = x < SMALL ? groupOfSmall[x]! : groupOf.get(x)!;
    const row = next[group]!;
    next[group] = row + 1;
    recency[row] = summary.recency[i * stride]! / scale;
    age[row] = summary.age[i * stride]! / scale;
  }
  return { recency, age };
}
