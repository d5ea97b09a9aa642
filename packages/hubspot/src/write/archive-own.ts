import { CrmError, parseId, qualifyId, type Write, type WriteResult } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { OBJECTS } from '../objects.ts';
import type { Session } from '../session.ts';
import { findOwn, type OwnObject } from './own-records.ts';

/** Archives our own records; one that is archived already counts as written, one that a person made is refused. */
export async function archiveOwn(
  session: Session,
  object: OwnObject,
  writes: readonly Write[],
  call: CallOptions,
): Promise<readonly (readonly [Write, WriteResult])[]> {
  if (writes.length === 0) return [];
  const live = await found(session, object, writes, false, call);
  const ids = [...new Set(live.values())];
  if (ids.length > 0) {
    await session.client.call(call, { writes: true, batch: true }, ({ crm }) =>
      crm.objects.batchApi.archive(OBJECTS[object].path, { inputs: ids.map((id) => ({ id })) }),
    );
  }
  const rest = writes.filter((write) => !live.has(write));
  const before = rest.length === 0 ? new Map<Write, string>() : await found(session, object, rest, true, call);
  return writes.map((write) => {
    const id = live.get(write) ?? before.get(write);
    if (id !== undefined) return [write, { key: write.key, status: 'written', id: qualifyId(object, id) }];
    return [write, { key: write.key, status: 'failed', error: notThere() }];
  });
}

async function found(
  session: Session,
  object: OwnObject,
  writes: readonly Write[],
  archived: boolean,
  call: CallOptions,
): Promise<ReadonlyMap<Write, string>> {
  const keys = writes.flatMap(({ target }) => ('externalKey' in target ? target.externalKey : []));
  const ids = writes.flatMap(({ target }) => ('id' in target ? parseId(target.id).nativeId : []));
  const byKey = await findOwn(session, object, keys, 'key', archived, call);
  const byId = await findOwn(session, object, ids, 'id', archived, call);
  return new Map(
    writes.flatMap((write) => {
      const { target } = write;
      const id = 'externalKey' in target ? byKey.get(target.externalKey) : byId.get(parseId(target.id).nativeId);
      return id === undefined ? [] : [[write, id] as const];
    }),
  );
}

function notThere(): CrmError {
  return new CrmError('not-found', 'HubSpot holds no record of ours under that key: nothing was archived.');
}
