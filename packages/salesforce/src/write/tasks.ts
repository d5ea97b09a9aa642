import { CrmError, NOTE_KEY_START, type Write, type WriteResult } from '@holdfast/core';
import { idParts } from '../id-parts.ts';
import { KEY_FIELD } from '../owned-name.ts';
import { recordId } from '../record-id.ts';
import type { Session } from '../session.ts';
import { archiveOwn } from './archive.ts';
import { encodeFields } from './fields.ts';
import { WRITE_HEADERS } from './records.ts';
import { collectionRows, refused, resultOf } from './results.ts';
import { sendOnce } from './send-once.ts';

type TaskWrite = Write<'task' | 'note'>;

/**
 * Makes and changes the tasks that carry our key, notes among them, upserted on it, so that a task is made once however often it is
 * sent. The link is a field of the record: both exist or neither does.
 */
export async function writeTasks(
  session: Session,
  entity: 'task' | 'note',
  batch: readonly TaskWrite[],
  signal?: AbortSignal,
): Promise<readonly WriteResult[]> {
  const results = new Array<WriteResult>(batch.length);
  const archived = batch.filter((write) => write.archive);
  const kept = batch.filter((write) => !write.archive);
  const outcomes = new Map<TaskWrite, WriteResult>();
  if (kept.length > 0) collect(outcomes, kept, await upsert(session, entity, kept, signal));
  if (archived.length > 0) collect(outcomes, archived, await archiveOwn(session, entity, archived, signal));
  batch.forEach((write, index) => {
    results[index] = outcomes.get(write) as WriteResult;
  });
  return results;
}

function collect(
  outcomes: Map<TaskWrite, WriteResult>,
  writes: readonly TaskWrite[],
  results: readonly WriteResult[],
): void {
  writes.forEach((write, index) => {
    outcomes.set(write, results[index] as WriteResult);
  });
}

function upsert(
  session: Session,
  entity: 'task' | 'note',
  batch: readonly TaskWrite[],
  signal?: AbortSignal,
): Promise<readonly WriteResult[]> {
  return sendOnce(
    batch,
    (write) => encodeTask(session, entity, write),
    (record) => String(record[KEY_FIELD]),
    async (records, writes) => {
      const answer = await session.client.call({ purpose: 'write', signal, writes: true }, (connection) =>
        connection.upsert('Task', [...records], KEY_FIELD, { allOrNone: false, headers: WRITE_HEADERS }),
      );
      const rows = collectionRows(answer, records.length);
      return rows.map((row, index) => resultOf(writes[index] as Write, row, 'Task'));
    },
    refused,
  );
}

function encodeTask(session: Session, entity: 'task' | 'note', write: TaskWrite): Record<string, unknown> {
  const create = session.capabilities.write[entity]?.create ?? 'This user may not see tasks';
  if (create !== true) throw new CrmError('permission', `${create}.`);
  if (!('externalKey' in write.target))
    throw new CrmError('invalid', `A ${entity} of ours is written by its key: one without it is a person's.`);
  const key = write.target.externalKey;
  if (key === '' || key.length > 64) throw new CrmError('invalid', `The key of a ${entity} has 1 to 64 characters.`);
  if (key.startsWith(NOTE_KEY_START) !== (entity === 'note'))
    throw new CrmError('invalid', `Keys of notes, and no others, begin with ${NOTE_KEY_START}: make a new plan.`);
  const fields = { [KEY_FIELD]: key, ...encodeFields(session, entity, write as Write), ...encodeLinks(entity, write) };
  return entity === 'note' ? { ...fields, Status: session.closedStatus } : fields;
}

/**
 * A task hangs on one record (WhatId) and one person (WhoId). A note on a sale shows on the timeline of its account too, so
 * that the link to the account goes without saying. One on a lead hangs on nothing else (Object Reference, "Task"): a lead
 * is left out beside an account.
 */
function encodeLinks(entity: 'task' | 'note', { links = [] }: TaskWrite): Readonly<Record<string, string>> {
  const isOnSale = entity === 'note' && links.some(({ to }) => to === 'opportunity');
  const kept = links.filter(({ to, id }) => !(to === 'account' && isOnSale) && idParts(id).object !== 'Lead');
  const ends = kept.map(({ to, id }): [string, string] => {
    const native = recordId(idParts(id).nativeId);
    if (native === null) throw new CrmError('invalid', 'A link names no Salesforce record: make a new plan.');
    return [to === 'contact' ? 'WhoId' : 'WhatId', native];
  });
  if (new Set(ends.map(([end]) => end)).size < ends.length)
    throw new CrmError('invalid', 'A Salesforce task hangs on one record and one contact: plan a task for each.');
  return Object.fromEntries(ends);
}
