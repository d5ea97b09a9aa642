import type { DecisionRows } from '../training/decision-rows.ts';
import { rowsWhere } from '../training/subset-rows.ts';

/** One cut-off of a rolling backtest: what may be learned from by then, and what is predicted from then on. */
export interface TimeSlice {
  /** First and last day of the cut-offs that are predicted, in days since 1970-01-01. */
  readonly fromDay: number;
  readonly toDay: number;
  /** Rows whose outcome was known before `fromDay`. */
  readonly train: Int32Array;
  /** Rows whose cut-off lies in the slice. */
  readonly test: Int32Array;
}

/** Days of one slice: a quarter. */
const SLICE_DAYS = 91;

/**
 * Rolling cut-offs, oldest first: slices of a quarter counted back from the latest cut-off. A row teaches only slices
 * that begin after its outcome was known, so that no account is learned from and predicted over overlapping windows.
 * Slices without rows to predict are left out; the first may have nothing to learn from.
 */
export function timeSlices(rows: DecisionRows, sliceDays = SLICE_DAYS): readonly TimeSlice[] {
  if (rows.count === 0) return [];
  const first = rows.cutoffDay.reduce((least, day) => Math.min(least, day), Infinity);
  const last = rows.cutoffDay.reduce((most, day) => Math.max(most, day), -Infinity);
  const slices: TimeSlice[] = [];
  for (let toDay = last; toDay >= first; toDay -= sliceDays) {
    const fromDay = toDay - sliceDays + 1;
    const test = rowsWhere(rows, (i) => rows.cutoffDay[i]! >= fromDay && rows.cutoffDay[i]! <= toDay);
    if (test.length === 0) continue;
    slices.unshift({ fromDay, toDay, test, train: rowsWhere(rows, (i) => rows.knownDay[i]! < fromDay) });
  }
  return slices;
}
