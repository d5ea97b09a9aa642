import { CrmError, type EntityName, type Page, type ReadRequest } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import type { Session } from '../session.ts';
import { readAll } from './all.ts';
import { readChanged } from './changed.ts';
import { readDeleted } from './deleted.ts';
import { readHistory } from './history.ts';
import { BATCH_READ, readIds } from './ids.ts';
import { readKeys } from './keys.ts';
import { readLinkedPairs } from './linked-pairs.ts';
import { readAllOwners, readOwners } from './owners.ts';
import { isRelation, readRelations } from './relations.ts';

/** One page of one entity. Throws `CrmError` for an entity or a kind of request that this portal does not serve. */
export async function readPage<E extends EntityName>(
  session: Session,
  entity: E,
  request: ReadRequest,
  signal: AbortSignal | undefined,
): Promise<Page<E>> {
  const call: CallOptions = { purpose: 'read', signal };
  // what ties two people is looked at before it is written, also where no label makes it a claim
  if (entity === 'referralLink' && request.kind === 'keys' && session.capabilities.write.referralLink)
    return (await readLinkedPairs(session, request.keys, call)) as Page<E>;
  refuseUnavailable(session, entity);
  if (isRelation(entity)) {
    if (request.kind !== 'ids') throw notServed(entity, request);
    return (await readRelations(session, entity, request.ids, call)) as Page<E>;
  }
  if (entity === 'owner') return (await readOwner(session, request, call)) as Page<E>;
  if (entity === 'fieldChange') {
    if (request.kind !== 'all' && request.kind !== 'changed') throw notServed(entity, request);
    return (await readHistory(session, request, call)) as Page<E>;
  }
  const plans = session.plans[entity] ?? [];
  switch (request.kind) {
    case 'all':
      return readAll(session, entity, plans, request.cursor, call);
    case 'changed':
      return readChanged(session, entity, plans, request, call);
    case 'deleted':
      return readDeleted(session, plans, request, call);
    case 'keys':
      return readKeys(session, entity, plans, request.keys, call);
    case 'ids':
      if (request.ids.length > BATCH_READ) throw tooMany(BATCH_READ);
      // the links of a referral are fields that we write
      return readIds(session, entity, plans, entity === 'referral' ? { kind: 'ids', ids: request.ids } : request, call);
  }
}

function readOwner(session: Session, request: ReadRequest, call: CallOptions): Promise<Page<'owner'>> {
  if (request.kind === 'all') return readAllOwners(session, request.cursor, call);
  if (request.kind === 'ids') return readOwners(session, request.ids, call);
  throw notServed('owner', request);
}

function refuseUnavailable(session: Session, entity: EntityName): void {
  if (session.capabilities.read[entity] !== undefined) return;
  const reason = session.capabilities.unavailable[entity] ?? 'it was left out of the configuration';
  throw new CrmError('invalid', `${entity} cannot be read from this portal: ${reason}.`);
}

function notServed(entity: EntityName, request: ReadRequest): CrmError {
  return new CrmError('invalid', `HubSpot cannot be asked for ${entity} by "${request.kind}": see its capability.`);
}

function tooMany(most: number): CrmError {
  return new CrmError('invalid', `At most ${most} records can be read by id at once.`);
}
