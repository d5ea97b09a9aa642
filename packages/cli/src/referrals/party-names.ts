import { displayName, type Id } from '@holdfast/core';
import type { Store } from '@holdfast/workflows';
import { personOf } from './person-of.ts';

/** Accounts by name and id, people by id unless their names are asked for; each is looked up once. */
export function partyNames(store: Pick<Store, 'get'>, contacts: boolean): (id: Id | null) => Promise<string> {
  const known = new Map<Id, string>();
  return async (id) => {
    if (id === null) return 'somebody';
    const name = known.get(id) ?? (await nameOf(store, id, contacts));
    known.set(id, name);
    return name;
  };
}

async function nameOf(store: Pick<Store, 'get'>, id: Id, contacts: boolean): Promise<string> {
  const record = (await store.get('account', id)) ?? (contacts ? await personOf(store, id) : null);
  const name = record ? displayName(record) : id;
  return name === id ? id : `${name} (${id})`;
}
