import { CrmError, type EntityName, type Page } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { itemError } from '../errors.ts';
import { REFERRAL_OBJECT_NAME } from '../referral-links.ts';
import { batchRead, itemErrors, resultsOf } from '../requests.ts';
import type { Session } from '../session.ts';
import type { SourcePlan } from '../source-plan.ts';
import { BATCH_READ } from './ids.ts';
import { pageWithReadLinks } from './page.ts';

/** Name of the unique property that marks a record as ours. */
export const KEY_PROPERTY = 'holdfast_key';

/** Records that we created, by our own key. A key that finds nothing is left out: the record was never made, or is gone. */
export async function readKeys<E extends EntityName>(
  session: Session,
  entity: E,
  plans: readonly SourcePlan[],
  keys: readonly string[],
  call: CallOptions,
): Promise<Page<E>> {
  const plan = plans.find((one) => one.onlyWith === KEY_PROPERTY || one.object === REFERRAL_OBJECT_NAME);
  if (plan === undefined) throw new CrmError('invalid', `Records of ${entity} carry no key of ours in HubSpot.`);
  const unique = [...new Set(keys)];
  if (unique.length > BATCH_READ) throw new CrmError('invalid', `At most ${BATCH_READ} keys can be read at once.`);
  const { properties, meta } = plan;
  if (unique.length === 0) return { records: [], rejects: [], gone: [], next: null, servedAt: null };
  const options = { properties, idProperty: KEY_PROPERTY };
  const reply = await batchRead(session.client, meta.path, unique, options, call);
  for (const error of itemErrors(reply)) {
    if (error['category'] !== 'OBJECT_NOT_FOUND') throw itemError(error);
  }
  const page = await pageWithReadLinks(session, entity, plan, resultsOf(reply), call);
  return { ...page, next: null, servedAt: reply.servedAt };
}
