import type { ApiFault } from '../errors.ts';
import { type Call, knownObject } from '../org.ts';
import type { Cell, Row } from '../store/row.ts';
import { cellOf, type SObject } from '../store/sobject.ts';

/** A record type may narrow a restricted picklist: values of another record type are refused. */
export function recordTypeFaults(
  call: Call,
  object: SObject,
  row: Row | undefined,
  values: Map<string, Cell>,
): readonly ApiFault[] {
  const id = values.get('RecordTypeId') ?? (row === undefined ? null : cellOf(object, row, 'RecordTypeId'));
  if (typeof id !== 'string') return [];
  const types = knownObject(call.org, 'RecordType');
  const found = types.rows.get(id);
  const developerName = found === undefined ? undefined : cellOf(types, found, 'DeveloperName');
  const option = call.org.settings.recordTypes?.find(
    (type) => type.object === object.def.name && type.developerName === developerName,
  );
  const faults: ApiFault[] = [];
  for (const [name, allowed] of Object.entries(option?.values ?? {})) {
    const value = values.get(name);
    const field = object.fields.get(name.toLowerCase());
    if (typeof value !== 'string' || field?.restricted !== true || allowed.includes(value)) continue;
    faults.push({
      code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      message: `${field.label}: bad value for restricted picklist field: ${value}`,
      fields: [name],
    });
  }
  return faults;
}
