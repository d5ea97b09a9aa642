import type { Store } from '../store/store.ts';

/**
 * Keys of the notes that are in the CRM, whoever sent them, and of those that were sent and are gone: deleted by a person,
 * or taken away by an undo. A CRM may hold the key of a deleted record for ever, and nobody asked for it to come back.
 */
export async function readMadeNotes(store: Pick<Store, 'records' | 'writesOf'>): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  for (const { write, outcome } of await store.writesOf('note'))
    if (outcome?.status === 'written' && 'externalKey' in write.target) made.add(write.target.externalKey);
  for await (const { key } of store.records('note')) if (key !== null) made.add(key);
  return made;
}
