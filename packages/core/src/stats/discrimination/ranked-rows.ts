import { ascendingOrder } from '../order/ascending-order.ts';

/** Rows in ascending order of their scores, and where each run of equal scores ends. */
export interface RankedRows {
  /** Row numbers, ascending by score. */
  readonly order: Uint32Array;
  /** Places in `order` after the last row of each run of equal scores. */
  readonly ends: Uint32Array;
}

/** Ranks rows by score, ties together. Throws a `RangeError` for a score that is not a number. */
export function rankRows(scores: ArrayLike<number>): RankedRows {
  const keys = scores instanceof Float64Array ? scores : Float64Array.from(scores);
  const order = ascendingOrder(keys);
  const ends = new Uint32Array(keys.length);
  let runs = 0;
  let last = Number.NaN;
  for (let place = 0; place < order.length; place++) {
    const key = keys[order[place]!]!;
    if (Number.isNaN(key)) throw new RangeError(`Score ${order[place]} is not a number.`);
    if (key === last) runs--;
    ends[runs++] = place + 1;
    last = key;
  }
  return { order, ends: ends.subarray(0, runs) };
}
