import { CrmError, qualifyId, type Write, type WriteResult } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { asObject } from '../json.ts';
import { OBJECTS } from '../objects.ts';
import { KEY_PROPERTY } from '../read/keys.ts';
import type { Session } from '../session.ts';
import { batchOutcome } from './batch-results.ts';
import { findOwn, type OwnObject } from './own-records.ts';

/** One record of ours as an upsert takes it, by our key. */
export interface UpsertInput {
  readonly id: string;
  readonly idProperty: string;
  readonly objectWriteTraceId: string;
  readonly properties: Record<string, string>;
}

/** Upserts records of ours on their key, so that sending one again never makes a second (T47). */
export async function upsertByKey(
  session: Session,
  object: OwnObject,
  inputs: readonly UpsertInput[],
  writes: readonly Write[],
  call: CallOptions,
): Promise<readonly WriteResult[]> {
  try {
    const reply = await session.client.call(call, { writes: true, batch: true }, ({ crm }) =>
      crm.objects.batchApi.upsert(OBJECTS[object].path, { inputs: [...inputs] }),
    );
    const outcome = batchOutcome(reply);
    const keys = inputs.map(({ id }) => id);
    const ids = await idsByKey(session, object, outcome.results, keys, outcome.failed, call);
    return writes.map((write) => {
      const key = externalKey(write);
      const id = ids.get(key);
      const error = outcome.failed.get(key) ?? (inputs.length === 1 ? outcome.unnamed[0] : undefined);
      if (id !== undefined) return { key: write.key, status: 'written', id: qualifyId(object, id) };
      if (error !== undefined) return { key: write.key, status: 'failed', error };
      const reason = 'HubSpot gave neither a result nor an error for this record.';
      return { key: write.key, status: 'unprocessed', reason };
    });
  } catch (error) {
    if (!(error instanceof CrmError && error.splittable && inputs.length === 1)) throw error;
    return writes.map(({ key }) => ({ key, status: 'failed', error }));
  }
}

/** Results come in any order and may repeat neither key nor trace id: then the records are looked up by key. */
async function idsByKey(
  session: Session,
  object: OwnObject,
  results: readonly Readonly<Record<string, unknown>>[],
  keys: readonly string[],
  failed: ReadonlyMap<string, unknown>,
  call: CallOptions,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const result of results) {
    const key = result['objectWriteTraceId'] ?? asObject(result['properties'])[KEY_PROPERTY];
    if (typeof key === 'string') found.set(key, String(result['id']));
  }
  const unknown = keys.filter((key) => !found.has(key) && !failed.has(key));
  return unknown.length === 0 || results.length === found.size
    ? found
    : new Map([...found, ...(await findOwn(session, object, unknown, 'key', false, call))]);
}

/** Our key of a write; empty where it goes by id. */
export function externalKey(write: Write): string {
  return 'externalKey' in write.target ? write.target.externalKey : '';
}
