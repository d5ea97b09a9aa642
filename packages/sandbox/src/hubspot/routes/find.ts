import { hashedRandom } from '../../faults/seeded-random.ts';
import { type ApiError, invalid, notFound } from '../http/api-error.ts';
import type { Portal } from '../state/portal.ts';
import type { HubRecord } from '../state/record.ts';
import { findRecord, type Table } from '../state/table.ts';

/** Archived records can be read for 90 days; then they are gone. */
const archiveDays = 90;

/** The record of an id, or undefined. The survivor answers for a merged id. Archived ones only on request. */
export function readable(portal: Portal, table: Table, id: string, archived: boolean): HubRecord | undefined {
  const record = findRecord(table, Number(id));
  if (record === undefined) return undefined;
  const { archivedAt } = record.current;
  if (archivedAt === undefined) return archived ? undefined : record;
  const gone = archivedAt + archiveDays * 86_400_000 <= portal.clock.now();
  return archived && !gone ? record : undefined;
}

/** The live record that a batch names by its own id; an id that was merged away is not followed here. */
export function exactLive(table: Table, id: string): HubRecord | undefined {
  const record = table.records.get(Number(id));
  return record?.current.archivedAt === undefined ? record : undefined;
}

/** The live record holding a unique value. Throws a 400 when the property is not unique. */
export function byUnique(table: Table, property: string, value: string): HubRecord | undefined {
  const owners = table.unique.get(property);
  if (owners === undefined) throw invalid(`${property} is not a unique property on object type ${table.type.id}`);
  const id = owners.get(value.toLowerCase());
  return id === undefined ? undefined : exactLive(table, String(id));
}

/** The 404 for a single record. */
export function missing(): ApiError {
  return notFound('resource not found');
}

/** Puts results into an order that follows from the seed and the request: the real API keeps none either. */
export function shuffled<T>(portal: Portal, items: readonly T[]): T[] {
  const keyed = items.map((item, index) => ({ item, key: hashedRandom(portal.seed, portal.request, index) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
