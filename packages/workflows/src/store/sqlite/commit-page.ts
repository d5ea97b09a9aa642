import type { EntityName, Gone, Id, Instant, SyncAdvance } from '@holdfast/core';
import { isForgotten, isGone, isStored, type Tombstone } from '../commit-rules.ts';
import { BY_PERSON, HOMED, ownerKey, RELATIONS, recordKeys, UNMOURNED } from '../record-keys.ts';
import { mapReferences } from '../record-references.ts';
import type { Database } from './database.ts';

interface StoredRow {
  readonly updated_at: Instant | null;
  readonly json: string;
}

/** Stores what a page says and the checkpoint after it; runs inside a transaction. */
export function commitPage<E extends EntityName>(
  database: Database,
  entity: E,
  { checkpoint, effects }: SyncAdvance<E>,
  now: Instant,
): void {
  const sequence = nextSequence(database);
  const forgotten = forgottenIds(database);
  for (const record of effects.upsert) {
    const kept = withoutForgotten(entity, record, forgotten);
    if (kept !== null) upsert(database, entity, kept, effects.keepNewer, sequence);
  }
  for (const id of effects.seen)
    database.run('UPDATE records SET seen = ? WHERE entity = ? AND id = ?', sequence, entity, id);
  noteRejects(database, entity, effects.upsert, effects.rejects, sequence, now);
  if (effects.replace) {
    const column = ownerKey(entity, effects.replace.of) === 'linkId' ? 'link_id' : 'home_id';
    const sql = `DELETE FROM records WHERE entity = ? AND ${column} = ? AND seen < ?`;
    for (const owner of effects.replace.owners) database.run(sql, entity, owner, sequence);
  }
  for (const gone of effects.gone) takeAway(database, effects.goneEntity, gone, sequence, now);
  if (effects.sweep !== null) sweep(database, entity, effects.sweep, now);
  database.run('INSERT OR REPLACE INTO checkpoints VALUES (?, ?)', entity, JSON.stringify(checkpoint));
}

function nextSequence(database: Database): number {
  const row = database.get<{ value: number }>(
    "UPDATE meta SET value = value + 1 WHERE name = 'sequence' RETURNING value",
  );
  return row!.value;
}

function forgottenIds(database: Database): ReadonlySet<Id> {
  return new Set(database.all<{ id: Id }>('SELECT id FROM forgotten').map(({ id }) => id));
}

/** A forgotten contact stays out: its record, its relations, and the mentions of it elsewhere. */
function withoutForgotten<R extends { readonly id: Id }>(
  entity: EntityName,
  record: R,
  forgotten: ReadonlySet<Id>,
): R | null {
  if (forgotten.size === 0) return record;
  if (isForgotten(entity, record, forgotten)) return null;
  const kept = mapReferences(record, (id) => (forgotten.has(id) ? null : id));
  return kept !== record && RELATIONS.includes(entity) ? null : kept;
}

function upsert(
  database: Database,
  entity: EntityName,
  record: { readonly id: Id; readonly updatedAt: Instant | null },
  keepNewer: boolean,
  sequence: number,
): void {
  const stored = database.get<StoredRow>(
    'SELECT updated_at, json FROM records WHERE entity = ? AND id = ?',
    entity,
    record.id,
  );
  const tombstone = findTombstone(database, record.id);
  if (!isStored(record.updatedAt, stored?.updated_at ?? null, tombstone, keepNewer)) {
    database.run('UPDATE records SET seen = ? WHERE entity = ? AND id = ?', sequence, entity, record.id);
    return;
  }
  if (tombstone) database.run('DELETE FROM gone WHERE id = ?', record.id);
  const json = JSON.stringify(record);
  if (stored?.json === json) {
    database.run('UPDATE records SET seen = ? WHERE entity = ? AND id = ?', sequence, entity, record.id);
    return;
  }
  const { homeId, linkId } = recordKeys(entity, record);
  const sql = 'INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
  const keys = [homeId, linkId].map((id) => (id === null ? null : resolveId(database, id)));
  database.run(sql, entity, record.id, keys[0] ?? null, keys[1] ?? null, record.updatedAt, sequence, sequence, json);
}

function findTombstone(database: Database, id: Id): Tombstone | null {
  return database.get<Tombstone>('SELECT at, merged_into AS mergedInto FROM gone WHERE id = ?', id) ?? null;
}

/** The survivor of an id's merges, or the id itself; chains are kept one step long. */
export function resolveId(database: Database, id: Id): Id {
  return findTombstone(database, id)?.mergedInto ?? id;
}

function takeAway(database: Database, entity: EntityName, gone: Gone, sequence: number, now: Instant): void {
  const sql = 'SELECT updated_at, json FROM records WHERE entity = ? AND id = ?';
  const stored = database.get<StoredRow>(sql, entity, gone.id);
  if (!isGone(gone.at, stored?.updated_at ?? null)) return;
  const survivor = gone.mergedInto === null ? null : resolveId(database, gone.mergedInto);
  if (survivor === gone.id) return;
  database.run('DELETE FROM records WHERE entity = ? AND id = ?', entity, gone.id);
  dropHistory(database, gone.id);
  const known = findTombstone(database, gone.id);
  const at = gone.at ?? known?.at ?? null;
  const mergedInto = survivor ?? known?.mergedInto ?? null;
  database.run('INSERT OR REPLACE INTO gone VALUES (?, ?, ?, ?, ?)', gone.id, entity, at, mergedInto, now);
  if (survivor !== null) repoint(database, entity, gone.id, survivor, sequence);
  else if (mergedInto === null) dropRelations(database, gone.id);
}

/** What belonged to the loser of a merge belongs to the survivor, idempotently; its relations are read again. */
function repoint(database: Database, merged: EntityName, loser: Id, survivor: Id, sequence: number): void {
  database.run('UPDATE gone SET merged_into = ? WHERE merged_into = ?', survivor, loser);
  database.run('UPDATE records SET changed = ? WHERE entity = ? AND id = ?', sequence, merged, survivor);
  for (const entity of HOMED) {
    const home = 'UPDATE records SET home_id = ?, changed = ? WHERE entity = ? AND home_id = ?';
    database.run(home, survivor, sequence, entity, loser);
  }
  for (const entity of [...RELATIONS, ...BY_PERSON]) {
    const link = 'UPDATE records SET link_id = ?, changed = ? WHERE entity = ? AND link_id = ?';
    database.run(link, survivor, sequence, entity, loser);
  }
}

function dropRelations(database: Database, id: Id): void {
  for (const entity of RELATIONS) {
    database.run('DELETE FROM records WHERE entity = ? AND home_id = ?', entity, id);
    database.run('DELETE FROM records WHERE entity = ? AND link_id = ?', entity, id);
  }
}

/** What a record once held goes with it, also into a merge: it never was the survivor's. */
function dropHistory(database: Database, id: Id): void {
  database.run("DELETE FROM records WHERE entity = 'fieldChange' AND home_id = ?", id);
}

function sweep(database: Database, entity: EntityName, mark: number, now: Instant): void {
  database.run('DELETE FROM rejects WHERE entity = ? AND seen <= ?', entity, mark);
  const unseen = database.all<{ id: Id }>('SELECT id FROM records WHERE entity = ? AND seen <= ?', entity, mark);
  for (const { id } of unseen) {
    database.run('DELETE FROM records WHERE entity = ? AND id = ?', entity, id);
    if (UNMOURNED.includes(entity)) continue;
    dropHistory(database, id);
    database.run('INSERT OR IGNORE INTO gone VALUES (?, ?, NULL, NULL, ?)', id, entity, now);
    if (resolveId(database, id) === id) dropRelations(database, id);
  }
}

function noteRejects(
  database: Database,
  entity: EntityName,
  good: readonly { readonly id: Id }[],
  rejects: SyncAdvance['effects']['rejects'],
  sequence: number,
  now: Instant,
): void {
  const hasRejects = database.get('SELECT 1 FROM rejects WHERE entity = ? LIMIT 1', entity) !== undefined;
  if (hasRejects)
    for (const { id } of good) database.run('DELETE FROM rejects WHERE entity = ? AND id = ?', entity, id);
  for (const { id, issues } of rejects) {
    database.run('DELETE FROM rejects WHERE entity = ? AND id IS ?', entity, id);
    database.run('INSERT INTO rejects VALUES (?, ?, ?, ?, ?)', entity, id, JSON.stringify(issues), sequence, now);
  }
}
