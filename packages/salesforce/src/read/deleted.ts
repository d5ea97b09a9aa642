import type { Entities, EntityName, Gone, Instant, Page, Reject } from '@holdfast/core';
import type { BoundSource } from '../bind.ts';
import { goneOf, type Row, rowId } from '../decode.ts';
import type { Session } from '../session.ts';
import { instantLiteral, soql } from '../soql.ts';
import { readConverted } from './converted.ts';
import { readByKey } from './keyset.ts';

/**
 * What was deleted or merged away since, from the recycle bin: `/deleted` reaches back 15 days only and does not tell
 * merges. What was emptied from the bin is found by a sweep. Users cannot be deleted.
 * Beside that, referrals whose lead was converted: the other change that no stamp of theirs tells.
 */
export async function readDeleted<E extends EntityName>(
  session: Session,
  entity: E,
  request: { readonly since: Instant; readonly cursor: string | null },
  signal?: AbortSignal,
): Promise<Page<E>> {
  const since = instantLiteral(request.since, 'lower');
  const page = await readByKey<E>(
    session,
    entity,
    {
      cursor: request.cursor,
      select: (source) => [
        'Id',
        'SystemModstamp',
        ...(source.shape.fields.has('MasterRecordId') ? ['MasterRecordId'] : []),
      ],
      where: (source) =>
        source.shape.fields.has('IsDeleted') ? [soql`IsDeleted = TRUE AND SystemModstamp >= ${since}`] : null,
      all: () => true,
      signal,
    },
    (source, rows) => ({ records: [], ...goneRows(source, rows) }),
  );
  if (entity !== 'referral' || page.next !== null) return page;
  const { records, rejects } = await readConverted(session, signal);
  return { ...page, records: records as readonly Entities[E][], rejects: [...page.rejects, ...rejects] };
}

function goneRows(
  source: BoundSource,
  rows: readonly Row[],
): { readonly gone: readonly Gone[]; readonly rejects: readonly Reject[] } {
  const found = rows.map((row) => {
    const id = rowId(source, row);
    return id === null ? null : goneOf(source, id, row);
  });
  const nameless = found
    .filter((gone) => gone === null)
    .map(() => ({ id: null, issues: [`${source.object}: the row has no record id`] }));
  return { gone: found.filter((gone) => gone !== null), rejects: nameless };
}
