import { openTextColumn } from './text-column.ts';

/** Texts, each kept once and known by its number: 0, 1, 2... in the order in which they came. */
export interface TextTable {
  readonly size: number;
  /** The number of a text; one that is new gets the next, which is `size` as it was before. */
  readonly number: (text: string) => number;
  readonly has: (text: string) => boolean;
  /** The number of a text; -1: it has none. */
  readonly find: (text: string) => number;
  readonly text: (number: number) => string;
}

/**
 * An empty table: open addressing over hashes, the texts themselves compared, so that it is exact. About 16 bytes and the
 * text for each.
 */
export function openTextTable(): TextTable {
  const texts = openTextColumn();
  let hashes = new Int32Array(16);
  /** Number + 1; 0: free. */
  let slots = new Int32Array(32);

  function place(text: string, hash: number): number {
    const mask = slots.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const number = slots[at]! - 1;
      if (number < 0 || (hashes[number] === hash && texts.is(number, text))) return at;
    }
  }

  function widen(): void {
    const known = hashes;
    hashes = new Int32Array(2 * known.length);
    hashes.set(known);
    slots = new Int32Array(2 * slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < known.length; number += 1) {
      let at = known[number]! & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = number + 1;
    }
  }

  const find = (text: string) => slots[place(text, hashOf(text))]! - 1;
  return {
    get size() {
      return texts.size;
    },
    number: (text) => {
      const hash = hashOf(text);
      const at = place(text, hash);
      if (slots[at] !== 0) return slots[at]! - 1;
      const number = texts.size;
      texts.push(text);
      hashes[number] = hash;
      slots[at] = number + 1;
      if (texts.size === hashes.length) widen();
      return number;
    },
    has: (text) => find(text) >= 0,
    find,
    text: texts.at,
  };
}

/** FNV-1a over code units, its bits mixed by the last steps of MurmurHash3 (Appleby), which open addressing needs. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
