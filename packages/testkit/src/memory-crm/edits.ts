import type { EntityName, Id, WritableEntity } from '@holdfast/core';
import { qualifyId } from '@holdfast/core';
import { aRecord } from '../builders/records.ts';
import type { EnteredRecord, RelationEntity } from '../conformance/harness.ts';
import { keepHistory } from './history.ts';
import { isRelation, RELATION_ENDS, RELATIONS, relationRecord, repoint } from './links.ts';
import { type MemoryState, tableOf } from './state.ts';
import { insertRow, type Row, removeRow, replaceRow, stamp } from './table.ts';

/** What a person does in the CRM: each change is stamped with the CRM's time. Unknown ids are a `TypeError`. */
export interface MemoryEdits {
  create<E extends EntityName>(entity: E, record: EnteredRecord<E>): Id;
  edit<E extends EntityName>(entity: E, id: Id, fields: EnteredRecord<E>): void;
  remove(entity: EntityName, id: Id): void;
  restore(entity: EntityName, id: Id): void;
  /** Answers the survivor's id. */
  merge(entity: EntityName, winner: Id, loser: Id): Id;
  link(relation: RelationEntity, from: Id, to: Id): void;
  unlink(relation: RelationEntity, from: Id, to: Id): void;
  corrupt(entity: EntityName, id: Id): void;
  refuse(entity: WritableEntity, id: Id): void;
}

/** The edits of one org. */
export function createEdits(state: MemoryState): MemoryEdits {
  return {
    create: (entity, record) => create(state, entity, record),
    edit: (entity, id, fields) => edit(state, entity, liveRow(state, entity, id), fields),
    remove: (entity, id) => remove(state, entity, id),
    restore: (entity, id) => restore(state, entity, id),
    merge: (entity, winner, loser) => merge(state, entity, winner, loser),
    link: (relation, from, to) => void link(state, relation, from, to),
    unlink: (relation, from, to) => unlink(state, relation, from, to),
    corrupt: (entity, id) => {
      const row = liveRow(state, entity, id);
      row.corrupt = true;
      edit(state, entity, row, {});
    },
    refuse: (entity, id) => {
      liveRow(state, entity, id).refused = true;
    },
  };
}

/** Enters a record with a new id, stamped now. */
export function create<E extends EntityName>(state: MemoryState, entity: E, record: EnteredRecord<E>): Id {
  state.lastNumber += 1;
  const id = qualifyId(entity, String(state.lastNumber));
  const at = stamp(state.settings);
  insertRow(
    tableOf(state, entity),
    { ...aRecord(entity), ...record, id, createdAt: at, updatedAt: at },
    state.settings,
  );
  return id;
}

/** Changes fields of a live row, stamped now. */
export function edit<E extends EntityName>(state: MemoryState, entity: E, row: Row<E>, fields: EnteredRecord<E>): void {
  const updatedAt = isRelation(entity) ? null : stamp(state.settings);
  const before = row.record;
  replaceRow(tableOf(state, entity), row, { ...before, ...fields, updatedAt }, state.settings);
  keepHistory(state, entity, row.id, before, row.record);
}

/** Deletes a record and the relations that end at it. */
export function remove(state: MemoryState, entity: EntityName, id: Id): void {
  removeRow(tableOf(state, entity), liveRow(state, entity, id), null, state.settings);
  for (const [relation, row] of relationsAt(state, id)) removeRow(tableOf(state, relation), row, null, state.settings);
}

function restore(state: MemoryState, entity: EntityName, id: Id): void {
  const row = tableOf(state, entity).byId.get(id);
  if (!row?.removed) throw new TypeError(`There is no removed ${entity} ${id}.`);
  row.removed = null;
  edit(state, entity, row, {});
}

function merge(state: MemoryState, entity: EntityName, winner: Id, loser: Id): Id {
  const kept = liveRow(state, entity, winner);
  const lost = liveRow(state, entity, loser);
  const { id: _, createdAt: __, updatedAt: ___, ...held } = kept.record as Readonly<Record<string, unknown>>;
  const survivor = state.settings.mergeInto === 'winner' ? winner : create(state, entity, held);
  const table = tableOf(state, entity);
  if (survivor === winner) edit(state, entity, kept, {});
  else removeRow(table, kept, survivor, state.settings);
  removeRow(table, lost, survivor, state.settings);
  for (const old of [winner, loser]) if (old !== survivor) moveMentions(state, old, survivor);
  return survivor;
}

/** Children follow the survivor without a new time of change, as associations do. */
function moveMentions(state: MemoryState, old: Id, survivor: Id): void {
  for (const [relation, row] of relationsAt(state, old)) {
    const ends = RELATION_ENDS[relation];
    const record = row.record as unknown as Readonly<Record<string, Id>>;
    const [from, to] = [record[ends.from], record[ends.to]].map((id) => (id === old ? survivor : id));
    removeRow(tableOf(state, relation), row, null, state.settings);
    if (from !== to) link(state, relation, from!, to!);
  }
  for (const [entity, table] of state.tables) {
    if (isRelation(entity)) continue;
    for (const row of table.rows) {
      const moved = repoint(row.record, old, survivor);
      if (moved !== row.record) replaceRow(table, row, moved, state.settings);
    }
  }
}

/** Ties two records; answers the id of the relation. */
export function link(state: MemoryState, relation: RelationEntity, from: Id, to: Id): Id {
  const { fromEntity, toEntity } = RELATION_ENDS[relation];
  liveRow(state, fromEntity, from);
  liveRow(state, toEntity, to);
  const table = tableOf(state, relation);
  if (relation === 'accountParent') {
    for (const row of table.rows)
      if (!row.removed && endOf(row, 'childId') === from) removeRow(table, row, null, state.settings);
  }
  const record = relationRecord(relation, from, to);
  const old = table.byId.get(record.id);
  if (!old) insertRow(table, record, state.settings);
  else if (old.removed) {
    old.removed = null;
    replaceRow(table, old, record, state.settings);
  }
  return record.id;
}

function unlink(state: MemoryState, relation: RelationEntity, from: Id, to: Id): void {
  const { id } = relationRecord(relation, from, to);
  removeRow(tableOf(state, relation), liveRow(state, relation, id), null, state.settings);
}

function relationsAt(state: MemoryState, id: Id): readonly (readonly [RelationEntity, Row])[] {
  return RELATIONS.flatMap((relation) => {
    const { from, to } = RELATION_ENDS[relation];
    const rows = tableOf(state, relation).rows as readonly Row[];
    const touched = rows.filter((row) => !row.removed && (endOf(row, from) === id || endOf(row, to) === id));
    return touched.map((row) => [relation, row] as const);
  });
}

function endOf(row: { readonly record: object }, field: string): unknown {
  return (row.record as Readonly<Record<string, unknown>>)[field];
}

function liveRow<E extends EntityName>(state: MemoryState, entity: E, id: Id): Row<E> {
  const row = tableOf(state, entity).byId.get(id);
  if (!row || row.removed) throw new TypeError(`There is no live ${entity} ${id}.`);
  return row;
}
