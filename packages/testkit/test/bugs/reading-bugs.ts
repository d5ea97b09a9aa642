import { CrmError, type Entities, type EntityName, type Id, type Page } from '@holdfast/core';
import { aRecord, type MemoryCrm } from '@holdfast/testkit';
import { type Bug, onDeclared, onPage, onRead, type Read } from './bug.ts';

const NOTHING: Page = { records: [], rejects: [], gone: [], next: null, servedAt: null };

/** Mistakes of reading. */
export const READING_BUGS: readonly Bug[] = [
  {
    name: 'a cursor on a new connection skips a record',
    caughtBy: ['resume/all', 'resume/changed'],
    tamper: onRead((read) => {
      let fresh = true;
      return async (entity, request, signal) => {
        const page = await read(entity, request, signal);
        const resumed = fresh && 'cursor' in request && request.cursor !== null;
        fresh = false;
        return resumed ? { ...page, records: page.records.slice(1) } : page;
      };
    }),
  },
  {
    name: 'the next page starts after the last timestamp, not after the last record',
    caughtBy: ['order/ties', 'resume/changed'],
    tamper: onPage((page) => ({ ...page, next: page.next?.replace(/^(changed:\d+):.*/, '$1:999999') ?? null })),
  },
  {
    name: 'the order of a page changes from read to read',
    caughtBy: ['order/stable'],
    tamper: onRead((read) => {
      let turn = false;
      return async (entity, request, signal) => {
        const page = await read(entity, request, signal);
        if (request.kind === 'changed' && request.cursor === null) turn = !turn;
        return turn ? page : { ...page, records: page.records.toReversed() };
      };
    }),
  },
  {
    name: 'a page begins with the last record of the page before',
    caughtBy: ['order/all-once', 'resume/all'],
    tamper: onRead((read) => {
      let last: Page['records'] = [];
      return async (entity, request, signal) => {
        const page = await read(entity, request, signal);
        const before = 'cursor' in request && request.cursor !== null ? last : [];
        last = page.records.slice(-1);
        return { ...page, records: [...before, ...page.records] };
      };
    }),
  },
  {
    name: 'a window leaves out its start',
    caughtBy: ['window/half-open', 'order/ties'],
    tamper: onRead(
      (read) => (entity, request, signal) =>
        read(entity, request.kind === 'changed' ? { ...request, since: request.since + 1 } : request, signal),
    ),
  },
  {
    name: 'a window takes in its end',
    caughtBy: ['window/half-open'],
    tamper: onRead(
      (read) => (entity, request, signal) =>
        read(entity, request.kind === 'changed' ? { ...request, until: request.until + 1 } : request, signal),
    ),
  },
  {
    name: 'an empty window has a cursor',
    caughtBy: ['window/empty'],
    tamper: onPage((page, request) =>
      page.records.length === 0 && request.kind === 'changed'
        ? { ...page, next: request.cursor ?? 'changed:0:0' }
        : page,
    ),
  },
  {
    name: 'the index lags and the adapter declares no lag',
    caughtBy: ['window/lag'],
    options: { indexLagMs: 30_000 },
    tamper: onDeclared(({ read }) => ({
      read: Object.fromEntries(Object.entries(read).map(([entity, one]) => [entity, { ...one, indexLagMs: 0 }])),
    })),
  },
  {
    name: 'changes are paged by offset',
    caughtBy: ['window/edited-while-paging'],
    options: { pageSize: 3 },
    tamper: onRead((read) => async (entity, request, signal) => {
      if (request.kind !== 'changed') return read(entity, request, signal);
      const all = await readOn(read, entity, { ...request, cursor: null });
      return offsetPage(all, request.cursor, 3);
    }),
  },
  {
    name: 'a full read is paged by offset, newest first',
    caughtBy: ['window/created-while-paging'],
    options: { pageSize: 3 },
    tamper: onRead((read) => async (entity, request, signal) => {
      if (request.kind !== 'all') return read(entity, request, signal);
      const all = await readOn(read, entity, { kind: 'all', cursor: null });
      return offsetPage(all.toReversed(), request.cursor, 3);
    }),
  },
  {
    name: 'a record edited while paging is passed over for good',
    caughtBy: ['window/edited-while-paging', 'window/half-open'],
    tamper: onPage((page, request) => ({
      ...page,
      records: page.records.filter((one) => request.kind !== 'changed' || one.createdAt === one.updatedAt),
    })),
  },
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
  {
    name: 'a bad record fails its page',
    caughtBy: ['reject/page-goes-on', 'reject/by-id'],
    tamper: onPage((page) => {
      if (page.rejects.length > 0) throw new CrmError('protocol', 'A record could not be read.');
      return page;
    }),
  },
  {
    name: 'a bad record is dropped in silence',
    caughtBy: ['reject/page-goes-on', 'reject/by-id'],
    tamper: onPage((page) => ({ ...page, rejects: [] })),
  },
  {
    name: 'a bad record counts as gone',
    caughtBy: ['reject/page-goes-on', 'reject/by-id'],
    tamper: onPage((page) => ({
      ...page,
      gone: page.rejects.map(({ id }) => ({ id: id!, at: null, mergedInto: null })),
    })),
  },
  {
    name: 'a reject does not say why',
    caughtBy: ['reject/page-goes-on', 'reject/by-id'],
    tamper: onPage((page) => ({ ...page, rejects: page.rejects.map(({ id }) => ({ id, issues: [] })) })),
  },
  {
    name: 'an empty page ends the read',
    caughtBy: ['page/empty-goes-on'],
    tamper: onPage((page) => (page.records.length === 0 ? { ...page, next: null } : page)),
  },
  {
    name: 'pages are larger than declared',
    caughtBy: ['page/size'],
    options: { pageSize: 4 },
    tamper: onDeclared(({ read }) => ({
      read: Object.fromEntries(
        Object.entries(read).map(([entity, one]) => [entity, { ...one, pageSize: { all: 3, changed: 3, ids: 4 } }]),
      ),
    })),
  },
  {
    name: 'ids beyond a page are cut off',
    caughtBy: ['page/ids-size'],
    options: { pageSize: 4 },
    tamper: onRead(
      (read) => (entity, request, signal) =>
        read(entity, request.kind === 'ids' ? { kind: 'ids', ids: request.ids.slice(0, 4) } : request, signal),
    ),
  },
  {
    name: 'fewer ids than declared are accepted',
    caughtBy: ['page/ids-size'],
    options: { pageSize: 4 },
    tamper: onDeclared(({ read }) => ({
      read: Object.fromEntries(
        Object.entries(read).map(([entity, one]) => [entity, { ...one, pageSize: { ...one.pageSize, ids: 5 } }]),
      ),
    })),
  },
  {
    name: 'an unknown cursor starts the read anew',
    caughtBy: ['page/cursor-foreign'],
    tamper: onRead(
      (read) => (entity, request, signal) =>
        read(entity, request, signal).catch((error: unknown) => {
          if (request.kind === 'all' && request.cursor?.startsWith('not'))
            return read(entity, { ...request, cursor: null });
          throw error;
        }),
    ),
  },
  {
    name: 'only the first relation of an account is read',
    caughtBy: ['relation/whole-set', 'relation/large-set'],
    tamper: onPage((page, _, entity) =>
      entity === 'contactRole' ? { ...page, records: page.records.slice(0, 1) } : page,
    ),
  },
  {
    name: 'an account without relations is an error',
    caughtBy: ['relation/none'],
    tamper: onRead((read) => async (entity, request, signal) => {
      const page = await read(entity, request, signal);
      if (entity !== 'contactRole' || request.kind !== 'ids') return page;
      const found = new Set((page.records as readonly Entities['contactRole'][]).map(({ accountId }) => accountId));
      if (request.ids.some((id) => !found.has(id))) throw new CrmError('not-found', 'There are no associations.');
      return page;
    }),
  },
  {
    name: 'only the first page of links is read',
    caughtBy: ['relation/large-set'],
    tamper: onPage((page, _, entity) =>
      entity === 'contactRole' ? { ...page, records: page.records.slice(0, 500) } : page,
    ),
  },
  {
    name: 'relations are read once and kept',
    caughtBy: ['relation/sweep', 'relation/parent'],
    tamper: onRead(keepAnswers(['contactRole', 'accountParent'])),
  },
  {
    name: 'parent and child are swapped',
    caughtBy: ['relation/parent'],
    tamper: onPage((page, _, entity) => {
      if (entity !== 'accountParent') return page;
      const steps = page.records as readonly Entities['accountParent'][];
      return { ...page, records: steps.map((one) => ({ ...one, childId: one.parentId, parentId: one.childId })) };
    }),
  },
  {
    name: 'a read by id is answered from what was read before',
    caughtBy: ['conflict/seen', 'conflict/unrelated'],
    tamper: onRead(keepAnswers(['account'])),
  },
];

async function readOn(read: Read, entity: EntityName, request: Parameters<Read>[1]): Promise<Page['records']> {
  const page = await read(entity, request);
  if (page.next === null) return page.records;
  return [...page.records, ...(await readOn(read, entity, { ...request, cursor: page.next } as Parameters<Read>[1]))];
}

function offsetPage(all: Page['records'], cursor: string | null, size: number): Page {
  const offset = Number(cursor ?? 0);
  const next = offset + size < all.length ? String(offset + size) : null;
  return { ...NOTHING, records: all.slice(offset, offset + size), next };
}

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

function keepAnswers(entities: readonly EntityName[]): (read: Read) => Read {
  return (read) => {
    const kept = new Map<string, Page>();
    return async (entity, request, signal) => {
      if (!entities.includes(entity)) return read(entity, request, signal);
      const question = JSON.stringify([entity, request]);
      const page = kept.get(question) ?? (await read(entity, request, signal));
      kept.set(question, page);
      return page;
    };
  };
}
