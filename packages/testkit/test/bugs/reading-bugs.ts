import { CrmError, type EntityName, type Page } from '@holdfast/core';
import { type Bug, NOTHING, onDeclared, onPage, onRead, type Read } from './bug.ts';

/** Mistakes of paging and windows, and with bad records. */
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
