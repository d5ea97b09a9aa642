import type { Id } from '@holdfast/core';
import { mapReferences } from './record-references.ts';
import type { Store } from './store.ts';

/** Records, or parts of them, with every id in them led to the survivor of its merges; the same objects where none was merged. */
export async function followMerges<R extends object>(
  store: Pick<Store, 'resolve'>,
  records: readonly R[],
): Promise<readonly R[]> {
  const met = new Set<Id>();
  for (const record of records)
    mapReferences(record, (id) => {
      met.add(id);
      return id;
    });
  const survivors = new Map<Id, Id>();
  for (const id of met) survivors.set(id, await store.resolve(id));
  return records.map((record) => mapReferences(record, (id) => survivors.get(id) ?? id));
}
