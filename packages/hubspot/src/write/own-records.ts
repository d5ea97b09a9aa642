import type { CallOptions } from '../client.ts';
import { nativeIdOf } from '../decode.ts';
import { itemError } from '../errors.ts';
import { asObject } from '../json.ts';
import { OBJECTS } from '../objects.ts';
import { KEY_PROPERTY } from '../read/keys.ts';
import { batchRead, itemErrors, resultsOf } from '../requests.ts';
import type { Session } from '../session.ts';

/** The objects of which Holdfast makes records. */
export type OwnObject = 'task' | 'note' | 'holdfast_referral';

/** Ids of records of an object that carry our key, by the key or by the id they were asked for. Others are not in the map. */
export async function findOwn(
  session: Session,
  object: OwnObject,
  names: readonly string[],
  by: 'key' | 'id',
  archived: boolean,
  call: CallOptions,
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map();
  const options = { properties: [KEY_PROPERTY], archived, ...(by === 'key' ? { idProperty: KEY_PROPERTY } : {}) };
  const reply = await batchRead(session.client, OBJECTS[object].path, [...new Set(names)], options, call);
  for (const error of itemErrors(reply)) {
    if (error['category'] !== 'OBJECT_NOT_FOUND') throw itemError(error);
  }
  return new Map(
    resultsOf(reply).flatMap((raw) => {
      const id = nativeIdOf(raw);
      const key = asObject(asObject(raw)['properties'])[KEY_PROPERTY];
      if (id === null || typeof key !== 'string' || key === '') return [];
      return [[by === 'key' ? key : id, id] as const];
    }),
  );
}
