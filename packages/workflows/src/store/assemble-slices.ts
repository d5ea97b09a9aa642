import type { Account, AccountRecords, ContactRole, Entities, EntityName, Id, Owner } from '@holdfast/core';
import { mapReferences } from './record-references.ts';

/** What a store lays out for a block of accounts: for each entity, each account's records in the order of their ids. */
export interface SliceBlock {
  readonly accounts: readonly Account[];
  readonly of: <E extends EntityName>(entity: E, accountId: Id) => readonly Entities[E][];
  readonly childIds: (accountId: Id) => readonly Id[];
}

/** Puts the records around each account of a block together, with merged ids re-pointed where there are any. */
export function* assembleSlices(
  block: SliceBlock,
  owners: ReadonlyMap<Id, Owner>,
  resolve: ((id: Id) => Id) | null,
): Generator<AccountRecords> {
  for (const stored of block.accounts) {
    const account = resolve === null ? stored : mapReferences(stored, resolve);
    const of = <E extends EntityName>(entity: E) => repointed(block.of(entity, account.id), resolve);
    const parent = of('accountParent')[0]?.parentId ?? null;
    yield {
      account,
      owner: account.ownerId === null ? null : (owners.get(account.ownerId) ?? null),
      parentId: parent === account.id ? null : parent,
      childIds: block.childIds(account.id).filter((id) => id !== account.id),
      contacts: of('contact'),
      roles: distinctRoles(of('contactRole')),
      opportunities: of('opportunity'),
      contracts: of('contract'),
      orders: of('order'),
      orderLines: of('orderLine'),
      tickets: of('ticket'),
      activities: of('activity'),
      surveys: of('surveyResponse'),
      usage: of('usage'),
    };
  }
}

function repointed<R extends object>(records: readonly R[], resolve: ((id: Id) => Id) | null): readonly R[] {
  if (resolve === null) return records;
  return records.map((record) => mapReferences(record, resolve));
}

/** Two contacts merged into one leave two roles that say the same. */
function distinctRoles(roles: readonly ContactRole[]): readonly ContactRole[] {
  if (roles.length < 2) return roles;
  const met = new Set<string>();
  return roles.filter(({ accountId, contactId, role, isPrimary }) => {
    const key = JSON.stringify([accountId, contactId, role, isPrimary]);
    return !met.has(key) && met.add(key);
  });
}
