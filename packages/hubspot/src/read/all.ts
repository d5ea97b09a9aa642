import type { EntityName, Page } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { hubspotObject } from '../objects.ts';
import { listPage, nextAfter, resultsOf } from '../requests.ts';
import type { Session } from '../session.ts';
import type { SourcePlan } from '../source-plan.ts';
import { type Cursor, formatCursor, parseCursor } from './cursor.ts';
import { linkedObjects, pageWithInlineLinks } from './page.ts';
import { searchPage } from './search-page.ts';

/** One page of every live record: the list endpoint, which has no ceiling and brings the links along. */
export async function readAll<E extends EntityName>(
  session: Session,
  entity: E,
  plans: readonly SourcePlan[],
  cursor: string | null,
  call: CallOptions,
): Promise<Page<E>> {
  const at = parseCursor(cursor, { source: 0, part: 'list', id: '', after: '' }, plans.length);
  const plan = plans[at.source] as SourcePlan;
  // the few records that are ours are found by search, not by listing everybody's
  if (plan.onlyWith !== null) {
    const ours = { propertyName: plan.onlyWith, operator: 'HAS_PROPERTY' } as const;
    return searchPage(session, entity, plans, { ...at, part: 'search' }, [ours], call);
  }
  const reply = await listPage(
    session.client,
    plan.meta.path,
    {
      after: at.after || undefined,
      properties: plan.properties,
      associations: linkedObjects(plan).map((object) => hubspotObject(object).path),
      archived: false,
    },
    call,
  );
  const results = resultsOf(reply);
  const page = await pageWithInlineLinks(session, entity, plan, results, call);
  const after = nextAfter(reply.body);
  // an empty page that repeats its cursor would never end (T11)
  const isOver = after === null || (results.length === 0 && after === at.after);
  const next = isOver ? nextSource(at, plans.length) : { ...at, after };
  return { ...page, next: next === null ? null : formatCursor(next), servedAt: reply.servedAt };
}

/** The start of the next object of an entity; `null` after the last. */
export function nextSource(at: Cursor, sources: number): Cursor | null {
  return at.source + 1 < sources ? { ...at, source: at.source + 1, id: '', after: '' } : null;
}
