import type { Portal } from '../state/portal.ts';
import type { HubRecord } from '../state/record.ts';
import type { Table } from '../state/table.ts';
import { defaultType, linkRecords } from '../write/link.ts';

/** Two linked records and the labels that were set, as the API prints them. */
export function linkedJson(
  portal: Portal,
  from: Table,
  fromRecord: HubRecord,
  to: Table,
  toRecord: HubRecord,
  types: readonly number[],
): object {
  const labels = types.map((type) => portal.associationTypes.get(type)?.label).filter((label) => label);
  return {
    fromObjectTypeId: from.type.id,
    fromObjectId: String(fromRecord.id),
    toObjectTypeId: to.type.id,
    toObjectId: String(toRecord.id),
    labels,
  };
}

/** Links two records by the unlabelled type, and tells of both directions. */
export function linkByDefault(
  portal: Portal,
  from: Table,
  fromRecord: HubRecord,
  to: Table,
  toRecord: HubRecord,
): object[] {
  const type = defaultType(portal, from.type.id, to.type.id);
  linkRecords(portal, from, fromRecord.id, to, toRecord.id, [type.typeId], 'api');
  const told = (a: HubRecord, b: HubRecord, typeId: number) => ({
    from: { id: String(a.id) },
    to: { id: String(b.id) },
    associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeId },
  });
  return [told(fromRecord, toRecord, type.typeId), told(toRecord, fromRecord, type.inverse)];
}
