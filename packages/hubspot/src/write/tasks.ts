import { CrmError, dayInZone, parseId, type Write, type WriteResult } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { dueDay } from '../codecs.ts';
import { KEY_PROPERTY } from '../read/keys.ts';
import type { Session } from '../session.ts';
import { archiveOwn } from './archive-own.ts';
import { linkTasks } from './link-tasks.ts';
import { findOwn } from './own-records.ts';
import { writtenProperties } from './properties.ts';
import { updateRecords } from './update.ts';
import { externalKey, type UpsertInput, upsertByKey } from './upsert.ts';

/**
 * Creates and changes our own tasks. A new one is upserted on our unique key, so that sending it again never makes a
 * second one (T47); `written` only once its links exist too.
 */
export async function writeTasks(
  session: Session,
  writes: readonly Write[],
  call: CallOptions,
): Promise<readonly WriteResult[]> {
  const archived = writes.filter((write) => write.archive === true);
  const keyed = writes.filter((write) => write.archive !== true && 'externalKey' in write.target);
  const byId = writes.filter((write) => write.archive !== true && 'id' in write.target);
  const results = new Map<Write, WriteResult>([
    ...(await archiveOwn(session, 'task', archived, call)),
    ...(await linked(session, keyed, await upsert(session, keyed, call), call)),
    ...(await linked(session, byId, await updateOwn(session, byId, call), call)),
  ]);
  return writes.map(
    (write) => results.get(write) ?? { key: write.key, status: 'unprocessed', reason: 'HubSpot said nothing of it.' },
  );
}

async function upsert(session: Session, writes: readonly Write[], call: CallOptions): Promise<readonly WriteResult[]> {
  if (writes.length === 0) return [];
  const inputs = await upsertInputs(session, writes, call).catch(notAttempted);
  if (inputs !== null) return upsertByKey(session, 'task', inputs, writes, call);
  const reason = 'HubSpot could not be asked whether the task exists: nothing was sent.';
  return writes.map(({ key }) => ({ key, status: 'unprocessed', reason }));
}

/** Passes over a bad moment before anything was sent; limits, credentials and aborts go on as errors. */
function notAttempted(error: unknown): null {
  if (error instanceof CrmError && (error.code === 'unavailable' || error.code === 'protocol')) return null;
  throw error;
}

async function upsertInputs(
  session: Session,
  writes: readonly Write[],
  call: CallOptions,
): Promise<readonly UpsertInput[]> {
  const properties = new Map<string, Record<string, string>>();
  for (const write of writes) {
    const key = externalKey(write);
    properties.set(key, { ...properties.get(key), ...writtenProperties(session, 'task', write) });
  }
  const undated = [...properties].filter(([, values]) => !values['hs_timestamp']).map(([key]) => key);
  const existing = await findOwn(session, 'task', undated, 'key', false, call);
  const today = dueDay.encode(dayInZone(session.clock.now(), session.codec.timeZone), session.codec);
  return [...properties].map(([key, values]) => {
    // HubSpot demands a due date of a new task; an existing one keeps its own
    const dated = undated.includes(key) && !existing.has(key) ? { ...values, hs_timestamp: String(today) } : values;
    return { id: key, idProperty: KEY_PROPERTY, objectWriteTraceId: key, properties: dated };
  });
}

async function updateOwn(
  session: Session,
  writes: readonly Write[],
  call: CallOptions,
): Promise<readonly WriteResult[]> {
  const nativeIds = writes.map((write) => parseId('id' in write.target ? write.target.id : '').nativeId);
  const ours = await findOwn(session, 'task', nativeIds, 'id', false, call);
  const mine = writes.filter((_, index) => ours.has(nativeIds[index] as string));
  const results = await updateRecords(session, 'task', mine, call);
  const byWrite = new Map(mine.map((write, index) => [write, results[index]]));
  return writes.map((write) => byWrite.get(write) ?? { key: write.key, status: 'failed', error: notOurs() });
}

/** The results once the links are made too; a task without one of its links is not written. */
async function linked(
  session: Session,
  writes: readonly Write[],
  results: readonly WriteResult[],
  call: CallOptions,
): Promise<readonly (readonly [Write, WriteResult])[]> {
  const wanted = writes.flatMap((write, index) => {
    const result = results[index];
    if (result?.status !== 'written' || (write.links ?? []).length === 0) return [];
    return [{ taskId: parseId(result.id).nativeId, links: write.links ?? [] }];
  });
  const failed = await linkTasks(session, wanted, call);
  return writes.flatMap((write, index): readonly (readonly [Write, WriteResult])[] => {
    const result = results[index];
    if (result === undefined) return [];
    const error = result.status === 'written' ? failed.get(parseId(result.id).nativeId) : undefined;
    return [[write, error === undefined ? result : { key: write.key, status: 'failed', error }]];
  });
}

/** The error for a task that a person made. */
function notOurs(): CrmError {
  return new CrmError(
    'permission',
    'That task is not one of ours, or is gone: Holdfast changes only tasks it created.',
  );
}
