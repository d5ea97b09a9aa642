import { objectAccess } from '../access/access.ts';
import { hiddenFrom } from '../access/hidden-from.ts';
import type { ApiFault } from '../errors.ts';
import { type Call, type Org, objectOf, seconds } from '../org.ts';
import { type Cell, idOf, isDeleted, type Row } from '../store/row.ts';
import { dropRow, rowsWhere, type SObject } from '../store/sobject.ts';
import { authorOf } from './author.ts';
import { type Author, changeRow, note } from './commit.ts';
import { permissionObjects, totalLines } from './side-effects.ts';

/** Moves a record to the recycle bin for the calling user; returns why not otherwise. */
export function deleteRecord(call: Call, object: SObject, id: string): readonly ApiFault[] {
  const row = object.rows.get(id);
  if (row === undefined || hiddenFrom(call, object, row))
    return [{ code: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] }];
  if (isDeleted(row)) return [{ code: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }];
  if (object.def.deletable === false || objectAccess(call.org, call.user, object) !== 'edit') {
    return [
      { code: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'insufficient access rights on object id', fields: [] },
    ];
  }
  if ((call.org.locks.get(id) ?? 0) > 0) {
    call.org.locks.set(id, (call.org.locks.get(id) ?? 0) - 1);
    return [
      {
        code: 'UNABLE_TO_LOCK_ROW',
        message: `unable to obtain exclusive access to this record or 1 records: ${id}`,
        fields: [],
      },
    ];
  }
  bin(call.org, authorOf(call), object, row);
  if (object.def.name === 'OpportunityLineItem')
    totalLines(call, 'Opportunity', 'Amount', object, row, 'OpportunityId');
  if (object.def.name === 'OrderItem') totalLines(call, 'Order', 'TotalAmount', object, row, 'OrderId');
  return [];
}

/** Deletes a row: children that belong to it go too, other lookups to it are emptied. */
export function bin(
  org: Org,
  author: Author,
  object: SObject,
  row: Row,
  extra: ReadonlyMap<string, Cell> = new Map(),
): void {
  changeRow(org, author, object, row, new Map<string, Cell>([...extra, ['IsDeleted', true]]));
  note(org, author, { action: 'archive', object: object.def.name, id: idOf(row) });
  const entry = { object: object.def.name, id: idOf(row), at: author.at ?? seconds(org) };
  org.deleteLog.push(entry);
  author.undo?.push(() => org.deleteLog.splice(org.deleteLog.indexOf(entry), 1));
  if (permissionObjects.has(object.def.name)) org.counters.schema += 1;
  if (!extra.has('MasterRecordId')) cascade(org, author, object, row);
}

function cascade(org: Org, author: Author, parent: SObject, row: Row): void {
  for (const { child, field, cascades } of lookupsTo(org, parent)) {
    for (const found of [...rowsWhere(child, field, idOf(row))]) {
      if (isDeleted(found)) continue;
      if (cascades) bin(org, author, child, found);
      else changeRow(org, { ...author, by: 'system' }, child, found, new Map([[field, null]]));
    }
  }
}

/** Every lookup of the org that may point to records of `parent`. */
function lookupsTo(org: Org, parent: SObject): readonly { child: SObject; field: string; cascades: boolean }[] {
  const found: { child: SObject; field: string; cascades: boolean }[] = [];
  for (const child of org.objects.values()) {
    for (const field of child.fields.values()) {
      if (field.type !== 'reference' || !field.referenceTo.includes(parent.def.name) || field.name === 'MasterRecordId')
        continue;
      if (field.compute === null && child.slots.has(field.name.toLowerCase()))
        found.push({ child, field: field.name, cascades: field.cascadeDelete });
    }
  }
  return found;
}

/** Takes a record out of the recycle bin, with the children that went with it. */
export function restore(org: Org, author: Author, object: SObject, row: Row): void {
  const deletedAt = row[6];
  changeRow(org, author, object, row, new Map<string, Cell>([['IsDeleted', false]]));
  note(org, author, { action: 'restore', object: object.def.name, id: idOf(row) });
  for (const { child, field, cascades } of lookupsTo(org, object)) {
    if (!cascades) continue;
    for (const found of [...rowsWhere(child, field, idOf(row))])
      if (isDeleted(found) && found[6] === deletedAt) restore(org, author, child, found);
  }
}

/** Empties one record out of the recycle bin: not even queryAll returns it. */
export function purge(org: Org, author: Author, object: SObject, row: Row): void {
  dropRow(object, row);
  note(org, author, { action: 'erase', object: object.def.name, id: idOf(row) });
}

/**
 * Merges up to two losers into a master: losers go to the recycle bin with MasterRecordId, and every lookup to them is moved
 * to the master, whose and whose children's modstamps change.
 */
export function mergeRows(
  org: Org,
  author: Author,
  object: SObject,
  master: Row,
  losers: readonly Row[],
  values: ReadonlyMap<string, Cell>,
): readonly string[] {
  const moved: string[] = [];
  for (const loser of losers) {
    for (const { child, field } of lookupsTo(org, object)) {
      for (const found of [...rowsWhere(child, field, idOf(loser))]) {
        if (isDeleted(found) || found === loser) continue;
        // what a record once held does not become another's past
        if (child.def.name.endsWith('History')) {
          bin(org, { ...author, by: 'system' }, child, found);
          continue;
        }
        changeRow(org, { ...author, by: 'system' }, child, found, new Map([[field, idOf(master)]]), 'system');
        moved.push(idOf(found));
      }
    }
    bin(org, author, object, loser, new Map([['MasterRecordId', idOf(master)]]));
  }
  changeRow(org, author, object, master, values);
  note(org, author, { action: 'merge', object: object.def.name, id: idOf(master), to: losers.map(idOf) });
  return moved;
}

/** The object of this name if its records can be merged. */
export const mergeable = (org: Org, name: string): SObject | undefined => {
  const object = objectOf(org, name);
  return object?.def.mergeable === true ? object : undefined;
};
