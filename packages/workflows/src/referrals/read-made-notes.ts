import type { Store } from '../store/store.ts';

/**
 * Keys of the notes that are in the CRM, whoever sent them, and of those that were sent and are gone: a person deleted
 * them. One that we took away ourselves was none.
 */
export async function readMadeNotes(store: Pick<Store, 'records' | 'writesOf'>): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  for (const { write, outcome } of await store.writesOf('note')) {
    if (outcome?.status !== 'written' || !('externalKey' in write.target)) continue;
    if (write.archive) made.delete(write.target.externalKey);
    else made.add(write.target.externalKey);
  }
  for await (const { key } of store.records('note')) if (key !== null) made.add(key);
  return made;
}
