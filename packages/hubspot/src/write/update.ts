import { CrmError, parseId, qualifyId, type WritableEntity, type Write, type WriteResult } from '@holdfast/core';
import type { CallOptions, Reply } from '../client.ts';
import { hubspotObject } from '../objects.ts';
import type { Session } from '../session.ts';
import { type BatchOutcome, batchOutcome } from './batch-results.ts';
import { writtenProperties } from './properties.ts';

/** Updates existing records by their id. A write that sets nothing is not sent. */
export async function updateRecords(
  session: Session,
  entity: WritableEntity,
  writes: readonly Write[],
  call: CallOptions,
): Promise<readonly WriteResult[]> {
  const sent = new Map<string, Record<string, string>>();
  let object = '';
  for (const write of writes) {
    const target = parseId('id' in write.target ? write.target.id : '');
    object = target.object;
    const properties = writtenProperties(session, entity, write);
    if (Object.keys(properties).length === 0) continue;
    // HubSpot refuses a whole batch that names an id twice: the later value stands
    sent.set(target.nativeId, { ...sent.get(target.nativeId), ...properties });
  }
  const outcome = sent.size === 0 ? null : await sendUpdates(session, object, sent, call);
  return writes.map((write) => updateResult(write, outcome, sent));
}

function updateResult(
  write: Write,
  outcome: BatchOutcome | CrmError | null,
  sent: ReadonlyMap<string, unknown>,
): WriteResult {
  const { key } = write;
  const target = parseId('id' in write.target ? write.target.id : '');
  const id = qualifyId(target.object, target.nativeId);
  if (outcome === null || !sent.has(target.nativeId)) return { key, status: 'written', id };
  if (outcome instanceof CrmError) return { key, status: 'failed', error: outcome };
  if (outcome.byId.has(target.nativeId)) return { key, status: 'written', id };
  const error = outcome.failed.get(target.nativeId) ?? (sent.size === 1 ? outcome.unnamed[0] : undefined);
  if (error !== undefined) return { key, status: 'failed', error };
  return { key, status: 'unprocessed', reason: 'HubSpot gave neither a result nor an error for this record.' };
}

/** The outcome; an error in its place when HubSpot refused the only record of the batch, so that all is known. */
async function sendUpdates(
  session: Session,
  object: string,
  sent: ReadonlyMap<string, Record<string, string>>,
  call: CallOptions,
): Promise<BatchOutcome | CrmError> {
  const { path } = hubspotObject(object);
  const inputs = [...sent].map(([id, properties]) => ({ id, properties }));
  try {
    const reply: Reply = await session.client.call(call, { writes: true, batch: true }, ({ crm }) =>
      crm.objects.batchApi.update(path, { inputs }),
    );
    return batchOutcome(reply);
  } catch (error) {
    if (error instanceof CrmError && error.splittable && sent.size === 1) return error;
    throw error;
  }
}
