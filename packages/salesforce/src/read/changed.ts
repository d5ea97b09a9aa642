import type { EntityName, Instant, Page } from '@holdfast/core';
import type { BoundSource } from '../bind.ts';
import type { Session } from '../session.ts';
import { instantLiteral, type Soql, soql } from '../soql.ts';
import { readByKey } from './keyset.ts';
import { pageOf } from './page.ts';

/**
 * Records that Salesforce stamped in `[since, until)`, by key. A relation whose lookup was emptied shows as gone.
 * SystemModstamp and not LastModifiedDate: it moves on system changes too, and it is indexed.
 */
export function readChanged<E extends EntityName>(
  session: Session,
  entity: E,
  request: { readonly since: Instant; readonly until: Instant; readonly cursor: string | null },
  signal?: AbortSignal,
): Promise<Page<E>> {
  const window = soql`SystemModstamp >= ${instantLiteral(request.since, 'lower')} AND SystemModstamp < ${instantLiteral(request.until, 'upper')}`;
  const where = (source: BoundSource): readonly Soql[] => [
    window,
    ...(source.archived && source.shape.fields.has('IsDeleted') ? [soql`IsDeleted = FALSE`] : []),
  ];
  return readByKey(
    session,
    entity,
    { cursor: request.cursor, select: (source) => source.select, where, all: (source) => source.archived, signal },
    (source, rows) => pageOf<E>(source, rows, session.context),
  );
}
