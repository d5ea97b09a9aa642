import type { Contact, Id, Lead } from '@holdfast/core';
import type { Store } from '@holdfast/workflows';

/** The record of a person, a contact or a lead; `null`: the CRM shows none. */
export async function personOf(store: Pick<Store, 'get'>, id: Id): Promise<Contact | Lead | null> {
  return (await store.get('contact', id)) ?? (await store.get('lead', id));
}
