import { EDITED_FIELDS, type EntityName, type FieldChange, fieldValueText, type Id, qualifyId } from '@holdfast/core';
import { BLANK_RECORDS } from '../builders/blank-records.ts';
import { type MemoryState, tableOf } from './state.ts';
import { insertRow, stamp } from './table.ts';

type Held = Readonly<Record<string, unknown>>;
type HistoryEntity = keyof typeof EDITED_FIELDS;

/** Says of every field with a history that all of it is kept: once, when the org is made. */
export function beginHistory(state: MemoryState): void {
  if (!state.settings.fieldHistory) return;
  for (const [entity, fields] of Object.entries(EDITED_FIELDS)) {
    for (const field of fields)
      add(state, `kept.${entity}.${field}`, { entity: entity as HistoryEntity, field, kind: 'start' });
  }
}

/** Keeps what an edit changed of a record's fields. */
export function keepHistory(state: MemoryState, entity: EntityName, id: Id, before: object, after: object): void {
  if (!state.settings.fieldHistory || !(entity in EDITED_FIELDS)) return;
  const at = stamp(state.settings);
  for (const field of EDITED_FIELDS[entity as HistoryEntity]) {
    const [was, is] = [(before as Held)[field], (after as Held)[field]].map(fieldValueText);
    if (was === is) continue;
    const place = tableOf(state, 'fieldChange').rows.length;
    const change = { recordId: id, before: was ?? null, after: is ?? null, at, createdAt: at, updatedAt: at };
    add(state, String(place), { ...change, entity: entity as HistoryEntity, field, kind: 'change' });
  }
}

function add(state: MemoryState, key: string, row: Partial<FieldChange> & Pick<FieldChange, 'entity' | 'field'>): void {
  const field = `${row.entity}.${row.field}`;
  const record = { ...BLANK_RECORDS.fieldChange, ...row, id: qualifyId('fieldChange', key), field };
  insertRow(tableOf(state, 'fieldChange'), record, state.settings);
}
