import type { EntityName, Page } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { nativeIdOf } from '../decode.ts';
import { nextAfter, resultsOf, type SearchFilter, search } from '../requests.ts';
import type { Session } from '../session.ts';
import type { SourcePlan } from '../source-plan.ts';
import { type Cursor, formatCursor, nextSource } from './cursor.ts';
import { pageWithReadLinks } from './page.ts';

/** HubSpot's most for one page of search. */
export const SEARCH_LIMIT = 200;

/**
 * One page of a search, as a keyset on the record id: the ceiling of 10,000 results on HubSpot's own cursor is never
 * met, and a record edited meanwhile moves nobody over a page's edge (T1 to T3). Objects of the entity that have
 * nothing are passed over within the page.
 */
export async function searchPage<E extends EntityName>(
  session: Session,
  entity: E,
  plans: readonly SourcePlan[],
  start: Cursor,
  filtersOf: (plan: SourcePlan) => readonly SearchFilter[],
  call: CallOptions,
): Promise<Page<E>> {
  for (let at = start; ; ) {
    const plan = plans[at.source] as SourcePlan;
    const { results, next, servedAt } = await keysetSearch(session, plan, at, filtersOf(plan), plan.properties, call);
    const following = next ?? nextSource(at, plans.length);
    if (results.length === 0 && next === null && following !== null) {
      at = following;
      continue;
    }
    const page = await pageWithReadLinks(session, entity, plan, results, call);
    return { ...page, next: following === null ? null : formatCursor(following), servedAt };
  }
}

/** The records of one search page in the order of their ids, and where its object goes on (`null` when it is through). */
export async function keysetSearch(
  session: Session,
  plan: SourcePlan,
  at: Cursor,
  filters: readonly SearchFilter[],
  properties: readonly string[],
  call: CallOptions,
): Promise<{ readonly results: readonly unknown[]; readonly next: Cursor | null; readonly servedAt: number | null }> {
  const keyset: readonly SearchFilter[] =
    at.id === '' ? [] : [{ propertyName: 'hs_object_id', operator: 'GT', value: at.id }];
  const reply = await search(
    session.client,
    plan.meta.path,
    { filters: [...filters, ...keyset], properties, limit: SEARCH_LIMIT, after: at.after || undefined },
    call,
  );
  const results = resultsOf(reply);
  const after = nextAfter(reply.body);
  const last = lastId(results);
  return { results, next: following(at, last, after, results.length), servedAt: reply.servedAt };
}

function following(at: Cursor, last: string | null, after: string | null, found: number): Cursor | null {
  if (last !== null && (after !== null || found >= SEARCH_LIMIT)) return { ...at, id: last, after: '' };
  // nothing on this page, yet HubSpot says there is more (T12): the keyset cannot move, so its cursor is followed
  if (last === null && after !== null && after !== at.after) return { ...at, after };
  return null;
}

function lastId(results: readonly unknown[]): string | null {
  const ids = results.flatMap((raw) => nativeIdOf(raw) ?? []).filter((id) => /^\d+$/.test(id));
  return ids.reduce<string | null>((most, id) => (most === null || BigInt(id) > BigInt(most) ? id : most), null);
}
