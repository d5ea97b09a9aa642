/** Texts one after the other in bytes: a million short keys cost a tenth of a million strings, and no collector walks them. */
export interface TextColumn {
  readonly size: number;
  readonly push: (text: string) => void;
  readonly at: (index: number) => string;
  readonly is: (index: number, text: string) => boolean;
  /** A whole number of 32 bits that is the same for the same text. */
  readonly hash: (index: number) => number;
}

/** Code units from here on take three bytes: this mark and the unit itself. */
const WIDE = 0xff;

/** An empty column. Any text comes back as it was, also one that is no valid Unicode. */
export function openTextColumn(): TextColumn {
  let bytes = new Uint8Array(256);
  let ends = new Uint32Array(16);
  let size = 0;
  let used = 0;
  const startOf = (index: number) => (index === 0 ? 0 : ends[index - 1]!);
  return {
    get size() {
      return size;
    },
    push: (text) => {
      if (bytes.length < used + 3 * text.length) bytes = longer(bytes, used + 3 * text.length);
      if (size === ends.length) ends = longer(ends, size + 1);
      for (let i = 0; i < text.length; i += 1) {
        const unit = text.charCodeAt(i);
        if (unit < WIDE) bytes[used++] = unit;
        else {
          bytes[used++] = WIDE;
          bytes[used++] = unit >> 8;
          bytes[used++] = unit & 0xff;
        }
      }
      ends[size++] = used;
    },
    at: (index) => {
      const units: number[] = [];
      for (let at = startOf(index); at < ends[index]!; at += 1) {
        const isWide = bytes[at] === WIDE;
        units.push(isWide ? (bytes[at + 1]! << 8) | bytes[at + 2]! : bytes[at]!);
        if (isWide) at += 2;
      }
      return String.fromCharCode(...units);
    },
    is: (index, text) => {
      let at = startOf(index);
      const end = ends[index]!;
      if (end - at < text.length) return false;
      for (let i = 0; i < text.length; i += 1) {
        const unit = text.charCodeAt(i);
        if (at >= end) return false;
        if (unit < WIDE) {
          if (bytes[at++] !== unit) return false;
        } else if (bytes[at] !== WIDE || bytes[at + 1] !== unit >> 8 || bytes[at + 2] !== (unit & 0xff)) return false;
        else at += 3;
      }
      return at === end;
    },
    hash: (index) => {
      let hash = START;
      for (let at = startOf(index); at < ends[index]!; at += 1) hash = Math.imul(hash ^ bytes[at]!, PRIME);
      return mixed(hash);
    },
  };
}

const START = 0x811c9dc5;
const PRIME = 0x01000193;

/** What `hash` gives for a text that is not in a column: FNV-1a over the bytes that it would take. */
export function hashOf(text: string): number {
  let hash = START;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < WIDE) hash = Math.imul(hash ^ unit, PRIME);
    else for (const it of [WIDE, unit >> 8, unit & 0xff]) hash = Math.imul(hash ^ it, PRIME);
  }
  return mixed(hash);
}

/** The last steps of MurmurHash3 (Appleby), which tables with open addressing need. */
function mixed(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2ae35);
  return whole ^ (whole >>> 16);
}

function longer<A extends Uint8Array | Uint32Array>(array: A, length: number): A {
  const wider = new (array.constructor as new (length: number) => A)(Math.max(Math.ceil(1.5 * array.length), length));
  wider.set(array);
  return wider;
}
