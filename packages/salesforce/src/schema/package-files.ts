import { OWNED_FIELDS, type OwnedField } from '@holdfast/core';
import { API_VERSION } from '../client.ts';
import { customField, FIELD_OBJECTS, fieldPath } from './custom-field.ts';
import { type PermissionSet, permissionSetXml } from './permission-sets.ts';
import { metadataXml, type XmlElements } from './xml.ts';

type Files = Readonly<Record<string, string>>;

/** Fields and permission sets as a package in metadata format, as `deploy` takes it. */
export function installPackage(fields: readonly OwnedField[], sets: readonly PermissionSet[]): Files {
  const objects = [...new Set(fields.map((owned) => FIELD_OBJECTS[owned.entity]))];
  return {
    'package.xml': manifest(
      fields.map(fieldPath),
      sets.map(({ name }) => name),
    ),
    ...Object.fromEntries(
      objects.map((object) => {
        const own = fields.filter((owned) => FIELD_OBJECTS[owned.entity] === object);
        return [`objects/${object}.object`, metadataXml('CustomObject', { fields: own.map(customField) })];
      }),
    ),
    ...Object.fromEntries(sets.map((set) => [`permissionsets/${set.name}.permissionset`, permissionSetXml(set)])),
  };
}

/** A package that deletes. */
export function removalPackage(fieldPaths: readonly string[], sets: readonly string[]): Files {
  return { 'package.xml': manifest([], []), 'destructiveChanges.xml': manifest(fieldPaths, sets) };
}

/** The whole as a project in source format, for an admin's own pipeline (Salesforce DX Developer Guide, "Project Structure"). */
export function sourceFiles(sets: readonly PermissionSet[]): Files {
  const root = 'force-app/main/default';
  const project = {
    packageDirectories: [{ path: 'force-app', default: true }],
    name: 'holdfast',
    namespace: '',
    sourceApiVersion: API_VERSION,
  };
  return {
    'sfdx-project.json': `${JSON.stringify(project, null, 2)}\n`,
    'manifest/package.xml': manifest(
      OWNED_FIELDS.map(fieldPath),
      sets.map(({ name }) => name),
    ),
    ...Object.fromEntries(
      OWNED_FIELDS.map((owned) => [
        `${root}/objects/${fieldPath(owned).replace('.', '/fields/')}.field-meta.xml`,
        metadataXml('CustomField', customField(owned)),
      ]),
    ),
    ...Object.fromEntries(
      sets.map((set) => [`${root}/permissionsets/${set.name}.permissionset-meta.xml`, permissionSetXml(set)]),
    ),
  };
}

function manifest(fieldPaths: readonly string[], sets: readonly string[]): string {
  const types: XmlElements[] = [
    ...(fieldPaths.length > 0 ? [{ members: fieldPaths, name: 'CustomField' }] : []),
    ...(sets.length > 0 ? [{ members: sets, name: 'PermissionSet' }] : []),
  ];
  return metadataXml('Package', { types, version: API_VERSION });
}
