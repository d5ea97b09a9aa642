import { type EntityName, type Gone, type Instant, type Page, parseInstant, qualifyId } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { mergedIds } from '../codecs.ts';
import { decodeRecords, nativeIdOf } from '../decode.ts';
import { asObject } from '../json.ts';
import { listPage, nextAfter, resultsOf } from '../requests.ts';
import type { Session } from '../session.ts';
import type { SourcePlan } from '../source-plan.ts';
import { type Cursor, formatCursor, nextSource, parseCursor } from './cursor.ts';
import { keysetSearch } from './search-page.ts';

/**
 * One page of what was deleted since, then of what was merged away at any time: HubSpot lists archived records for 90
 * days, and a merge need not touch the survivor's date (T24), so every survivor is asked for.
 * A record erased for privacy is in neither; a full read finds that it is not there any more.
 */
export async function readDeleted<E extends EntityName>(
  session: Session,
  plans: readonly SourcePlan[],
  request: { readonly since: Instant; readonly cursor: string | null },
  call: CallOptions,
): Promise<Page<E>> {
  const at = parseCursor(request.cursor, { source: 0, part: 'archived', id: '', after: '' }, plans.length);
  const plan = plans[at.source] as SourcePlan;
  const read = at.part === 'merged' ? readMerged : readArchived;
  const { gone, next, servedAt } = await read(session, plan, at, request.since, call);
  const following = next ?? nextPart(at, plan, plans.length);
  return { records: [], rejects: [], gone, next: following === null ? null : formatCursor(following), servedAt };
}

interface GonePage {
  readonly gone: readonly Gone[];
  readonly next: Cursor | null;
  readonly servedAt: Instant | null;
}

async function readArchived(
  session: Session,
  plan: SourcePlan,
  at: Cursor,
  since: Instant,
  call: CallOptions,
): Promise<GonePage> {
  const properties = ['hs_object_id', ...(hasMerges(plan) ? ['hs_merged_object_ids'] : [])];
  const page = { after: at.after || undefined, properties, associations: [], archived: true };
  const reply = await listPage(session.client, plan.meta.path, page, call);
  const results = resultsOf(reply);
  const gone = results.flatMap((raw): readonly Gone[] => {
    const id = nativeIdOf(raw);
    const deletedAt = parseInstant(String(asObject(raw)['archivedAt'] ?? ''));
    if (id === null || (deletedAt !== null && deletedAt < since)) return [];
    const survivor = qualifyId(plan.object, id);
    // search no longer shows a survivor that was deleted later, so what went into it is told here or nowhere
    const merged = mergedIds(asObject(asObject(raw)['properties'])['hs_merged_object_ids']).filter((old) => old !== id);
    const losers = merged.map((old) => ({ id: qualifyId(plan.object, old), at: null, mergedInto: survivor }));
    return [...losers, { id: survivor, at: deletedAt, mergedInto: null }];
  });
  const after = nextAfter(reply.body);
  const isOver = after === null || (results.length === 0 && after === at.after);
  return { gone, next: isOver ? null : { ...at, after }, servedAt: reply.servedAt };
}

async function readMerged(
  session: Session,
  plan: SourcePlan,
  at: Cursor,
  _since: Instant,
  call: CallOptions,
): Promise<GonePage> {
  const survivors = [{ propertyName: 'hs_merged_object_ids', operator: 'HAS_PROPERTY' }] as const;
  const found = await keysetSearch(session, plan, at, survivors, ['hs_merged_object_ids'], call);
  const raws = found.results.map((raw) => ({ raw, links: new Map() }));
  const { gone } = decodeRecords(plan.entity, { ...plan, fields: [], links: [] }, session.codec, raws);
  return { gone, next: found.next, servedAt: found.servedAt };
}

function nextPart(at: Cursor, plan: SourcePlan, sources: number): Cursor | null {
  if (at.part !== 'merged' && hasMerges(plan)) return { ...at, part: 'merged', id: '', after: '' };
  const next = nextSource(at, sources);
  return next === null ? null : { ...next, part: 'archived' };
}

function hasMerges(plan: SourcePlan): boolean {
  return plan.meta.merges && plan.properties.includes('hs_merged_object_ids');
}
