import { type AccessCache, knownObject, type Org, type OrgUser } from '../org.ts';
import type { Field } from '../schema/field.ts';
import { idOf, isDeleted, type Row, slot } from '../store/row.ts';
import { cellOf, rowsWhere, type SObject } from '../store/sobject.ts';

/** What a user may do with a field or an object. */
type Access = 'none' | 'read' | 'edit';

/** Access of `user` to one field: what the profile gives, and for deployed fields only what assigned permission sets grant. */
export function fieldAccess(org: Org, user: OrgUser, object: SObject, field: Field): Access {
  if (!field.permissionable) return 'edit';
  const name = `${object.def.name}.${field.name}`;
  const limit = user.fieldAccess?.[name];
  if (field.byProfile) return limit ?? 'edit';
  return grants(org, user).fields.get(name.toLowerCase()) ?? 'none';
}

/** The field if this user may see it. */
export function visibleField(org: Org, user: OrgUser, object: SObject, name: string): Field | undefined {
  const field = object.fields.get(name.toLowerCase());
  return field !== undefined && fieldAccess(org, user, object, field) !== 'none' ? field : undefined;
}

/** All fields that this user sees, in describe order. */
export const visibleFields = (org: Org, user: OrgUser, object: SObject): readonly Field[] =>
  [...object.fields.values()].filter((field) => fieldAccess(org, user, object, field) !== 'none');

/** Access of `user` to an object; what an object's History shows is seen by whoever sees the object. */
export function objectAccess(org: Org, user: OrgUser, object: SObject): Access {
  const parent = object.def.name.replace(/(Field)?History$/, '');
  const limit = user.objectAccess?.[object.def.name] ?? user.objectAccess?.[parent];
  if (limit !== undefined) return limit;
  if (object.def.byProfile !== false || user.modifyAllData !== false) return 'edit';
  return grants(org, user).objects.get(object.def.name.toLowerCase()) ?? 'none';
}

/** The object if this user may read it. */
export function visibleObject(org: Org, user: OrgUser, name: string): SObject | undefined {
  const object = org.objects.get(name.toLowerCase());
  return object !== undefined && objectAccess(org, user, object) !== 'none' ? object : undefined;
}

/** True for every record that sharing lets this user see; undefined when all are seen, so that scans skip the test. */
export function recordFilter(org: Org, user: OrgUser, object: SObject): ((row: Row) => boolean) | undefined {
  if (user.viewAllData !== false) return undefined;
  const isPrivate = org.settings.privateObjects?.includes(object.def.name) === true;
  if (!isPrivate && org.hidden.size === 0) return undefined;
  return (row) => !org.hidden.has(idOf(row)) && (!isPrivate || row[slot.owner] === user.id);
}

function grants(org: Org, user: OrgUser): AccessCache {
  const cached = org.accessCache.get(user.id);
  if (cached !== undefined && cached.schema === org.counters.schema) return cached;
  const fields = new Map<string, 'read' | 'edit'>();
  const objects = new Map<string, 'read' | 'edit'>();
  for (const set of assignedSets(org, user)) {
    collect(knownObject(org, 'FieldPermissions'), set, 'Field', fields);
    collect(knownObject(org, 'ObjectPermissions'), set, 'SobjectType', objects);
  }
  const fresh = { schema: org.counters.schema, fields, objects };
  org.accessCache.set(user.id, fresh);
  return fresh;
}

function assignedSets(org: Org, user: OrgUser): readonly string[] {
  const assignments = knownObject(org, 'PermissionSetAssignment');
  return [...rowsWhere(assignments, 'AssigneeId', user.id)]
    .filter((row) => !isDeleted(row))
    .map((row) => String(cellOf(assignments, row, 'PermissionSetId')));
}

function collect(object: SObject, set: string, nameField: string, into: Map<string, 'read' | 'edit'>): void {
  for (const row of rowsWhere(object, 'ParentId', set)) {
    if (isDeleted(row)) continue;
    const name = String(cellOf(object, row, nameField)).toLowerCase();
    if (cellOf(object, row, 'PermissionsEdit') === true) into.set(name, 'edit');
    else if (cellOf(object, row, 'PermissionsRead') === true && into.get(name) === undefined) into.set(name, 'read');
  }
}
