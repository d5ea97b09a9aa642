import type { Id } from '../model/ids.ts';

/** Who introduced whom: for each party the parties that referred it. */
export type ReferrerGraph = ReadonlyMap<Id, readonly Id[]>;

/**
 * Whether an edge `referrer -> referred` would close a circle: the referred party is already an ancestor of the referrer,
 * or the same party. Walks all ancestors, each once; the time is linear in their number.
 */
export function closesLoop(graph: ReferrerGraph, referrer: Id, referred: Id): boolean {
  const seen = new Set<Id>([referrer]);
  const open: Id[] = [referrer];
  for (let party = open.pop(); party !== undefined; party = open.pop()) {
    if (party === referred) return true;
    for (const ancestor of graph.get(party) ?? []) {
      if (seen.has(ancestor)) continue;
      seen.add(ancestor);
      open.push(ancestor);
    }
  }
  return false;
}
