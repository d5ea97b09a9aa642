import { ascendingOrder } from '../order/ascending-order.ts';
import type { ColumnScale, Covariates } from './covariates.ts';
import type { Spells } from './spells.ts';

/**
 * The rows as a partial likelihood walks them: by stratum, backwards in time, at one time events first. Rows of one stratum
 * that end at one time form a group. `place` is a position in this order.
 */
export interface CoxRows {
  readonly count: number;
  readonly columns: number;
  /** The row as it came in, by place. */
  readonly row: Uint32Array;
  /** Standardised covariates by place, `count` x `columns`. */
  readonly x: Float64Array;
  readonly weight: Float64Array;
  readonly groups: number;
  /** Group g covers places `start[g]` to `start[g + 1]`. */
  readonly start: Uint32Array;
  readonly time: Float64Array;
  /** The first so many places of a group are events. */
  readonly events: Uint32Array;
  /** 1: the first group of its stratum. */
  readonly opens: Uint8Array;
  /** Places by the group at which they are no longer (seen backwards) under watch: `leave[g]` to `leave[g + 1]`. Empty without entries. */
  readonly leaving: Uint32Array;
  readonly leave: Uint32Array;
  /** The group at which a place leaves; `groups`: it stays to the stratum's end. Empty without entries. */
  readonly leavesAt: Uint32Array;
}

/** Sorts and standardises checked rows; O(n log n) at worst, linear for many rows. */
export function arrangeCoxRows(spells: Spells, covariates: Covariates, scale: ColumnScale): CoxRows {
  const row = backwards(spells);
  const grouped = groupRows(spells, row);
  return {
    count: row.length,
    columns: covariates.names.length,
    row,
    x: standardise(covariates.values, row, scale),
    weight: weightsByPlace(spells.weight, row),
    ...grouped,
    ...leavingRows(spells, row, grouped),
  };
}

function weightsByPlace(weight: Spells['weight'], row: Uint32Array): Float64Array {
  const byPlace = new Float64Array(row.length).fill(1);
  if (weight) for (let place = 0; place < row.length; place++) byPlace[place] = weight[row[place]!]!;
  return byPlace;
}

function backwards({ time, event, stratum }: Spells): Uint32Array {
  const count = time.length;
  const order = new Uint32Array(count);
  const falling = new Float64Array(count);
  let at = 0;
  for (let row = 0; row < count; row++) if (event[row] === 1) order[at++] = row;
  for (let row = 0; row < count; row++) if (event[row] !== 1) order[at++] = row;
  for (let row = 0; row < count; row++) falling[row] = -time[row]!;
  const byTime = ascendingOrder(falling, order);
  return stratum ? ascendingOrder(stratum, byTime) : byTime;
}

type Groups = Pick<CoxRows, 'groups' | 'start' | 'time' | 'events' | 'opens'>;

function groupRows({ time, event, stratum }: Spells, row: Uint32Array): Groups {
  const count = row.length;
  const start = new Uint32Array(count + 1);
  const times = new Float64Array(count);
  const events = new Uint32Array(count);
  const opens = new Uint8Array(count);
  let groups = 0;
  for (let place = 0; place < count; place++) {
    const at = row[place]!;
    const opened = place === 0 || (stratum !== undefined && stratum[at] !== stratum[row[place - 1]!]);
    if (opened || time[at] !== times[groups - 1]) {
      start[groups] = place;
      times[groups] = time[at]!;
      opens[groups++] = opened ? 1 : 0;
    }
    if (event[at] === 1) events[groups - 1]!++;
  }
  start[groups] = count;
  return { groups, start: start.slice(0, groups + 1), time: times, events, opens };
}

function standardise(values: ArrayLike<number>, row: Uint32Array, { means, deviations }: ColumnScale): Float64Array {
  const p = means.length;
  const x = new Float64Array(row.length * p);
  const inverse = deviations.map((deviation) => 1 / deviation);
  for (let place = 0, to = 0; place < row.length; place++) {
    const from = row[place]! * p;
    for (let j = 0; j < p; j++) x[to++] = (values[from + j]! - means[j]!) * inverse[j]!;
  }
  return x;
}

type Leaving = Pick<CoxRows, 'leaving' | 'leave' | 'leavesAt'>;

/** A row is not at risk at its entry or before: backwards, it leaves at the first group that is not after its entry. */
function leavingRows({ entry, stratum }: Spells, row: Uint32Array, grouped: Groups): Leaving {
  const { groups, start, time, opens } = grouped;
  if (!entry) return { leaving: new Uint32Array(0), leave: new Uint32Array(0), leavesAt: new Uint32Array(0) };
  const falling = Float64Array.from(row, (at) => -entry[at]!);
  const byEntry = ascendingOrder(falling);
  const order = stratum
    ? ascendingOrder(
        Float64Array.from(row, (at) => stratum[at]!),
        byEntry,
      )
    : byEntry;
  const leavesAt = new Uint32Array(row.length).fill(groups);
  const leave = new Uint32Array(groups + 1);
  const leaving = new Uint32Array(row.length);
  let used = 0;
  let next = 0;
  let end = 0;
  for (let g = 0; g < groups; g++) {
    leave[g] = used;
    if (opens[g]) {
      // a stratum's places and its part of `order` cover the same range; those still watched at its end never leave
      next = start[g]!;
      let after = g + 1;
      while (after < groups && !opens[after]) after++;
      end = start[after]!;
    }
    for (; next < end && -falling[order[next]!]! >= time[g]!; next++) {
      leavesAt[order[next]!] = g;
      leaving[used++] = order[next]!;
    }
  }
  leave[groups] = used;
  return { leaving: leaving.slice(0, used), leave, leavesAt };
}

/** The places at risk at the time of group g: those of its stratum that ended at it or later and had entered before. */
export function* placesAtRisk({ start, opens, leavesAt }: CoxRows, g: number): Generator<number> {
  let first = g;
  while (!opens[first]) first--;
  for (let place = start[first]!; place < start[g + 1]!; place++) if (!(leavesAt[place]! <= g)) yield place;
}
