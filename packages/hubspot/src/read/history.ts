import { type FieldChange, type Page, qualifyId, type ReadRequest } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { nativeIdOf } from '../decode.ts';
import { itemError } from '../errors.ts';
import {
  batchRead,
  HISTORY_LIMIT,
  itemErrors,
  listPage,
  nextAfter,
  resultsOf,
  type SearchFilter,
} from '../requests.ts';
import type { Session } from '../session.ts';
import { type Cursor, formatCursor, nextSource, parseCursor } from './cursor.ts';
import { fieldChangesOf } from './field-changes-of.ts';
import { type HistoryPlan, historyPlans } from './history-plan.ts';
import { EMPTY_PAGE } from './page.ts';
import { keysetSearch } from './search-page.ts';

type HistoryRequest = Extract<ReadRequest, { readonly kind: 'all' | 'changed' }>;

/**
 * One page of field history: of 50 records in a row, or of up to 200 that changed in the window. The first page of a
 * full read also says of every field that its history begins with each record.
 */
export async function readHistory(
  session: Session,
  request: HistoryRequest,
  call: CallOptions,
): Promise<Page<'fieldChange'>> {
  const plans = historyPlans(session.plans);
  if (plans.length === 0) return EMPTY_PAGE;
  const part = request.kind === 'all' ? 'list' : 'search';
  for (let at = parseCursor(request.cursor, { source: 0, part, id: '', after: '' }, plans.length); ; ) {
    const plan = plans[at.source] as HistoryPlan;
    const { raws, next, servedAt } =
      request.kind === 'all' ? await listed(session, plan, at, call) : await changed(session, plan, at, request, call);
    const following = next ?? nextSource(at, plans.length);
    if (raws.length === 0 && next === null && following !== null && request.cursor !== null) {
      at = following;
      continue;
    }
    const records = raws.flatMap((raw) => fieldChangesOf(raw, plan, session.codec));
    const kept = request.kind === 'all' && request.cursor === null ? plans.flatMap(beginnings) : [];
    const cursor = following === null ? null : formatCursor(following);
    return { records: [...kept, ...records], rejects: [], gone: [], next: cursor, servedAt };
  }
}

async function listed(session: Session, { plan, properties }: HistoryPlan, at: Cursor, call: CallOptions) {
  const reply = await listPage(
    session.client,
    plan.meta.path,
    {
      after: at.after || undefined,
      properties: ownProperties(plan),
      withHistory: properties,
      associations: [],
      archived: false,
    },
    call,
  );
  const raws = resultsOf(reply);
  const after = nextAfter(reply.body);
  // an empty page that repeats its cursor would never end (T11)
  const isOver = after === null || (raws.length === 0 && after === at.after);
  return { raws, next: isOver ? null : { ...at, after }, servedAt: reply.servedAt };
}

/** Search answers hold no history: the ids are searched for, their history is read beside, fifty at a time. */
async function changed(
  session: Session,
  { plan, properties }: HistoryPlan,
  at: Cursor,
  request: Extract<HistoryRequest, { readonly kind: 'changed' }>,
  call: CallOptions,
) {
  const window: readonly SearchFilter[] = [
    { propertyName: plan.meta.modified, operator: 'GTE', value: String(request.since) },
    { propertyName: plan.meta.modified, operator: 'LT', value: String(request.until) },
  ];
  const found = await keysetSearch(session, plan, at, window, ['hs_object_id'], call);
  const ids = [...new Set(found.results.flatMap((raw) => nativeIdOf(raw) ?? []))];
  const raws: unknown[] = [];
  for (let start = 0; start < ids.length; start += HISTORY_LIMIT) {
    const some = ids.slice(start, start + HISTORY_LIMIT);
    const options = { properties: ownProperties(plan), withHistory: properties };
    const reply = await batchRead(session.client, plan.meta.path, some, options, call);
    // what was deleted since it was searched for has no history to read; the next full read takes it away
    for (const error of itemErrors(reply)) if (error['category'] !== 'OBJECT_NOT_FOUND') throw itemError(error);
    raws.push(...resultsOf(reply));
  }
  return { raws, next: found.next, servedAt: found.servedAt };
}

function ownProperties({ meta, properties }: HistoryPlan['plan']): readonly string[] {
  return [meta.created, meta.modified, 'hs_merged_object_ids'].filter((name) => properties.includes(name));
}

function beginnings({ entity, plan, tracked }: HistoryPlan): readonly FieldChange[] {
  return tracked.map(({ field }) => ({
    id: qualifyId(`${plan.object}-history`, `kept.${field}`),
    createdAt: null,
    updatedAt: null,
    recordId: null,
    entity,
    field: `${entity}.${field}`,
    at: 0,
    kind: 'start',
    before: null,
    after: null,
  }));
}
