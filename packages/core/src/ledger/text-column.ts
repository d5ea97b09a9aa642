/** Texts one after the other in bytes: a million short keys cost a tenth of a million strings, and no collector walks them. */
export interface TextColumn {
  readonly size: number;
  readonly push: (text: string) => void;
  readonly at: (index: number) => string;
  readonly is: (index: number, text: string) => boolean;
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
  };
}

function longer<A extends Uint8Array | Uint32Array>(array: A, length: number): A {
  const wider = new (array.constructor as new (length: number) => A)(Math.max(2 * array.length, length));
  wider.set(array);
  return wider;
}
