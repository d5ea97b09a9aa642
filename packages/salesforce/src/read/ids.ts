import { CrmError, type EntityName, type Id, type Page } from '@holdfast/core';
import type { BoundSource } from '../bind.ts';
import type { Row } from '../decode.ts';
import { idParts } from '../id-parts.ts';
import { recordId } from '../record-id.ts';
import { boundEntity, type Session } from '../session.ts';
import { name, soql } from '../soql.ts';
import { selection } from './keyset.ts';
import { PAGE_SIZE, pageOf } from './page.ts';
import { query } from './query.ts';

/** Ids of one query: 400 take about 9,000 of the 16,384 characters that an address may have. */
export const IDS_PER_PAGE = 400;

/**
 * The given records, deleted ones told as gone with the record that they were merged into. queryAll and not the
 * collections' retrieve, which takes more ids but knows neither merges nor parents' fields. A relation may also be
 * asked by the account or contact that it belongs to.
 */
export async function readIds<E extends EntityName>(
  session: Session,
  entity: E,
  ids: readonly Id[],
  signal?: AbortSignal,
): Promise<Page<E>> {
  if (ids.length > IDS_PER_PAGE)
    throw new CrmError('invalid', `At most ${IDS_PER_PAGE} ids can be read at once: split the list.`);
  const { sources } = boundEntity(session, entity);
  const pages: Pick<Page<E>, 'records' | 'rejects' | 'gone'>[] = [];
  for (const source of sources) {
    for (const [field, wanted] of wantedOf(source, ids)) {
      const rows = await allRows(session, source, field, wanted, signal);
      pages.push(pageOf<E>(source, rows, session.context));
    }
  }
  const records = pages.flatMap((page) => page.records);
  const rejects = pages.flatMap((page) => page.rejects);
  const told = pages.flatMap((page) => page.gone);
  const known = new Set<Id | null>([
    ...records.map((record) => record.id),
    ...rejects.map((reject) => reject.id),
    ...told.map((gone) => gone.id),
  ]);
  // what queryAll does not show was emptied from the recycle bin, never existed, or is hidden from this user
  const absent = [...new Set(ids)].filter(
    (id) => !known.has(normalised(id)) && sources.some((source) => idParts(id).object === source.idPrefix),
  );
  const gone = [...told, ...absent.map((id) => ({ id, at: null, mergedInto: null }))];
  return { records, rejects, gone, next: null, servedAt: null };
}

/** Which field of the source holds which of the ids: its own, or the ends of the relation. */
function wantedOf(source: BoundSource, ids: readonly Id[]): readonly (readonly [string, readonly string[]])[] {
  const ends: [string, string][] = [[source.idPrefix, 'Id']];
  if (source.relation !== null) ends.push([source.object, 'Id']);
  if (source.entity === 'contactRole')
    ends.push(['Account', 'AccountId'], ['Contact', source.object === 'Contact' ? 'Id' : 'ContactId']);
  const wanted = new Map<string, Set<string>>();
  for (const id of ids) {
    const { object, nativeId } = idParts(id);
    const field = ends.find(([prefix]) => prefix === object)?.[1];
    const native = recordId(nativeId);
    if (field === undefined || native === null) continue;
    wanted.set(field, (wanted.get(field) ?? new Set()).add(native));
  }
  return [...wanted].map(([field, natives]) => [field, [...natives]]);
}

/** One query as a rule; more only where an account has more contacts than a page. */
async function allRows(
  session: Session,
  source: BoundSource,
  field: string,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<readonly Row[]> {
  const byOwnId = field === 'Id';
  const rows: Row[] = [];
  for (let after: string | null = null; ; ) {
    const conditions = [
      soql`${name(field)} IN ${ids}`,
      ...(after === null ? [] : [soql`Id > ${after}`]),
      ...(byOwnId || !source.shape.fields.has('IsDeleted') ? [] : [soql`IsDeleted = FALSE`]),
    ];
    const page = await query(session.client, selection(source, source.select, conditions), {
      purpose: 'read',
      all: source.shape.fields.has('IsDeleted'),
      signal,
    });
    rows.push(...page.rows);
    if (!page.cut && page.rows.length < PAGE_SIZE) return rows;
    after = String(page.rows.at(-1)?.['Id']);
  }
}

function normalised(id: Id): Id {
  const { object, nativeId } = idParts(id);
  return `${object}:${recordId(nativeId) ?? nativeId}`;
}
