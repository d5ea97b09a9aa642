import { CrmError, qualifyId, type Write, type WriteResult } from '@holdfast/core';
import { idParts } from '../id-parts.ts';
import { KEY_FIELD } from '../owned-name.ts';
import { query } from '../read/query.ts';
import { recordId } from '../record-id.ts';
import { boundEntity, type Session } from '../session.ts';
import { chunks, join, name, type Soql, soql } from '../soql.ts';
import { OBJECTS } from './fields.ts';
import { WRITE_HEADERS } from './records.ts';
import { collectionRows, resultOf } from './results.ts';

type OwnEntity = 'task' | 'note' | 'referral';
type OwnWrite = Write<OwnEntity>;
interface Found {
  readonly id: string;
  readonly deleted: boolean;
}

/**
 * Puts records of ours into the recycle bin. Each is looked up first: one without our key is a person's and stays, one
 * that is there already counts as done.
 */
export async function archiveOwn(
  session: Session,
  entity: OwnEntity,
  batch: readonly OwnWrite[],
  signal?: AbortSignal,
): Promise<readonly WriteResult[]> {
  const object = OBJECTS[entity];
  if (session.capabilities.write[entity]?.create !== true)
    return batch.map((write) => ({
      key: write.key,
      status: 'failed',
      error: new CrmError('permission', `Holdfast has no ${entity}s here to archive.`),
    }));
  const found = await findOurs(session, entity, batch, signal);
  const live = [
    ...new Set(
      batch
        .flatMap((write) => found.get(targetOf(write)) ?? [])
        .filter((task) => !task.deleted)
        .map((task) => task.id),
    ),
  ];
  const answer =
    live.length === 0
      ? []
      : await session.client.call({ purpose: 'write', signal, writes: true }, (connection) =>
          connection.destroy(object, live, { allOrNone: false, headers: WRITE_HEADERS }),
        );
  const rows = collectionRows(answer, live.length);
  return batch.map((write) => {
    const task = found.get(targetOf(write));
    if (!task)
      return {
        key: write.key,
        status: 'failed',
        error: new CrmError('not-found', `Holdfast made no such ${entity}, so none is archived.`),
      };
    const row = rows[live.indexOf(task.id)];
    return row
      ? resultOf(write as Write, row, object)
      : { key: write.key, status: 'written', id: qualifyId(object, task.id) };
  });
}

/** Our records among the targets, deleted ones too, by key or id. */
async function findOurs(
  session: Session,
  entity: OwnEntity,
  batch: readonly OwnWrite[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Found>> {
  const object = OBJECTS[entity];
  const whose = boundEntity(session, entity).sources.flatMap(({ where }) => where.map((it) => ({ soql: it })));
  const keys = batch.flatMap((write) => ('externalKey' in write.target ? [write.target.externalKey] : []));
  const ids = batch.flatMap((write) =>
    'id' in write.target ? (recordId(idParts(write.target.id).nativeId) ?? []) : [],
  );
  const found = new Map<string, Found>();
  const questions: Soql[] = [
    ...chunks([...new Set(keys)], object === 'Task' ? 100 : 25).map((chunk) => soql`${name(KEY_FIELD)} IN ${chunk}`),
    ...chunks([...new Set(ids)], 200).map((chunk) => soql`Id IN ${chunk} AND ${name(KEY_FIELD)} != NULL`),
  ];
  for (const where of questions) {
    const { rows } = await query(
      session.client,
      soql`SELECT Id, IsDeleted, ${name(KEY_FIELD)} FROM ${name(object)} WHERE ${join([where, ...whose], ' AND ')}`,
      { purpose: 'write', all: true, whole: true, signal },
    );
    for (const row of rows) {
      const task = { id: recordId(String(row['Id'])) ?? '', deleted: row['IsDeleted'] === true };
      for (const target of [String(row[KEY_FIELD]), task.id])
        if (!found.has(target) || !task.deleted) found.set(target, task);
    }
  }
  return found;
}

function targetOf(write: OwnWrite): string {
  return 'externalKey' in write.target ? write.target.externalKey : (recordId(idParts(write.target.id).nativeId) ?? '');
}
