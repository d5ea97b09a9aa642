import type { Page } from '@holdfast/core';
import { LEAD_LOOKUP, PROSPECT_LOOKUP } from '../referral-object.ts';
import { boundEntity, type Session } from '../session.ts';
import { name, soql } from '../soql.ts';
import { selection } from './keyset.ts';
import { pageOf } from './page.ts';
import { query } from './query.ts';

/**
 * Referrals whose lead was converted and that name no contact yet. Converting stamps the lead and not what looks it up,
 * so that no read of changes would tell; once the contact is written, a referral is no longer among them.
 */
export async function readConverted(
  session: Session,
  signal?: AbortSignal,
): Promise<Pick<Page<'referral'>, 'records' | 'rejects'>> {
  const [source] = boundEntity(session, 'referral').sources;
  if (!source?.shape.parents.has('Lead__r') || !source.shape.fields.has(PROSPECT_LOOKUP))
    return { records: [], rejects: [] };
  const unfollowed = soql`${name(LEAD_LOOKUP)} != NULL AND Lead__r.IsConverted = TRUE AND ${name(PROSPECT_LOOKUP)} = NULL`;
  const question = selection(source, source.select, [unfollowed], null);
  const { rows } = await query(session.client, question, { purpose: 'read', whole: true, signal });
  const { records, rejects } = pageOf<'referral'>(source, rows, session.context);
  return { records, rejects };
}
