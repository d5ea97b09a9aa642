import { knownObject, type Org, objectOf } from '../org.ts';
import { type Cell, idOf, isDeleted, type Row } from '../store/row.ts';
import { cellOf, dropRow, insertRow, rowsWhere, setCell } from '../store/sobject.ts';
import { type Author, addRow } from '../write/commit.ts';
import { children, flag, textOf, type XmlNode } from './xml.ts';

/** The row of a permission set by its API name. */
export function permissionSetRow(org: Org, name: string): Row | undefined {
  return [...rowsWhere(knownObject(org, 'PermissionSet'), 'Name', name)].find((row) => !isDeleted(row));
}

/** The first reference that does not resolve, in the platform's words. */
export function permissionSetProblem(org: Org, xml: XmlNode): string | undefined {
  if (textOf(xml, 'label') === undefined) return 'Required field is missing: label';
  for (const grant of children(xml, 'objectPermissions')) {
    const name = textOf(grant, 'object') ?? '';
    if (objectOf(org, name) === undefined) return `In field: object - no CustomObject named ${name} found`;
    if (flag(grant, 'allowEdit') && !flag(grant, 'allowRead'))
      return `Permission Edit ${name} depends on permission(s): Read ${name}`;
  }
  for (const grant of children(xml, 'fieldPermissions')) {
    const path = textOf(grant, 'field') ?? '';
    const [objectName = '', fieldName = ''] = path.split('.');
    const field = fieldOf(org, objectName, fieldName);
    if (field === undefined) return `In field: field - no CustomField named ${path} found`;
    if (!field.permissionable) return `You cannot deploy to a required field: ${path}`;
    if (flag(grant, 'editable') && !flag(grant, 'readable'))
      return `Permission Edit ${path} depends on permission(s): Read ${path}`;
  }
  return undefined;
}

/** Fields of Activity are those of Task and Event. */
const fieldOf = (org: Org, objectName: string, fieldName: string) =>
  objectOf(org, objectName === 'Activity' ? 'Task' : objectName)?.fields.get(fieldName.toLowerCase());

/**
 * Makes or replaces a permission set whole: what the new file does not grant is no longer granted (API 40 and later).
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_permissionset.htm
 */
export function writePermissionSet(
  org: Org,
  author: Author,
  name: string,
  xml: XmlNode,
): { readonly created: boolean; readonly id: string } {
  const sets = knownObject(org, 'PermissionSet');
  const existing = permissionSetRow(org, name);
  const values = new Map<string, Cell>([
    ['Name', name],
    ['Label', textOf(xml, 'label') ?? name],
    ['Description', textOf(xml, 'description') ?? null],
    ['IsCustom', true],
    ['IsOwnedByProfile', false],
    ['Type', 'Regular'],
  ]);
  const row = existing ?? addRow(org, author, sets, values);
  if (existing !== undefined) replaceCells(author, sets, row, values);
  clearGrants(org, author, idOf(row));
  addGrants(org, author, idOf(row), xml);
  org.counters.schema += 1;
  return { created: existing === undefined, id: idOf(row) };
}

function replaceCells(
  author: Author,
  object: ReturnType<typeof knownObject>,
  row: Row,
  values: ReadonlyMap<string, Cell>,
): void {
  for (const [name, value] of values) {
    const before = cellOf(object, row, name);
    setCell(object, row, name, value);
    author.undo?.push(() => setCell(object, row, name, before));
  }
}

function clearGrants(org: Org, author: Author, setId: string): void {
  for (const name of ['FieldPermissions', 'ObjectPermissions']) {
    const object = knownObject(org, name);
    for (const row of [...rowsWhere(object, 'ParentId', setId)]) {
      dropRow(object, row);
      author.undo?.push(() => insertRow(object, row));
    }
  }
}

function addGrants(org: Org, author: Author, setId: string, xml: XmlNode): void {
  for (const grant of children(xml, 'fieldPermissions')) {
    const [objectName = '', fieldName = ''] = (textOf(grant, 'field') ?? '').split('.');
    for (const target of objectName === 'Activity' ? ['Task', 'Event'] : [objectName]) {
      const values = new Map<string, Cell>([
        ['ParentId', setId],
        ['SobjectType', target],
        ['Field', `${target}.${fieldName}`],
        ['PermissionsRead', flag(grant, 'readable')],
        ['PermissionsEdit', flag(grant, 'editable')],
      ]);
      addRow(org, author, knownObject(org, 'FieldPermissions'), values);
    }
  }
  for (const grant of children(xml, 'objectPermissions')) {
    const values = new Map<string, Cell>([
      ['ParentId', setId],
      ['SobjectType', textOf(grant, 'object') ?? ''],
      ['PermissionsCreate', flag(grant, 'allowCreate')],
      ['PermissionsRead', flag(grant, 'allowRead')],
      ['PermissionsEdit', flag(grant, 'allowEdit')],
      ['PermissionsDelete', flag(grant, 'allowDelete')],
      ['PermissionsViewAllRecords', flag(grant, 'viewAllRecords')],
      ['PermissionsModifyAllRecords', flag(grant, 'modifyAllRecords')],
    ]);
    addRow(org, author, knownObject(org, 'ObjectPermissions'), values);
  }
}

/** A permission set as metadata, made from its rows, so that an admin's edits show. */
export function permissionSetMetadata(org: Org, row: Row): Record<string, unknown> {
  const sets = knownObject(org, 'PermissionSet');
  const fields = knownObject(org, 'FieldPermissions');
  const objects = knownObject(org, 'ObjectPermissions');
  const text = (name: string): Cell => cellOf(sets, row, name);
  const live = (object: typeof fields): readonly Row[] =>
    [...rowsWhere(object, 'ParentId', idOf(row))].filter((found) => !isDeleted(found));
  return {
    fullName: text('Name'),
    ...(text('Description') === null ? {} : { description: text('Description') }),
    fieldPermissions: live(fields)
      .map((found) => ({
        editable: cellOf(fields, found, 'PermissionsEdit') === true,
        field: String(cellOf(fields, found, 'Field')),
        readable: cellOf(fields, found, 'PermissionsRead') === true,
      }))
      .sort((a, b) => (a.field < b.field ? -1 : 1)),
    hasActivationRequired: false,
    label: text('Label'),
    objectPermissions: live(objects)
      .map((found) => ({
        allowCreate: cellOf(objects, found, 'PermissionsCreate') === true,
        allowDelete: cellOf(objects, found, 'PermissionsDelete') === true,
        allowEdit: cellOf(objects, found, 'PermissionsEdit') === true,
        allowRead: cellOf(objects, found, 'PermissionsRead') === true,
        modifyAllRecords: cellOf(objects, found, 'PermissionsModifyAllRecords') === true,
        object: String(cellOf(objects, found, 'SobjectType')),
        viewAllRecords: cellOf(objects, found, 'PermissionsViewAllRecords') === true,
      }))
      .sort((a, b) => (a.object < b.object ? -1 : 1)),
  };
}
