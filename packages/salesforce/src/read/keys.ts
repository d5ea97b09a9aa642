import { CrmError, type EntityName, type Page } from '@holdfast/core';
import { KEY_FIELD } from '../owned-name.ts';
import { boundEntity, type Session } from '../session.ts';
import { chunks, name, soql } from '../soql.ts';
import { selection } from './keyset.ts';
import { pageOf } from './page.ts';
import { query } from './query.ts';

/** A key has at most 64 characters, that of a referral 255: so many fit one address. */
const KEYS_PER_QUERY = { task: 100, note: 100, referral: 25 };

/** The live records that carry these keys of ours. */
export async function readKeys<E extends EntityName>(
  session: Session,
  entity: E,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<Page<E>> {
  if (!(entity in KEYS_PER_QUERY))
    throw new CrmError(
      'invalid',
      `Only tasks, notes and referrals carry a key of Holdfast's, "${entity}" does not: read it by id.`,
    );
  const perQuery = KEYS_PER_QUERY[entity as keyof typeof KEYS_PER_QUERY];
  const { sources } = boundEntity(session, entity);
  const pages: Pick<Page<E>, 'records' | 'rejects' | 'gone'>[] = [];
  for (const source of sources) {
    for (const chunk of chunks([...new Set(keys)], perQuery)) {
      const question = selection(source, source.select, [soql`${name(KEY_FIELD)} IN ${chunk} AND IsDeleted = FALSE`]);
      const { rows } = await query(session.client, question, {
        ...{ purpose: 'read', all: source.archived, whole: true, signal },
      });
      pages.push(pageOf<E>(source, rows, session.context));
    }
  }
  return {
    records: pages.flatMap((page) => page.records),
    rejects: pages.flatMap((page) => page.rejects),
    gone: pages.flatMap((page) => page.gone),
    next: null,
    servedAt: null,
  };
}
