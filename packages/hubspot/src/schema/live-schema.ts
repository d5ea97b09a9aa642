import { CrmError } from '@holdfast/core';
import type { CallOptions, HubSpotClient } from '../client.ts';
import { asArray, asObject } from '../json.ts';
import { hubspotObject } from '../objects.ts';
import { propertyInfo, readProperties } from '../probe.ts';
import { resultsOf } from '../requests.ts';
import type { PropertyInfo } from '../session.ts';
import { GROUP } from './wanted.ts';

/** What one object holds of ours now. */
export interface LiveObject {
  readonly object: string;
  readonly live: ReadonlyMap<string, PropertyInfo>;
  readonly archived: ReadonlyMap<string, PropertyInfo>;
  readonly hasGroup: boolean;
  /** How many more custom properties fit; `null` when HubSpot does not tell. */
  readonly room: number | null;
}

/** Reads the objects that carry our properties. Throws when the token may not see their schema. */
export async function readLiveSchema(
  client: HubSpotClient,
  objects: readonly string[],
  call: CallOptions,
): Promise<readonly LiveObject[]> {
  const room = await propertyRoom(client, call);
  const found: LiveObject[] = [];
  for (const object of objects) {
    const { path, typeId } = hubspotObject(object);
    const live = await readProperties(client, object, call);
    const archived = await client.call(call, {}, ({ crm }) => crm.properties.coreApi.getAll(path, true));
    const groups = await client.call(call, {}, ({ crm }) => crm.properties.groupsApi.getAll(path));
    found.push({
      object,
      live,
      archived: new Map(
        resultsOf(archived)
          .map((raw) => propertyInfo(asObject(raw)))
          .map((info) => [info.name, info]),
      ),
      hasGroup: resultsOf(groups).some((raw) => asObject(raw)['name'] === GROUP.name),
      room: room(typeId),
    });
  }
  return found;
}

/** Room by object type id. A token that sees only schemas is refused (observed): then nothing is known. */
async function propertyRoom(client: HubSpotClient, call: CallOptions): Promise<(typeId: string) => number | null> {
  try {
    const { body } = await client.get('propertyLimits', call);
    const byType = asArray(body['byObjectType']).map(asObject);
    return (typeId) => {
      const entry = byType.find((one) => one['objectTypeId'] === typeId);
      if (entry === undefined) return null;
      return Math.max(0, Number(entry['limit']) - Number(entry['usage']));
    };
  } catch (error) {
    if (error instanceof CrmError && (error.code === 'permission' || error.code === 'not-found')) return () => null;
    throw error;
  }
}
