import type { EntityName, Page, ReadRequest } from '@holdfast/core';
import type { Session } from '../session.ts';
import { readAll } from './all.ts';
import { readChanged } from './changed.ts';
import { readDeleted } from './deleted.ts';
import { readHistory } from './history.ts';
import { readIds } from './ids.ts';
import { readKeys } from './keys.ts';

/** Answers one request with one page. */
export function read<E extends EntityName>(
  session: Session,
  entity: E,
  request: ReadRequest,
  signal?: AbortSignal,
): Promise<Page<E>> {
  if (entity === 'fieldChange') return readHistory(session, request, signal) as Promise<Page<E>>;
  switch (request.kind) {
    case 'all':
      return readAll(session, entity, request.cursor, signal);
    case 'changed':
      return readChanged(session, entity, request, signal);
    case 'deleted':
      return readDeleted(session, entity, request, signal);
    case 'ids':
      return readIds(session, entity, request.ids, signal);
    case 'keys':
      return readKeys(session, entity, request.keys, signal);
  }
}
