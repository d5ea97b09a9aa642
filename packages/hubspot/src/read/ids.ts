import {
  CrmError,
  type EntityName,
  type Gone,
  type Id,
  type Page,
  parseId,
  qualifyId,
  type ReadRequest,
} from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { nativeIdOf } from '../decode.ts';
import { itemError } from '../errors.ts';
import { batchRead, itemErrors, resultsOf } from '../requests.ts';
import type { Session } from '../session.ts';
import type { SourcePlan } from '../source-plan.ts';
import { EMPTY_PAGE, pageWithoutLinks, pageWithReadLinks } from './page.ts';

/** Most records of one batch read. */
export const BATCH_READ = 100;

/**
 * The given records. One that is not there any more is gone; when a record served here was made of it, or is served in
 * its place (T22), that one is the survivor.
 */
export async function readIds<E extends EntityName>(
  session: Session,
  entity: E,
  plans: readonly SourcePlan[],
  { ids, withoutLinks }: Extract<ReadRequest, { readonly kind: 'ids' }>,
  call: CallOptions,
): Promise<Page<E>> {
  const pageOf = withoutLinks ? pageWithoutLinks : pageWithReadLinks;
  let page: Page<E> = EMPTY_PAGE;
  for (const plan of plans) {
    const nativeIds = nativeIdsOf(plan, ids);
    for (let start = 0; start < nativeIds.length; start += BATCH_READ) {
      const more = await readBatch(session, entity, plan, nativeIds.slice(start, start + BATCH_READ), pageOf, call);
      page = joined(page, more);
    }
  }
  return page;
}

async function readBatch<E extends EntityName>(
  session: Session,
  entity: E,
  plan: SourcePlan,
  nativeIds: readonly string[],
  pageOf: typeof pageWithReadLinks,
  call: CallOptions,
): Promise<Page<E>> {
  const { properties, meta } = plan;
  const reply = await batchRead(session.client, meta.path, nativeIds, { properties }, call);
  for (const error of itemErrors(reply)) {
    if (error['category'] !== 'OBJECT_NOT_FOUND') throw itemError(error);
  }
  const results = resultsOf(reply);
  const page = await pageOf(session, entity, plan, results, call);
  const served = new Set(results.flatMap((raw) => nativeIdOf(raw) ?? []));
  const merged = new Set(page.gone.map((gone) => gone.id));
  const gone: Gone[] = nativeIds
    .filter((id) => !served.has(id))
    .map((id) => qualifyId(plan.object, id))
    .filter((id) => !merged.has(id))
    .map((id) => ({ id, at: null, mergedInto: null }));
  return { ...page, gone: [...page.gone, ...gone], next: null, servedAt: reply.servedAt };
}

/** The bare ids of one object, each once; throws `invalid` for an id that is none of HubSpot's. */
export function nativeIdsOf(plan: Pick<SourcePlan, 'object'>, ids: readonly Id[]): readonly string[] {
  const parsed = ids.map((id) => parseId(id)).filter(({ object }) => object === plan.object);
  for (const { nativeId } of parsed) {
    if (!/^\d+$/.test(nativeId)) throw new CrmError('invalid', 'A record id is not one of HubSpot: pull again.');
  }
  return [...new Set(parsed.map(({ nativeId }) => nativeId))];
}

function joined<E extends EntityName>(one: Page<E>, two: Page<E>): Page<E> {
  return {
    records: [...one.records, ...two.records],
    rejects: [...one.rejects, ...two.rejects],
    gone: [...one.gone, ...two.gone],
    next: null,
    servedAt: one.servedAt ?? two.servedAt,
  };
}
