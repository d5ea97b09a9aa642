import type { EntityName, Page } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { hubspotObject } from '../objects.ts';
import { listPage, nextAfter, resultsOf, type SearchFilter } from '../requests.ts';
import type { Session } from '../session.ts';
import type { SourcePlan } from '../source-plan.ts';
import { type Cursor, formatCursor, nextSource, parseCursor } from './cursor.ts';
import { linkedObjects, pageWithInlineLinks, pageWithReadLinks } from './page.ts';
import { searchPage } from './search-page.ts';

/**
 * One page of every live record: the list endpoint, which has no ceiling and brings the links along. Objects of the
 * entity that have no record are passed over within the page.
 */
export async function readAll<E extends EntityName>(
  session: Session,
  entity: E,
  plans: readonly SourcePlan[],
  cursor: string | null,
  call: CallOptions,
): Promise<Page<E>> {
  for (let at = parseCursor(cursor, { source: 0, part: 'list', id: '', after: '' }, plans.length); ; ) {
    const plan = plans[at.source] as SourcePlan;
    // the few records that are ours are found by search, not by listing everybody's
    if (plan.onlyWith !== null) return searchPage(session, entity, plans, { ...at, part: 'search' }, ours, call);
    const { results, next, servedAt } = await list(session, plan, at, call);
    const following = next ?? nextSource(at, plans.length);
    if (results.length === 0 && next === null && following !== null) {
      at = following;
      continue;
    }
    const pageOf = hasLabels(plan) ? pageWithReadLinks : pageWithInlineLinks;
    const page = await pageOf(session, entity, plan, results, call);
    return { ...page, next: following === null ? null : formatCursor(following), servedAt };
  }
}

/** A list tells the kinds of its links and not their labels. */
const hasLabels = (plan: SourcePlan): boolean => plan.links.some(({ label }) => label !== null);

function ours(plan: SourcePlan): readonly SearchFilter[] {
  return [{ propertyName: plan.onlyWith ?? '', operator: 'HAS_PROPERTY' }];
}

async function list(session: Session, plan: SourcePlan, at: Cursor, call: CallOptions) {
  const reply = await listPage(
    session.client,
    plan.meta.path,
    {
      after: at.after || undefined,
      properties: plan.properties,
      associations: hasLabels(plan) ? [] : linkedObjects(plan).map((object) => hubspotObject(object).path),
      archived: false,
    },
    call,
  );
  const results = resultsOf(reply);
  const after = nextAfter(reply.body);
  // an empty page that repeats its cursor would never end (T11)
  const isOver = after === null || (results.length === 0 && after === at.after);
  return { results, next: isOver ? null : { ...at, after }, servedAt: reply.servedAt };
}
