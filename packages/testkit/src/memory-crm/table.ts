import type { Entities, EntityName, Id, Instant } from '@holdfast/core';
import type { MemoryCrmSettings } from './options.ts';

/** One record with its past: what is true now, and what the search index still shows. */
export interface Row<E extends EntityName = EntityName> {
  readonly seq: number;
  readonly id: Id;
  record: Entities[E];
  version: number;
  /** `place`: where in the graveyard; a row that was restored and removed again stands there twice. */
  removed: { readonly at: Instant; readonly mergedInto: Id | null; readonly place: number } | null;
  /** The record as the index shows it; `null` when the index does not have it. */
  indexed: Entities[E] | null;
  indexedVersion: number;
  /** A raw value in it does not fit the schema. */
  corrupt: boolean;
  /** A rule of the org refuses every change to it by us. */
  refused: boolean;
}

interface Waiting<E extends EntityName> {
  readonly visibleAt: Instant;
  readonly row: Row<E>;
  readonly version: number;
  readonly record: Entities[E] | null;
}

/** All records of one entity, in order of creation; `seq` is the place in `rows`. */
export interface Table<E extends EntityName = EntityName> {
  readonly entity: E;
  readonly rows: Row<E>[];
  readonly byId: Map<Id, Row<E>>;
  /** Rows in the order of their deletion; a restored row stays listed and is passed over. */
  readonly graveyard: Row<E>[];
  waiting: Waiting<E>[];
}

/** An empty table. */
export function createTable<E extends EntityName>(entity: E): Table<E> {
  return { entity, rows: [], byId: new Map(), graveyard: [], waiting: [] };
}

/** Now, as coarse as the CRM keeps time. */
export function stamp(settings: MemoryCrmSettings): Instant {
  return Math.floor(settings.clock.now() / settings.clockResolutionMs) * settings.clockResolutionMs;
}

/** Adds a record as it is and hands it to the index. */
export function insertRow<E extends EntityName>(
  table: Table<E>,
  record: Entities[E],
  settings: MemoryCrmSettings,
): Row<E> {
  const row: Row<E> = {
    seq: table.rows.length,
    id: record.id,
    record,
    version: 0,
    removed: null,
    indexed: null,
    indexedVersion: -1,
    corrupt: false,
    refused: false,
  };
  table.rows.push(row);
  table.byId.set(row.id, row);
  handToIndex(table, row, settings);
  return row;
}

/** Replaces what is true of a row; the index follows after its lag. */
export function replaceRow<E extends EntityName>(
  table: Table<E>,
  row: Row<E>,
  record: Entities[E],
  settings: MemoryCrmSettings,
): void {
  row.record = record;
  row.version += 1;
  handToIndex(table, row, settings);
}

/** Marks a row as deleted or merged away. */
export function removeRow<E extends EntityName>(
  table: Table<E>,
  row: Row<E>,
  mergedInto: Id | null,
  settings: MemoryCrmSettings,
): void {
  row.removed = { at: stamp(settings), mergedInto, place: table.graveyard.length };
  table.graveyard.push(row);
  row.version += 1;
  handToIndex(table, row, settings);
}

/** Lets the index catch up with all that has become visible by now; an older version never covers a newer one. */
export function settleIndex<E extends EntityName>(table: Table<E>, now: Instant): void {
  if (table.waiting.length === 0) return;
  const later: Waiting<E>[] = [];
  for (const change of table.waiting) {
    if (change.visibleAt > now) later.push(change);
    else show(change);
  }
  table.waiting = later;
}

function handToIndex<E extends EntityName>(table: Table<E>, row: Row<E>, settings: MemoryCrmSettings): void {
  const lag = settings.indexLagMs === 0 ? 0 : Math.round(settings.random() * settings.indexLagMs);
  const record = row.removed ? null : row.record;
  const change = { visibleAt: settings.clock.now() + lag, row, version: row.version, record };
  if (lag === 0) show(change);
  else table.waiting.push(change);
}

function show<E extends EntityName>({ row, version, record }: Waiting<E>): void {
  if (version <= row.indexedVersion) return;
  row.indexed = record;
  row.indexedVersion = version;
}
