import type { DecisionRows } from './decision-rows.ts';

/** The rows at these indexes, in this order; accounts and owners keep their numbers. */
export function subsetRows(rows: DecisionRows, indexes: ArrayLike<number>): DecisionRows {
  const count = indexes.length;
  const width = rows.drivers.length;
  const lines = (matrix: Float64Array): Float64Array => {
    const picked = new Float64Array(count * width);
    for (let i = 0; i < count; i += 1) {
      picked.set(matrix.subarray(indexes[i]! * width, (indexes[i]! + 1) * width), i * width);
    }
    return picked;
  };
  const pick = <A extends Float64Array | Int32Array | Uint8Array>(column: A, picked: A): A => {
    for (let i = 0; i < count; i += 1) picked[i] = column[indexes[i]!]!;
    return picked;
  };
  const numbers = (column: Float64Array) => pick(column, new Float64Array(count));
  const days = (column: Int32Array) => pick(column, new Int32Array(count));
  const flags = (column: Uint8Array) => pick(column, new Uint8Array(count));
  return {
    ...{ model: rows.model, count, drivers: rows.drivers, swings: lines(rows.swings) },
    ...{ accountIds: rows.accountIds, ownerIds: rows.ownerIds },
    ...{ lost: flags(rows.lost), contracted: flags(rows.contracted), treated: flags(rows.treated) },
    ...{ lostShare: numbers(rows.lostShare), weight: numbers(rows.weight), value: numbers(rows.value) },
    ...{ horizonDays: numbers(rows.horizonDays), tenureDays: numbers(rows.tenureDays) },
    ...{ recencyDays: numbers(rows.recencyDays), daysToDecision: numbers(rows.daysToDecision) },
    ...{ account: days(rows.account), owner: days(rows.owner) },
    ...{ cutoffDay: days(rows.cutoffDay), decidesDay: days(rows.decidesDay), knownDay: days(rows.knownDay) },
    ...(rows.previousSwings && { previousSwings: lines(rows.previousSwings) }),
  };
}

/** Indexes of the rows that pass a test, in their order. */
export function rowsWhere(rows: Pick<DecisionRows, 'count'>, test: (index: number) => boolean): Int32Array {
  const found: number[] = [];
  for (let i = 0; i < rows.count; i += 1) if (test(i)) found.push(i);
  return Int32Array.from(found);
}
