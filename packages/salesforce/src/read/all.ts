import type { EntityName, Page } from '@holdfast/core';
import type { BoundSource } from '../bind.ts';
import type { Session } from '../session.ts';
import { name, type Soql, soql } from '../soql.ts';
import { readByKey } from './keyset.ts';
import { pageOf } from './page.ts';

/** Every live record, by key. Archived activities are served by queryAll alone, which must then leave out the deleted. */
export function readAll<E extends EntityName>(
  session: Session,
  entity: E,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<E>> {
  return readByKey(
    session,
    entity,
    { cursor, select: (source) => source.select, where: conditions, all: (source) => source.archived, signal },
    (source, rows) => pageOf<E>(source, rows, session.context),
  );
}

function conditions(source: BoundSource): readonly Soql[] {
  return [
    ...(source.archived && source.shape.fields.has('IsDeleted') ? [soql`IsDeleted = FALSE`] : []),
    ...(source.relation === null ? [] : [soql`${name(source.relation)} != NULL`]),
  ];
}
