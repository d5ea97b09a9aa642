import { idOf, type Row, stampOf } from './row.ts';

/** Orders ids as the platform does: by code point, case-sensitive. */
export const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Orders rows by id. */
export const byId = (a: Row, b: Row): number => compareIds(idOf(a), idOf(b));

/** Orders rows by SystemModstamp, then id. */
export const byStamp = (a: Row, b: Row): number => stampOf(a) - stampOf(b) || byId(a, b);

/** Rows kept in one order. Changes are noted and merged in when the order is next asked for. */
export interface SortedRows {
  /** The row is new, or its key is about to be read anew, or it is gone. */
  touch(row: Row): void;
  /** All rows in order; valid until the next touch. */
  all(): readonly Row[];
  /** Position of the first row for which `isBefore` is false. */
  lowerBound(isBefore: (row: Row) => boolean): number;
}

/** Makes an order over `source`: sorted when it is first asked for, then kept. A merge after k changes costs n + k log k. */
export function sortedRows(source: ReadonlyMap<string, Row>, compare: (a: Row, b: Row) => number): SortedRows {
  let rows: Row[] | undefined;
  const touched = new Set<Row>();
  const isAlive = (row: Row): boolean => source.get(idOf(row)) === row;
  const settle = (): readonly Row[] => {
    if (rows === undefined) rows = [...source.values()].sort(compare);
    else if (touched.size > 0) {
      const kept = rows.filter((row) => !touched.has(row));
      rows = mergeRows(kept, [...touched].filter(isAlive).sort(compare), compare);
    }
    touched.clear();
    return rows;
  };
  return {
    touch(row) {
      if (rows !== undefined) touched.add(row);
    },
    all: settle,
    lowerBound(isBefore) {
      const sorted = settle();
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (isBefore(sorted[middle] as Row)) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

function mergeRows(left: Row[], right: Row[], compare: (a: Row, b: Row) => number): Row[] {
  const last = left.at(-1);
  const first = right[0];
  if (first === undefined) return left;
  if (last === undefined) return right;
  if (compare(last, first) <= 0) return left.concat(right);
  const merged: Row[] = [];
  let i = 0;
  for (const row of right) {
    while (i < left.length && compare(left[i] as Row, row) <= 0) merged.push(left[i++] as Row);
    merged.push(row);
  }
  while (i < left.length) merged.push(left[i++] as Row);
  return merged;
}
