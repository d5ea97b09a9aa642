const SMALL = 2048;
const DIGITS = 4;
const BUCKETS = 65_536;

/**
 * The indexes in `start` (by default all of `keys`) by ascending key, equal keys in the order of `start`, so that to
 * sort by several keys one sorts by the last first. Keys must be finite; -0 equals 0. Above 2,048 indexes by radix, 16
 * bits at a time, on the bits of the doubles (linear; passes in which all keys agree are skipped).
 */
export function ascendingOrder(keys: ArrayLike<number>, start: Uint32Array = identityOrder(keys.length)): Uint32Array {
  return start.length <= SMALL ? sortByComparing(keys, start) : sortByRadix(keys, start);
}

/** 0, 1, 2, ... */
export function identityOrder(length: number): Uint32Array {
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  return order;
}

function sortByComparing(keys: ArrayLike<number>, start: Uint32Array): Uint32Array {
  const place = Uint32Array.from(start, (_, at) => at);
  place.sort((a, b) => keys[start[a]!]! - keys[start[b]!]! || a - b);
  return place.map((at) => start[at]!);
}

function sortByRadix(keys: ArrayLike<number>, start: Uint32Array): Uint32Array {
  const digits = digitsOf(keys);
  let from = start.slice();
  let to = new Uint32Array(from.length);
  for (let digit = 0; digit < DIGITS; digit++) {
    if (!scatter(digits, digit, from, to)) continue;
    [from, to] = [to, from];
  }
  return from;
}

/** The doubles as four unsigned 16-bit digits, lowest first, turned so that their order is the numbers' order. */
function digitsOf(keys: ArrayLike<number>): Uint16Array {
  const values = new Float64Array(keys.length);
  for (let i = 0; i < values.length; i++) values[i] = keys[i]! + 0;
  const words = new Uint32Array(values.buffer);
  for (let i = 1; i < words.length; i += 2) {
    if (words[i]! >= 0x8000_0000) {
      words[i] = ~words[i]!;
      words[i - 1] = ~words[i - 1]!;
    } else words[i] = words[i]! + 0x8000_0000;
  }
  return new Uint16Array(values.buffer);
}

/** One counting pass; false, with `to` untouched, when all keys share the digit. */
function scatter(digits: Uint16Array, digit: number, from: Uint32Array, to: Uint32Array): boolean {
  const next = new Uint32Array(BUCKETS);
  for (let i = 0; i < from.length; i++) next[digits[from[i]! * DIGITS + digit]!]!++;
  if (next[digits[from[0]! * DIGITS + digit]!] === from.length) return false;
  for (let bucket = 0, total = 0; bucket < BUCKETS; bucket++) {
    const count = next[bucket]!;
    next[bucket] = total;
    total += count;
  }
  for (let i = 0; i < from.length; i++) to[next[digits[from[i]! * DIGITS + digit]!]!++] = from[i]!;
  return true;
}
