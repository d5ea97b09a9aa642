import { CrmError, type Entities, type EntityName, type Id } from '@holdfast/core';
import { aRecord, type MemoryCrm } from '@holdfast/testkit';
import { type Bug, NOTHING, onPage, onRead } from './bug.ts';

/** Mistakes with deletions and merges. */
export const GONE_BUGS: readonly Bug[] = [
  {
    name: 'a missing record is left out in silence',
    caughtBy: ['gone/ids-tell', 'gone/merged-by-id', 'gone/merge-chain'],
    tamper: onPage((page, request) => (request.kind === 'ids' ? { ...page, gone: [] } : page)),
  },
  {
    name: 'one missing record fails the whole read by id',
    caughtBy: ['gone/ids-tell'],
    tamper: onPage((page, request) => {
      if (request.kind === 'ids' && page.gone.length > 0) throw new CrmError('not-found', 'One of them is gone.');
      return page;
    }),
  },
  {
    name: 'a full read serves deleted records too',
    caughtBy: ['gone/not-in-all'],
    tamper: onRead((read) => async (entity, request, signal) => {
      const page = await read(entity, request, signal);
      if (request.kind !== 'all' || request.cursor !== null || entity === 'contactRole') return page;
      const { gone } = await read(entity, { kind: 'deleted', since: 0, cursor: null });
      const buried = gone.map(({ id }) => aRecord(entity, { id } as Partial<Entities[EntityName]>));
      return { ...page, records: [...buried, ...page.records] };
    }),
  },
  {
    name: 'deletions are never listed',
    caughtBy: ['gone/listed', 'gone/listed-paged', 'gone/merged'],
    tamper: onPage((page, request) => (request.kind === 'deleted' ? NOTHING : page)),
  },
  {
    name: 'deletions of all time are listed, whatever was asked for',
    caughtBy: ['gone/listed'],
    tamper: onRead(
      (read) => (entity, request, signal) =>
        read(entity, request.kind === 'deleted' ? { ...request, since: 0 } : request, signal),
    ),
  },
  {
    name: 'only the first page of deletions is read',
    caughtBy: ['gone/listed-paged'],
    options: { pageSize: 3 },
    tamper: onPage((page, request) => (request.kind === 'deleted' ? { ...page, next: null } : page)),
  },
  {
    name: 'a merge looks like a deletion',
    caughtBy: ['gone/merged', 'gone/merged-by-id', 'gone/merge-chain'],
    tamper: onPage((page) => ({ ...page, gone: page.gone.map((one) => ({ ...one, mergedInto: null })) })),
  },
  {
    name: 'a read by an old id serves the survivor under that id',
    caughtBy: ['gone/merged-by-id'],
    tamper: onPage((page, request, entity) => ({
      ...page,
      records:
        request.kind === 'ids' ? [...page.records, ...page.gone.map(({ id }) => named(entity, id))] : page.records,
    })),
  },
  {
    name: 'of a chain of merges only one link is told',
    caughtBy: ['gone/merge-chain'],
    tamper: onPage((page) => ({ ...page, gone: page.gone.slice(0, 1) })),
  },
  {
    name: 'what was deleted once stays deleted',
    caughtBy: ['gone/restored'],
    tamper: onRead((read, crm) => {
      const buried = rememberRemoved(crm);
      return async (entity, request, signal) => {
        const page = await read(entity, request, signal);
        return { ...page, records: page.records.filter(({ id }) => !buried.has(id)) };
      };
    }),
  },
];

function named(entity: EntityName, id: Id): Entities[EntityName] {
  return aRecord(entity, { id } as Partial<Entities[EntityName]>);
}

function rememberRemoved(crm: MemoryCrm): ReadonlySet<Id> {
  const removed = new Set<Id>();
  const { remove } = crm.edits;
  Object.assign(crm.edits, {
    remove: (entity: EntityName, id: Id) => {
      removed.add(id);
      remove(entity, id);
    },
  });
  return removed;
}
