import { CrmError, dayInZone, parseId, type Write, type WriteResult } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { dueDay } from '../codecs.ts';
import { KEY_PROPERTY } from '../read/keys.ts';
import type { Session } from '../session.ts';
import { archiveOwn } from './archive-own.ts';
import { linkActivities } from './link-activities.ts';
import { findOwn } from './own-records.ts';
import { writtenProperties } from './properties.ts';
import { updateRecords } from './update.ts';
import { externalKey, type UpsertInput, upsertByKey } from './upsert.ts';

/** What of ours stands on timelines. */
type OwnActivity = 'task' | 'note';

/**
 * Creates and changes what we put on timelines, tasks or notes. A new one is upserted on our unique key, so that sending it again never makes a
 * second one (T47); `written` only once its links exist too.
 */
export async function writeOwnActivities(
  session: Session,
  own: OwnActivity,
  writes: readonly Write[],
  call: CallOptions,
): Promise<readonly WriteResult[]> {
  const archived = writes.filter((write) => write.archive === true);
  const keyed = writes.filter((write) => write.archive !== true && 'externalKey' in write.target);
  const byId = writes.filter((write) => write.archive !== true && 'id' in write.target);
  const results = new Map<Write, WriteResult>([
    ...(await archiveOwn(session, own, archived, call)),
    ...(await linked(session, own, keyed, await upsert(session, own, keyed, call), call)),
    ...(await linked(session, own, byId, await updateOwn(session, own, byId, call), call)),
  ]);
  return writes.map(
    (write) => results.get(write) ?? { key: write.key, status: 'unprocessed', reason: 'HubSpot said nothing of it.' },
  );
}

async function upsert(
  session: Session,
  own: OwnActivity,
  writes: readonly Write[],
  call: CallOptions,
): Promise<readonly WriteResult[]> {
  if (writes.length === 0) return [];
  const inputs = await upsertInputs(session, own, writes, call).catch(notAttempted);
  if (inputs !== null) return upsertByKey(session, own, inputs, writes, call);
  const reason = 'HubSpot could not be asked whether it exists: nothing was sent.';
  return writes.map(({ key }) => ({ key, status: 'unprocessed', reason }));
}

/** Passes over a bad moment before anything was sent; limits, credentials and aborts go on as errors. */
function notAttempted(error: unknown): null {
  if (error instanceof CrmError && (error.code === 'unavailable' || error.code === 'protocol')) return null;
  throw error;
}

async function upsertInputs(
  session: Session,
  own: OwnActivity,
  writes: readonly Write[],
  call: CallOptions,
): Promise<readonly UpsertInput[]> {
  const properties = new Map<string, Record<string, string>>();
  for (const write of writes) {
    const key = externalKey(write);
    properties.set(key, { ...properties.get(key), ...writtenProperties(session, own, write) });
  }
  const undated = [...properties].filter(([, values]) => !values['hs_timestamp']).map(([key]) => key);
  const existing = await findOwn(session, own, undated, 'key', false, call);
  const today = dueDay.encode(dayInZone(session.clock.now(), session.codec.timeZone), session.codec);
  return [...properties].map(([key, values]) => {
    // HubSpot demands a date of a new one; an existing one keeps its own
    const dated = undated.includes(key) && !existing.has(key) ? { ...values, hs_timestamp: String(today) } : values;
    return { id: key, idProperty: KEY_PROPERTY, objectWriteTraceId: key, properties: dated };
  });
}

async function updateOwn(
  session: Session,
  own: OwnActivity,
  writes: readonly Write[],
  call: CallOptions,
): Promise<readonly WriteResult[]> {
  const nativeIds = writes.map((write) => parseId('id' in write.target ? write.target.id : '').nativeId);
  const ours = await findOwn(session, own, nativeIds, 'id', false, call);
  const mine = writes.filter((_, index) => ours.has(nativeIds[index] as string));
  const results = await updateRecords(session, own, mine, call);
  const byWrite = new Map(mine.map((write, index) => [write, results[index]]));
  return writes.map((write) => byWrite.get(write) ?? { key: write.key, status: 'failed', error: notOurs(own) });
}

/** The results once the links are made too; a record without one of its links is not written. */
async function linked(
  session: Session,
  own: OwnActivity,
  writes: readonly Write[],
  results: readonly WriteResult[],
  call: CallOptions,
): Promise<readonly (readonly [Write, WriteResult])[]> {
  const wanted = writes.flatMap((write, index) => {
    const result = results[index];
    if (result?.status !== 'written' || (write.links ?? []).length === 0) return [];
    return [{ id: parseId(result.id).nativeId, links: write.links ?? [] }];
  });
  const failed = await linkActivities(session, own, wanted, call);
  return writes.flatMap((write, index): readonly (readonly [Write, WriteResult])[] => {
    const result = results[index];
    if (result === undefined) return [];
    const error = result.status === 'written' ? failed.get(parseId(result.id).nativeId) : undefined;
    return [[write, error === undefined ? result : { key: write.key, status: 'failed', error }]];
  });
}

/** The error for a record that a person made. */
function notOurs(own: OwnActivity): CrmError {
  return new CrmError(
    'permission',
    `That ${own} is not one of ours, or is gone: Holdfast changes only ${own}s it created.`,
  );
}
