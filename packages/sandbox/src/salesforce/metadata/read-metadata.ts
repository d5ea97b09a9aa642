import { knownObject, type Org, objectOf } from '../org.ts';
import { idOf, isDeleted } from '../store/row.ts';
import { cellOf } from '../store/sobject.ts';
import { fieldMetadata } from './custom-field.ts';
import { permissionSetMetadata, permissionSetRow } from './permission-set.ts';

/** One component as readMetadata answers it; null where there is none. */
export function readMetadata(org: Org, type: string, fullName: string): Record<string, unknown> | null {
  if (type === 'CustomField') {
    const [objectName = '', name = ''] = fullName.split('.');
    const object = objectOf(org, objectName === 'Activity' ? 'Task' : objectName);
    const field = object?.fields.get(name.toLowerCase());
    return field?.custom === true ? fieldMetadata(objectName, field) : null;
  }
  if (type === 'CustomObject') {
    const object = objectOf(org, fullName);
    if (object === undefined) return null;
    const fields = [...object.fields.values()]
      .filter((field) => field.custom)
      .map((field) => ({ ...fieldMetadata(fullName, field), fullName: field.name }));
    return {
      ...object.def.metadata,
      fullName: object.def.name,
      fields,
      label: object.def.label,
      pluralLabel: object.def.labelPlural,
    };
  }
  if (type === 'PermissionSet') {
    const row = permissionSetRow(org, fullName);
    return row === undefined ? null : permissionSetMetadata(org, row);
  }
  return null;
}

/** Names of the components of a type, with their ids where they have one. */
export function listMetadata(
  org: Org,
  type: string,
): readonly { readonly fullName: string; readonly id: string; readonly fileName: string }[] {
  if (type === 'PermissionSet') {
    const sets = knownObject(org, 'PermissionSet');
    return [...sets.rows.values()]
      .filter((row) => !isDeleted(row) && cellOf(sets, row, 'IsOwnedByProfile') !== true)
      .map((row) => {
        const fullName = String(cellOf(sets, row, 'Name'));
        return { fullName, id: idOf(row), fileName: `permissionsets/${fullName}.permissionset` };
      });
  }
  const objects = [...org.objects.values()];
  if (type === 'CustomObject')
    return objects.map(({ def }) => ({ fullName: def.name, id: '', fileName: `objects/${def.name}.object` }));
  if (type !== 'CustomField') return [];
  return objects.flatMap((object) =>
    [...object.fields.values()]
      .filter((field) => field.custom)
      .map((field) => ({
        fullName: `${object.def.name}.${field.name}`,
        id: '',
        fileName: `objects/${object.def.name}.object`,
      })),
  );
}
