import type { Id } from '../model/ids.ts';
import type { Gone } from './port.ts';

/**
 * Follows merges to the record that is left: A into B, B into C ends at C. A circle, which only broken data can hold,
 * ends at the id where it closes. `mergedInto` answers `null` for an id that was not merged away.
 */
export function survivorOf(id: Id, mergedInto: (id: Id) => Id | null): Id {
  const met = new Set<Id>();
  let survivor = id;
  for (let next = mergedInto(id); next !== null && !met.has(next); next = mergedInto(next)) {
    met.add(next);
    survivor = next;
  }
  return survivor;
}

/** Leads each merge of a page to its last survivor; a record merged into itself is not gone. */
export function mergeSurvivors(gone: readonly Gone[]): readonly Gone[] {
  if (gone.length === 0) return gone;
  const targets = new Map<Id, Id>();
  for (const { id, mergedInto } of gone) if (mergedInto !== null && mergedInto !== id) targets.set(id, mergedInto);
  return gone
    .filter(({ id, mergedInto }) => mergedInto !== id)
    .map((item) => {
      if (item.mergedInto === null) return item;
      const survivor = survivorOf(item.id, (id) => targets.get(id) ?? null);
      return survivor === item.id ? item : { ...item, mergedInto: survivor };
    });
}
