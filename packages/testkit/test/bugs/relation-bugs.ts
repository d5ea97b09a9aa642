import { CrmError, type Entities, type EntityName, type Page } from '@holdfast/core';
import { type Bug, onPage, onRead, type Read } from './bug.ts';

/** Mistakes with relations, and with what is kept from an earlier read. */
export const RELATION_BUGS: readonly Bug[] = [
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
