import {
  CrmError,
  type Gone,
  type Id,
  type Owner,
  type Page,
  parseId,
  qualifyId,
  type Reject,
  type Rule,
} from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { checked } from '../decode.ts';
import { asId, asObject } from '../json.ts';
import { owner as ownerMap } from '../maps/owner.ts';
import { nextAfter, resultsOf } from '../requests.ts';
import type { Session } from '../session.ts';
import { formatCursor, parseCursor } from './cursor.ts';

/** Most owners of one page; `ids` costs a call or two for each. */
export const OWNERS_PER_PAGE = 100;

/** One page of all owners: those who work here, then those who left (they still stand on records, T36). */
export async function readAllOwners(
  session: Session,
  cursor: string | null,
  call: CallOptions,
): Promise<Page<'owner'>> {
  const at = parseCursor(cursor, { source: 0, part: 'list', id: '', after: '' }, 1);
  const archived = at.part === 'archived';
  const reply = await session.client.call(call, {}, ({ crm }) =>
    crm.owners.ownersApi.getPage(undefined, at.after || undefined, OWNERS_PER_PAGE, archived),
  );
  const results = resultsOf(reply);
  const decoded = results.map((raw) => decodeOwner(session, raw));
  const after = nextAfter(reply.body);
  const isOver = after === null || (results.length === 0 && after === at.after);
  const next = isOver ? null : { ...at, after };
  const following = next ?? (archived ? null : { ...at, part: 'archived' as const, after: '' });
  return {
    records: decoded.flatMap((one) => ('record' in one ? one.record : [])),
    rejects: decoded.flatMap((one) => ('issues' in one ? one : [])),
    gone: [],
    next: following === null ? null : formatCursor(following),
    servedAt: reply.servedAt,
  };
}

/** The given owners, one by one: HubSpot has no batch for them. */
export async function readOwners(session: Session, ids: readonly Id[], call: CallOptions): Promise<Page<'owner'>> {
  const records: Owner[] = [];
  const rejects: Reject[] = [];
  const gone: Gone[] = [];
  for (const id of new Set(ids)) {
    const raw = (await ownerById(session, id, false, call)) ?? (await ownerById(session, id, true, call));
    const decoded = raw === null ? null : decodeOwner(session, raw);
    if (decoded === null) gone.push({ id, at: null, mergedInto: null });
    else if ('record' in decoded) records.push(decoded.record);
    else rejects.push(decoded);
  }
  return { records, rejects, gone, next: null, servedAt: null };
}

async function ownerById(session: Session, id: Id, archived: boolean, call: CallOptions): Promise<unknown> {
  const nativeId = Number(parseId(id).nativeId);
  if (!Number.isSafeInteger(nativeId)) throw new CrmError('invalid', 'An owner id is not one of HubSpot: pull again.');
  try {
    const reply = await session.client.call(call, {}, ({ crm }) =>
      crm.owners.ownersApi.getById(nativeId, 'id', archived),
    );
    return reply.body;
  } catch (error) {
    if (error instanceof CrmError && error.code === 'not-found') return null;
    throw error;
  }
}

function decodeOwner(session: Session, raw: unknown): { readonly record: Owner } | Reject {
  const properties = asObject(raw);
  const nativeId = asId(properties['id']);
  if (nativeId === null) return { id: null, issues: ['id: HubSpot gave an owner without an id'] };
  const id = qualifyId('owner', nativeId);
  try {
    const fields = Object.entries(ownerMap.sources[0].fields) as [string, Rule<unknown>][];
    const values = fields.map(([field, rule]) => [field, ownerValue(session, rule, properties)]);
    return checked('owner', id, { id, ...Object.fromEntries(values) });
  } catch {
    return { id, issues: ['createdAt, updatedAt or archived: cannot be read'] };
  }
}

function ownerValue(session: Session, rule: Rule<unknown>, properties: Readonly<Record<string, unknown>>): unknown {
  if (rule.rule === 'field') return rule.codec.decode(properties[rule.name], session.codec);
  return rule.rule === 'fields' ? rule.decode(properties, session.codec) : null;
}
