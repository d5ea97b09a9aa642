import type { Id } from '../model/ids.ts';
import type { OrderLine } from '../model/types.ts';

/** Order lines by the order that they belong to; lines of opportunities are left out. */
export function linesByOrder(lines: readonly OrderLine[]): ReadonlyMap<Id, readonly OrderLine[]> {
  const index = new Map<Id, OrderLine[]>();
  for (const line of lines) {
    if (line.orderId === null) continue;
    const list = index.get(line.orderId);
    if (list) list.push(line);
    else index.set(line.orderId, [line]);
  }
  return index;
}
