import { hashOf, openTextColumn } from './text-column.ts';

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

/** An empty table: open addressing, the texts themselves compared, so that it is exact. Some 15 bytes and the text for each. */
export function openTextTable(): TextTable {
  const texts = openTextColumn();
  /** Number + 1; 0: free. A power of two, filled to three fifths at most. */
  let slots = new Int32Array(32);

  function place(text: string): number {
    const mask = slots.length - 1;
    for (let at = hashOf(text) & mask; ; at = (at + 1) & mask) {
      const number = slots[at]! - 1;
      if (number < 0 || texts.is(number, text)) return at;
    }
  }

  function widen(): void {
    slots = new Int32Array(2 * slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < texts.size; number += 1) {
      let at = texts.hash(number) & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = number + 1;
    }
  }

  const find = (text: string) => slots[place(text)]! - 1;
  return {
    get size() {
      return texts.size;
    },
    number: (text) => {
      const at = place(text);
      if (slots[at] !== 0) return slots[at]! - 1;
      texts.push(text);
      slots[at] = texts.size;
      if (5 * texts.size > 3 * slots.length) widen();
      return texts.size - 1;
    },
    has: (text) => find(text) >= 0,
    find,
    text: texts.at,
  };
}
