import { visibleField } from '../access/access.ts';
import { type Call, objectOf, objectOfId } from '../org.ts';
import type { Compound, Field } from '../schema/field.ts';
import { type Getter, getter } from '../store/read.ts';
import type { Cell, Row } from '../store/row.ts';
import type { SObject } from '../store/sobject.ts';
import { noSuchColumn, noSuchRelationship } from './soql-error.ts';

/** A query being compiled: the request, its text for error messages, and the object it reads. */
export interface Scope {
  readonly call: Call;
  readonly query: string;
  readonly object: SObject;
  readonly alias?: string | undefined;
}

/** A resolved column: its field (the last of a path) and how to read it from a row of the query's object. */
export interface Column {
  readonly name: string;
  readonly field: Field;
  readonly object: SObject;
  /** True when the field is the object's own, so that its indexes apply. */
  readonly direct: boolean;
  readonly get: Getter;
}

/** Resolves `Name`, `Owner.Name` or `Account.Parent.Name` (up to five parents), honouring field permissions. */
export function resolveColumn(scope: Scope, path: string): Column {
  const names = path.split('.');
  if (names.length > 1 && isSelf(scope, names[0] as string)) names.shift();
  if (names.length > 6) throw noSuchRelationship(scope.query, path, names[5] as string);
  return resolveIn(scope, scope.object, names, path, true);
}

const isSelf = (scope: Scope, name: string): boolean =>
  name.toLowerCase() === scope.alias?.toLowerCase() || name.toLowerCase() === scope.object.def.name.toLowerCase();

function resolveIn(scope: Scope, object: SObject, names: readonly string[], path: string, direct: boolean): Column {
  const { org, user } = scope.call;
  const first = names[0] as string;
  if (names.length === 1) {
    const field = visibleField(org, user, object, first);
    if (field === undefined) throw noSuchColumn(scope.query, path, object.def.name);
    return { name: field.name, field, object, direct, get: getter(org, object, field) };
  }
  const link = relationship(scope, object, first, path);
  const rest = names.slice(1);
  if (link.referenceTo.length > 1) return polymorphic(scope, object, link, rest, path);
  const target = objectOf(org, link.referenceTo[0] ?? '');
  if (target === undefined) throw noSuchRelationship(scope.query, path, first);
  const inner = resolveIn(scope, target, rest, path, false);
  const foreignKey = getter(org, object, link);
  return { ...inner, direct: false, get: throughParent(foreignKey, (id) => target.rows.get(id), inner.get) };
}

/** The visible lookup behind a relationship name; throws INVALID_FIELD. */
export function relationship(scope: Scope, object: SObject, name: string, path = name): Field {
  for (const field of object.fields.values()) {
    if (
      field.relationshipName?.toLowerCase() === name.toLowerCase() &&
      visibleField(scope.call.org, scope.call.user, object, field.name)
    )
      return field;
  }
  throw noSuchRelationship(scope.query, path, name);
}

const throughParent =
  (foreignKey: Getter, find: (id: string) => Row | undefined, get: Getter): Getter =>
  (row) => {
    const id = foreignKey(row);
    const parent = typeof id === 'string' ? find(id) : undefined;
    return parent === undefined ? null : get(parent);
  };

/** Fields that every polymorphic relationship offers, whatever it points to (the Name object). */
const nameFields = new Set([
  'id',
  'name',
  'type',
  'firstname',
  'lastname',
  'email',
  'username',
  'title',
  'phone',
  'isactive',
  'profileid',
  'userroleid',
  'alias',
]);

function polymorphic(scope: Scope, object: SObject, link: Field, names: readonly string[], path: string): Column {
  const { org, user } = scope.call;
  const name = names[0] as string;
  if (names.length > 1 || !nameFields.has(name.toLowerCase())) throw noSuchColumn(scope.query, path, 'Name');
  const foreignKey = getter(org, object, link);
  const sample = org.objects.get((link.referenceTo.at(-1) ?? '').toLowerCase());
  const field = sample?.fields.get(name.toLowerCase()) ?? (org.objects.get('user')?.fields.get('lastname') as Field);
  const read = (row: Row): Cell | Compound => {
    const id = foreignKey(row);
    if (typeof id !== 'string') return null;
    const target = objectOfId(org, id);
    if (target === undefined) return null;
    if (name.toLowerCase() === 'type') return target.def.name;
    const found = target.rows.get(id);
    const own = visibleField(org, user, target, name.toLowerCase() === 'name' ? nameFieldOf(target) : name);
    return found === undefined || own === undefined ? null : getter(org, target, own)(found);
  };
  return { name: name.toLowerCase() === 'type' ? 'Type' : field.name, field, object, direct: false, get: read };
}

/** The field that names a record of this object: Name, CaseNumber, Subject. */
const nameFieldOf = (object: SObject): string =>
  [...object.fields.values()].find((field) => field.nameField)?.name ?? 'Name';

/** True when a column is the object's own Id. */
export const isOwnId = (column: Column): boolean => column.direct && column.field.type === 'id';

/** True when a column is the object's own SystemModstamp. */
export const isOwnStamp = (column: Column): boolean => column.direct && column.field.name === 'SystemModstamp';
