import { CrmError, type EntityName, type Instant, type Page } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import type { SearchFilter } from '../requests.ts';
import type { Session } from '../session.ts';
import type { SourcePlan } from '../source-plan.ts';
import { parseCursor } from './cursor.ts';
import { searchPage } from './search-page.ts';

/** One page of what changed in `[since, until)`. HubSpot compares dates as milliseconds since 1970, written as text. */
export async function readChanged<E extends EntityName>(
  session: Session,
  entity: E,
  plans: readonly SourcePlan[],
  request: { readonly since: Instant; readonly until: Instant; readonly cursor: string | null },
  call: CallOptions,
): Promise<Page<E>> {
  const at = parseCursor(request.cursor, { source: 0, part: 'search', id: '', after: '' }, plans.length);
  const filtersOf = (plan: SourcePlan) => {
    const filters: SearchFilter[] = [
      { propertyName: plan.meta.modified, operator: 'GTE', value: String(request.since) },
      { propertyName: plan.meta.modified, operator: 'LT', value: String(request.until) },
    ];
    if (plan.onlyWith !== null) filters.push({ propertyName: plan.onlyWith, operator: 'HAS_PROPERTY' });
    for (const { propertyName } of filters) refuseUnknown(plan, propertyName);
    return filters;
  };
  return searchPage(session, entity, plans, at, filtersOf, call);
}

/** A filter on a property that does not exist finds nothing and says nothing (T8). */
function refuseUnknown(plan: SourcePlan, name: string): void {
  if (plan.properties.includes(name)) return;
  throw new CrmError('protocol', `HubSpot's ${plan.meta.path} have no property ${name}: changes cannot be asked for.`);
}
