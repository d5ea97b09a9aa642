import { type FitRefusal, refuseFit } from '../fit.ts';
import { ascendingOrder, identityOrder } from '../order/ascending-order.ts';

/**
 * What was watched, one entry a row: a subject was at risk in (`entry`, `time`], and at `time` either the event came or
 * the watch ended. Times are in any one unit and compared
 * exactly: round those that were computed. A subject may have several rows that do not overlap (start-stop).
 */
export interface Spells {
  readonly time: ArrayLike<number>;
  /** 0: the watch ended (censored). 1: the event. For competing outcomes the number of the outcome: 1, 2, ... */
  readonly event: ArrayLike<number>;
  /** When the row came under watch; without it every row is watched from the start of time. */
  readonly entry?: ArrayLike<number> | undefined;
  /** How many equal rows the row stands for, above 0; 1 where absent. Every result is that of the rows written out. */
  readonly weight?: ArrayLike<number> | undefined;
  /** Rows are compared only with rows that carry the same number. */
  readonly stratum?: ArrayLike<number> | undefined;
}

/** What makes the rows unfit for any survival estimate, or undefined. `outcomes`: the highest number `event` may hold. */
export function checkSpells(spells: Spells, outcomes = 1): FitRefusal | undefined {
  const { time, event, entry, weight, stratum } = spells;
  if (time.length === 0) return refuseFit('no-rows', 'There are no rows: nothing was watched.');
  for (const [name, column] of Object.entries({ event, entry, weight, stratum })) {
    if (column && column.length !== time.length)
      return refuseFit('out-of-range', `"${name}" has ${column.length} entries for ${time.length} times.`);
  }
  for (const [name, column] of Object.entries({ time, event, entry, weight, stratum })) {
    const row = column ? firstNotFinite(column) : -1;
    if (row >= 0) return refuseFit('not-finite', `"${name}" of row ${row} is not a finite number: leave the row out.`);
  }
  return checkRanges(spells, outcomes);
}

function checkRanges({ time, event, entry, weight }: Spells, outcomes: number): FitRefusal | undefined {
  for (let row = 0; row < time.length; row++) {
    if (!Number.isInteger(event[row]) || event[row]! < 0 || event[row]! > outcomes)
      return refuseFit('out-of-range', `"event" of row ${row} is ${event[row]}: use 0 to ${outcomes}.`);
    if (entry && entry[row]! >= time[row]!)
      return refuseFit('out-of-range', `Row ${row} ends at ${time[row]}, not after its entry at ${entry[row]}.`);
    if (weight && weight[row]! <= 0)
      return refuseFit('out-of-range', `"weight" of row ${row} is ${weight[row]}: leave the row out instead.`);
  }
  return undefined;
}

/** The first entry that is not a finite number, or -1. */
export function firstNotFinite(column: ArrayLike<number>): number {
  for (let i = 0; i < column.length; i++) if (!Number.isFinite(column[i])) return i;
  return -1;
}

/** The rows of each stratum, in the order of the strata's numbers; all rows in one where there are none. */
export function rowsByStratum({ time, stratum }: Spells): readonly Uint32Array[] {
  const all = identityOrder(time.length);
  if (!stratum) return [all];
  const order = ascendingOrder(stratum, all);
  const parts: Uint32Array[] = [];
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && stratum[order[to]!] === stratum[order[from]!]) to++;
    parts.push(order.subarray(from, to));
    from = to;
  }
  return parts;
}
