import type { OwnedField } from '@holdfast/core';
import { API_VERSION } from '../client.ts';
import { REFERRAL, type ReferralField } from '../referral-object.ts';
import { customField, customObject, FIELD_OBJECTS, fieldPath, referralField, referralPath } from './custom-field.ts';
import { type PermissionSet, permissionSetXml } from './permission-sets.ts';
import { metadataXml, type XmlElements } from './xml.ts';

type Files = Readonly<Record<string, string>>;

/** What a package installs: fields of standard objects, permission sets, and our own object whole or some of its fields. */
export interface Parts {
  readonly fields: readonly OwnedField[];
  readonly sets: readonly PermissionSet[];
  readonly referral: { readonly whole: boolean; readonly fields: readonly ReferralField[] };
}

/** The parts as a package in metadata format, as `deploy` takes it. */
export function installPackage({ fields, sets, referral }: Parts): Files {
  const objects = [...new Set(fields.map((owned) => FIELD_OBJECTS[owned.entity]))];
  const object = { ...(referral.whole ? customObject() : {}), fields: referral.fields.map(referralField) };
  return {
    'package.xml': manifest({
      objects: referral.whole ? [REFERRAL] : [],
      fields: [...fields.map(fieldPath), ...referral.fields.map(referralPath)],
      sets: sets.map(({ name }) => name),
    }),
    ...Object.fromEntries(
      objects.map((object) => {
        const own = fields.filter((owned) => FIELD_OBJECTS[owned.entity] === object);
        return [`objects/${object}.object`, metadataXml('CustomObject', { fields: own.map(customField) })];
      }),
    ),
    ...(referral.fields.length > 0 ? { [`objects/${REFERRAL}.object`]: metadataXml('CustomObject', object) } : {}),
    ...Object.fromEntries(sets.map((set) => [`permissionsets/${set.name}.permissionset`, permissionSetXml(set)])),
  };
}

/** A package that deletes. */
export function removalPackage(names: Manifest): Files {
  return { 'package.xml': manifest({ objects: [], fields: [], sets: [] }), 'destructiveChanges.xml': manifest(names) };
}

/** The whole as a project in source format, for an admin's own pipeline (Salesforce DX Developer Guide, "Project Structure"). */
export function sourceFiles(
  sets: readonly PermissionSet[],
  owned: readonly OwnedField[],
  columns: readonly ReferralField[],
): Files {
  const root = 'force-app/main/default';
  const project = {
    packageDirectories: [{ path: 'force-app', default: true }],
    name: 'holdfast',
    namespace: '',
    sourceApiVersion: API_VERSION,
  };
  const fieldFile = (path: string, content: XmlElements): [string, string] => [
    `${root}/objects/${path.replace('.', '/fields/')}.field-meta.xml`,
    metadataXml('CustomField', content),
  ];
  return {
    'sfdx-project.json': `${JSON.stringify(project, null, 2)}\n`,
    'manifest/package.xml': manifest({
      objects: [REFERRAL],
      fields: [...owned.map(fieldPath), ...columns.map(referralPath)],
      sets: sets.map(({ name }) => name),
    }),
    [`${root}/objects/${REFERRAL}/${REFERRAL}.object-meta.xml`]: metadataXml('CustomObject', customObject()),
    ...Object.fromEntries(owned.map((it) => fieldFile(fieldPath(it), customField(it)))),
    ...Object.fromEntries(columns.map((column) => fieldFile(referralPath(column), referralField(column)))),
    ...Object.fromEntries(
      sets.map((set) => [`${root}/permissionsets/${set.name}.permissionset-meta.xml`, permissionSetXml(set)]),
    ),
  };
}

/** Full names by kind. */
export interface Manifest {
  readonly objects: readonly string[];
  readonly fields: readonly string[];
  readonly sets: readonly string[];
}

function manifest({ objects, fields, sets }: Manifest): string {
  const types: XmlElements[] = [
    { members: fields, name: 'CustomField' },
    { members: objects, name: 'CustomObject' },
    { members: sets, name: 'PermissionSet' },
  ].filter(({ members }) => members.length > 0);
  return metadataXml('Package', { types, version: API_VERSION });
}
