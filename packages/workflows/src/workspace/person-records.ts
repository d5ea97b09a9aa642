import { type Contact, type Id, type Lead, normaliseEmail } from '@holdfast/core';
import type { Store } from '../store/store.ts';

/** What the store holds of one person. */
export interface PersonRecords {
  /** As contact, as the leads that they were before, and what merges have left of these; the id that was given first. */
  readonly ids: readonly Id[];
  readonly records: readonly (Contact | Lead)[];
}

/** Ids of the contacts and leads with this address, however it is spelled. */
export async function peopleAt(store: Pick<Store, 'records'>, email: string): Promise<readonly Id[]> {
  const wanted = normaliseEmail(email);
  const found: Id[] = [];
  for (const entity of ['contact', 'lead'] as const) {
    for await (const it of store.records(entity))
      if (wanted !== null && normaliseEmail(it.email) === wanted) found.push(it.id);
  }
  return found;
}

/** Gathers the records of a person by the id of one of them, contact or lead. */
export async function personRecords(
  store: Pick<Store, 'get' | 'records' | 'tombstones'>,
  id: Id,
): Promise<PersonRecords> {
  const leads: Lead[] = [];
  for await (const it of store.records('lead')) leads.push(it);
  const contactId = leads.find((it) => it.id === id)?.convertedContactId ?? id;
  const were = leads.filter((it) => it.id === id || it.convertedContactId === contactId);
  const contact = await store.get('contact', contactId);
  const ids = new Set([id, contactId, ...were.map((it) => it.id)]);
  const gone = [...(await store.tombstones('contact')), ...(await store.tombstones('lead'))];
  const merged = gone.filter((it) => it.mergedInto !== null && ids.has(it.mergedInto));
  return {
    ids: [...new Set([...ids, ...merged.map((it) => it.id)])],
    records: [...(contact ? [contact] : []), ...were],
  };
}
