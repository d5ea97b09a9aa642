import type { EntityName } from '@holdfast/core';
import { CrmError } from '@holdfast/core';
import { ENTITY_NAMES } from './capabilities.ts';
import { createFaultQueue, type FaultQueue } from './faults.ts';
import type { MemoryCrmSettings } from './options.ts';
import { createTable, type Table } from './table.ts';

/** The org that edits and adapters share. */
export interface MemoryState {
  readonly settings: MemoryCrmSettings;
  readonly tables: ReadonlyMap<EntityName, Table>;
  readonly faults: FaultQueue;
  /** Number of the last record made, over all entities: ids are unique across them. */
  lastNumber: number;
}

/** An empty org. */
export function createState(settings: MemoryCrmSettings): MemoryState {
  const tables = new Map(ENTITY_NAMES.map((entity) => [entity, createTable(entity)]));
  return { settings, tables, faults: createFaultQueue(), lastNumber: 0 };
}

/** The table of an entity. */
export function tableOf<E extends EntityName>(state: MemoryState, entity: E): Table<E> {
  return state.tables.get(entity) as unknown as Table<E>;
}

/** The table of an entity, refused with the org's reason where it has none. */
export function servedTable<E extends EntityName>(state: MemoryState, entity: E): Table<E> {
  const reason = state.settings.unavailable[entity];
  if (reason !== undefined) throw new CrmError('permission', `${entity} is not available here: ${reason}`);
  return tableOf(state, entity);
}
