import { addField, customObject } from '../admin.ts';
import { knownObject, type Org, objectOf } from '../org.ts';
import { type field, text } from '../schema/field.ts';
import { idOf, isDeleted } from '../store/row.ts';
import { makeSObject, rowsWhere, type SObject } from '../store/sobject.ts';
import { type Author, note } from '../write/commit.ts';
import { bin } from '../write/remove.ts';
import { readField } from './custom-field.ts';
import type { Component } from './package.ts';
import { permissionSetProblem, permissionSetRow, writePermissionSet } from './permission-set.ts';
import { child, textOf, type XmlNode } from './xml.ts';

/** What one component came to. */
export interface Applied {
  readonly type: string;
  readonly fullName: string;
  readonly file: string;
  readonly problem?: string | undefined;
  readonly line?: number | undefined;
  readonly created?: boolean;
  readonly changed?: boolean;
  readonly deleted?: boolean;
}

/** Objects first, then fields, then what refers to them. */
const order = { CustomObject: 0, CustomField: 1, Other: 2, PermissionSet: 3 } as const;

/** Applies components to the org, each one checked by itself; the author's undo list takes everything back. */
export function applyComponents(org: Org, author: Author, components: readonly Component[]): readonly Applied[] {
  return [...components]
    .sort((a, b) => order[a.type] - order[b.type])
    .map((component) => applyOne(org, author, component));
}

function applyOne(org: Org, author: Author, component: Component): Applied {
  const { fullName, file, xml } = component;
  const base = { type: component.typeName, fullName, file };
  switch (component.type) {
    case 'CustomObject':
      return { ...base, ...applyObject(org, author, fullName, xml) };
    case 'CustomField':
      return { ...base, ...applyField(org, author, fullName, xml) };
    case 'PermissionSet': {
      const problem = permissionSetProblem(org, xml);
      if (problem !== undefined) return { ...base, problem };
      return { ...base, created: writePermissionSet(org, author, fullName, xml).created, changed: true };
    }
    case 'Other':
      return { ...base, problem: `Entity type: '${component.typeName}' is not served by this org` };
  }
}

type Outcome = Pick<Applied, 'problem' | 'created' | 'changed'>;

function applyObject(org: Org, author: Author, name: string, xml: XmlNode): Outcome {
  const label = textOf(xml, 'label');
  if (textOf(xml, 'pluralLabel') === undefined) return { problem: 'Required field is missing: pluralLabel' };
  const nameXml = child(xml, 'nameField');
  if (nameXml === undefined) return { problem: 'Must specify a nameField of type Text or AutoNumber' };
  if (textOf(xml, 'sharingModel') === undefined && !hasMaster(xml))
    return { problem: 'Required field is missing: sharingModel' };
  if (objectOf(org, name) !== undefined) return { created: false, changed: false };
  const isAuto = textOf(nameXml, 'type') === 'AutoNumber';
  const base = customObject(org, name, label ?? name, {
    labelPlural: textOf(xml, 'pluralLabel') ?? '',
    byProfile: false,
    metadata: xml as Record<string, unknown>,
  });
  const nameField = text('Name', 80, {
    label: textOf(nameXml, 'label') ?? 'Name',
    nameField: true,
    idLookup: true,
    permissionable: false,
    autoNumber: isAuto,
    createable: !isAuto,
    updateable: !isAuto,
  });
  const fields = base.fields.map((candidate) => (candidate.name === 'Name' ? nameField : candidate));
  org.objects.set(name.toLowerCase(), makeSObject({ ...base, fields }));
  changeSchema(org, author, name, name, () => org.objects.delete(name.toLowerCase()));
  return { created: true, changed: true };
}

const hasMaster = (xml: XmlNode): boolean =>
  typeof xml !== 'string' && JSON.stringify(xml.fields ?? '').includes('MasterDetail');

function applyField(org: Org, author: Author, fullName: string, xml: XmlNode): Outcome {
  const [objectName = '', fieldName = ''] = fullName.split('.');
  const targets = targetsOf(org, objectName);
  if (targets.length === 0)
    return { problem: `Entity Enumeration Or ID: bad value for restricted picklist field: ${objectName}` };
  const read = readField(org, objectName, xml);
  if ('problem' in read) return { problem: read.problem };
  const results = targets.map((object) => putField(org, author, object, fieldName, read.field));
  return results.find((result) => result.problem !== undefined) ?? (results[0] as Outcome);
}

/** Activity's fields belong to Task and Event. */
const targetsOf = (org: Org, name: string): readonly SObject[] =>
  (name === 'Activity' ? ['Task', 'Event'] : [name]).flatMap((target) => objectOf(org, target) ?? []);

function putField(org: Org, author: Author, object: SObject, name: string, made: ReturnType<typeof field>): Outcome {
  const existing = object.fields.get(name.toLowerCase());
  if (existing !== undefined && existing.type !== made.type) {
    return {
      problem: `Cannot change the data type of ${object.def.name}.${name} from ${existing.type} to ${made.type} by the Metadata API`,
    };
  }
  const next = existing === undefined ? made : { ...made, byProfile: existing.byProfile };
  addField(object, next);
  changeSchema(org, author, object.def.name, name, () => {
    if (existing === undefined) object.fields.delete(name.toLowerCase());
    else addField(object, existing);
  });
  return {
    created: existing === undefined,
    changed: existing === undefined || JSON.stringify(existing.metadata) !== JSON.stringify(made.metadata),
  };
}

function changeSchema(org: Org, author: Author, object: string, id: string, undo: () => void): void {
  org.counters.schema += 1;
  const length = org.journal.length;
  note(org, author, { action: 'schema', object, id });
  author.undo?.push(() => {
    undo();
    org.counters.schema += 1;
    org.journal.length = length;
  });
}

/** Deletes what destructiveChanges names; a missing component is a warning, as in the platform. */
export function applyDeletion(org: Org, author: Author, type: string, fullName: string, file: string): Applied {
  const base = { type, fullName, file };
  const gone = deletions[type];
  if (gone === undefined) return { ...base, problem: `Unknown type name '${type}' specified in ${file}` };
  return gone(org, author, fullName) ? { ...base, deleted: true, changed: true } : { ...base, changed: false };
}

const deletions: Readonly<Record<string, (org: Org, author: Author, fullName: string) => boolean>> = {
  CustomField: deleteField,
  CustomObject: deleteObject,
  PermissionSet: deletePermissionSet,
};

function deleteField(org: Org, author: Author, fullName: string): boolean {
  const [objectName = '', name = ''] = fullName.split('.');
  const key = name.toLowerCase();
  const found = targetsOf(org, objectName).filter((object) => object.fields.get(key)?.custom === true);
  for (const object of found) {
    const old = object.fields.get(key) as ReturnType<typeof field>;
    object.fields.delete(key);
    changeSchema(org, author, object.def.name, name, () => addField(object, old));
    forgetGrants(org, author, `${object.def.name}.${old.name}`);
  }
  return found.length > 0;
}

function forgetGrants(org: Org, author: Author, path: string): void {
  const grants = knownObject(org, 'FieldPermissions');
  for (const row of [...rowsWhere(grants, 'Field', path)]) if (!isDeleted(row)) bin(org, author, grants, row);
}

function deleteObject(org: Org, author: Author, name: string): boolean {
  const object = objectOf(org, name);
  if (object?.def.custom !== true) return false;
  org.objects.delete(name.toLowerCase());
  changeSchema(org, author, name, name, () => org.objects.set(name.toLowerCase(), object));
  return true;
}

function deletePermissionSet(org: Org, author: Author, name: string): boolean {
  const row = permissionSetRow(org, name);
  if (row === undefined) return false;
  for (const kind of ['FieldPermissions', 'ObjectPermissions', 'PermissionSetAssignment']) {
    const object = knownObject(org, kind);
    const lookup = kind === 'PermissionSetAssignment' ? 'PermissionSetId' : 'ParentId';
    for (const found of [...rowsWhere(object, lookup, idOf(row))])
      if (!isDeleted(found)) bin(org, author, object, found);
  }
  bin(org, author, knownObject(org, 'PermissionSet'), row);
  return true;
}
