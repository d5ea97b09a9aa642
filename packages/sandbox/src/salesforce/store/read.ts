import { type Org, objectOf, objectOfId } from '../org.ts';
import type { Compound, Field, RecordView } from '../schema/field.ts';
import { type Cell, idOf, isDeleted, type Row } from './row.ts';
import { cellOf, rowsWhere, type SObject } from './sobject.ts';

/** Reads one field of a row: the stored cell, or what the field computes. */
export type Getter = (row: Row) => Cell | Compound;

/** The getter of a field; a field that was never written is null everywhere. */
export function getter(org: Org, object: SObject, field: Field): Getter {
  const compute = field.compute;
  if (compute !== null) return (row) => compute(viewOf(org, object, row));
  const at = object.slots.get(field.name.toLowerCase());
  if (at === undefined) return field.type === 'boolean' ? () => false : () => null;
  if (field.type === 'boolean') return (row) => row[at] ?? false;
  return (row) => row[at] ?? null;
}

/** A row as formulas see it. */
function viewOf(org: Org, object: SObject, row: Row): RecordView {
  return {
    id: idOf(row),
    get: (field) => cellOf(object, row, field),
    parent(field) {
      const id = cellOf(object, row, field);
      if (typeof id !== 'string') return undefined;
      const target = objectOfId(org, id);
      const found = target?.rows.get(id);
      return target === undefined || found === undefined ? undefined : viewOf(org, target, found);
    },
    children(name, field) {
      const child = objectOf(org, name);
      if (child === undefined) return [];
      return [...rowsWhere(child, field, idOf(row))]
        .filter((found) => !isDeleted(found))
        .map((found) => viewOf(org, child, found));
    },
  };
}
