import type { DecisionRows } from '../training/decision-rows.ts';

/** A text of 16 hexadecimal digits that two sets of rows share only when they hold the same rows, in whatever order. */
export function fingerprintRows(rows: DecisionRows): string {
  const p = rows.drivers.length;
  const bytes = new Float64Array(p + 4);
  const words = new Uint32Array(bytes.buffer);
  let low = rows.count >>> 0;
  let high = 0x9e3779b9;
  for (let i = 0; i < rows.count; i++) {
    bytes.set(rows.swings.subarray(i * p, (i + 1) * p));
    bytes[p] = rows.lost[i]! + 2 * rows.treated[i]!;
    bytes[p + 1] = rows.weight[i]!;
    bytes[p + 2] = rows.cutoffDay[i]!;
    bytes[p + 3] = rows.decidesDay[i]!;
    // a sum over rows, so that their order does not matter
    low = (low + hashWords(words, 0x811c9dc5)) >>> 0;
    high = (high + hashWords(words, 0x01000193)) >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

/** FNV-1a over 32-bit words, with the final mix of MurmurHash3 (both in the public domain). */
function hashWords(words: Uint32Array, seed: number): number {
  let hash = seed;
  for (let k = 0; k < words.length; k++) hash = Math.imul(hash ^ words[k]!, 0x01000193) ^ (hash >>> 15);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
