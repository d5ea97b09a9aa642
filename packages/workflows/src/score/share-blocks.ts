import type { Id } from '@holdfast/core';
import type { SliceRange } from '../store/store.ts';
import type { JudgedAccount, JudgeSettings } from './judge-account.ts';

/** What a thread is started with. */
export interface ThreadOrder {
  readonly file: string;
  readonly settings: JudgeSettings;
  readonly borders: readonly Id[];
  readonly shared: Int32Array;
}

/** What a thread posts: one block of accounts, in the order of their ids. */
export interface JudgedBlock {
  readonly block: number;
  readonly accounts: readonly JudgedAccount[];
}

/** Blocks that may be judged ahead of the one that is waited for: what is judged waits in memory. */
const AHEAD = 6;
/** Places in the shared numbers: the next block to take, and the number of blocks handed out. */
const [NEXT, HANDED_OUT] = [0, 1];

/** Numbers that both threads see. */
export function shareNumbers(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

/** Accounts after one border up to the next; the last block has no end. */
export function blockOf(borders: readonly Id[], block: number): SliceRange {
  return { after: borders[block - 1] ?? null, upTo: borders[block] ?? null };
}

/** Takes the next block, waiting while too many are judged and not handed out; `null` when all are taken. */
export function takeBlock(shared: Int32Array, borders: readonly Id[]): number | null {
  for (;;) {
    const handedOut = Atomics.load(shared, HANDED_OUT);
    const block = tryBlock(shared, borders);
    if (block !== 'later') return block;
    Atomics.wait(shared, HANDED_OUT, handedOut);
  }
}

/** The same without waiting. */
export function tryBlock(shared: Int32Array, borders: readonly Id[]): number | null | 'later' {
  for (;;) {
    const block = Atomics.load(shared, NEXT);
    if (block > borders.length) return null;
    if (block >= Atomics.load(shared, HANDED_OUT) + AHEAD) return 'later';
    if (Atomics.compareExchange(shared, NEXT, block, block + 1) === block) return block;
  }
}

/** Says how many blocks are handed out, and wakes a thread that waits for it. */
export function sayHandedOut(shared: Int32Array, blocks: number): void {
  Atomics.store(shared, HANDED_OUT, blocks);
  Atomics.notify(shared, HANDED_OUT);
}
