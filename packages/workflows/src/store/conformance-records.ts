import {
  type AccountRecords,
  EMPTY_CHECKPOINT,
  type Entities,
  type EntityName,
  type Id,
  type SyncEffects,
  type Write,
  type WriteOutcome,
} from '@holdfast/core';
import type { Store } from './store.ts';

/** One write in the journal, before its outcome. */
export const noted = {
  key: 'k',
  entity: 'account',
  write: { key: 'k', target: { id: 'company:1' }, set: { healthScore: 40 } } as Write,
  before: { healthScore: 60 },
  intent: { key: 'k', was: { healthScore: 60 }, found: false },
} as const;
/** How it ended. */
export const written: WriteOutcome = {
  key: 'k',
  status: 'written',
  id: 'company:1',
  created: false,
  set: { healthScore: 40 },
  was: { healthScore: 60 },
};

/** What a page changes: nothing but what is given. */
export function effects<E extends EntityName>(over: Partial<SyncEffects<E>>): SyncEffects<E> {
  const none = { upsert: [], keepNewer: false, seen: [], rejects: [], gone: [], replace: null, sweep: null };
  return { ...none, goneEntity: 'account', ...over };
}

/** Stores a page of these effects. */
export function commit<E extends EntityName>(store: Store, entity: E, over: Partial<SyncEffects<E>>): Promise<void> {
  return store.commitPage(entity, {
    checkpoint: EMPTY_CHECKPOINT,
    effects: effects<E>({ goneEntity: entity, ...over }),
  });
}

/** Stores records as a full read would. */
export function put<E extends EntityName>(store: Store, entity: E, ...upsert: readonly Entities[E][]): Promise<void> {
  return commit(store, entity, { upsert });
}

/** Ids of an entity, at most a hundred. */
export function ids(store: Store, entity: EntityName, changedSince: number | null = null): Promise<readonly Id[]> {
  return store.ids(entity, { after: null, limit: 100, changedSince });
}

/** Every slice. */
export async function slices(store: Store): Promise<readonly AccountRecords[]> {
  const all: AccountRecords[] = [];
  for await (const slice of store.slices()) all.push(slice);
  return all;
}

/** Records with the fields that a store looks at; the others do not matter to it. */
export function account(n: number, over: Partial<Entities['account']> = {}): Entities['account'] {
  const name = ['none', 'one', 'two', 'three'][n];
  return { id: `company:${n}`, createdAt: 1, updatedAt: 100, name, ownerId: 'owner:1', ...over } as Entities['account'];
}

/** A contact by number. */
export function contact(n: number): Entities['contact'] {
  return { id: `contact:${n}`, createdAt: 1, updatedAt: 100, referredById: null } as Entities['contact'];
}

/** A lead by number, and the contact that it was converted to. */
export function lead(n: number, convertedContactId: Id | null = null): Entities['lead'] {
  return { id: `lead:${n}`, createdAt: 1, updatedAt: 100, convertedContactId } as Entities['lead'];
}

/** A role of a contact in an account. */
export function role(accountNumber: number, contactNumber: number): Entities['contactRole'] {
  const [accountId, contactId] = [`company:${accountNumber}`, `contact:${contactNumber}`];
  const id = `role:${accountNumber}+${contactNumber}`;
  return { id, createdAt: null, updatedAt: null, accountId, contactId, role: null, isPrimary: true };
}

/** An opportunity of an account. */
export function opportunity(n: number, accountNumber: number): Entities['opportunity'] {
  const base = { id: `deal:${n}`, createdAt: 1, updatedAt: 100, contactIds: [] };
  return { ...base, accountId: `company:${accountNumber}` } as unknown as Entities['opportunity'];
}

/** A ticket of a contact, with or without an account. */
export function ticket(n: number, contactId: Id, accountId: Id | null = null): Entities['ticket'] {
  return { id: `ticket:${n}`, createdAt: 1, updatedAt: 100, contactId, accountId } as Entities['ticket'];
}

/** A change of a field of a record, from one value to another, both as JSON. */
export function fieldChange(n: number, recordId: Id, before = '"a"', after = '"b"'): Entities['fieldChange'] {
  const base = { id: `history:${n}`, createdAt: 1, updatedAt: 1, at: 1 };
  return { ...base, recordId, entity: 'account', field: 'account.name', kind: 'change', before, after };
}

/** Two accounts, the second below the first, with people, a sale, an order and lines around the first. */
export async function fillBook(store: Store): Promise<void> {
  const owner = { id: 'owner:1', createdAt: null, updatedAt: null, name: 'Ann', email: null, active: true };
  const parent = { id: 'parent:2+1', createdAt: null, updatedAt: null, childId: 'company:2', parentId: 'company:1' };
  const order = { id: 'order:3', createdAt: 1, updatedAt: 1, accountId: 'company:1' } as Entities['order'];
  const line = (n: number, over: Partial<Entities['orderLine']>) =>
    ({
      id: `line:${n}`,
      createdAt: 1,
      updatedAt: 1,
      opportunityId: null,
      orderId: null,
      ...over,
    }) as Entities['orderLine'];
  await put(store, 'owner', owner);
  await put(store, 'account', account(2), account(1));
  await put(store, 'accountParent', parent);
  await put(store, 'contact', contact(7));
  await put(store, 'contactRole', role(1, 7));
  await put(store, 'opportunity', opportunity(5, 1));
  await put(store, 'order', order);
  await put(store, 'orderLine', line(1, { opportunityId: 'deal:5' }), line(2, { orderId: 'order:3' }));
}
