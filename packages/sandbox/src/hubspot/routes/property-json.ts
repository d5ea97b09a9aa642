import type { Property, PropertyGroup } from '../schema/property.ts';
import { isoInstant } from '../state/values.ts';

/**
 * A property definition as the API prints it. The vendor's own ones say so, have no maker and do not mention archiving; on
 * the customer's own objects they have no dates either (recorded so).
 */
export function propertyJson(property: Property, onOwnObject = false): object {
  const { hubspotDefined } = property;
  const dates = { updatedAt: isoInstant(property.updatedAt), createdAt: isoInstant(property.createdAt) };
  const maker = { createdUserId: '9586500', updatedUserId: '9586500' };
  return {
    ...(hubspotDefined && onOwnObject ? {} : dates),
    name: property.name,
    label: property.label,
    type: property.type,
    fieldType: property.fieldType,
    description: property.description,
    groupName: property.groupName,
    options: property.options,
    ...(property.referencedObjectType === undefined ? {} : { referencedObjectType: property.referencedObjectType }),
    ...(hubspotDefined ? {} : maker),
    displayOrder: property.displayOrder,
    calculated: property.calculated,
    ...(property.calculationFormula === undefined ? {} : { calculationFormula: property.calculationFormula }),
    externalOptions: property.externalOptions,
    ...(hubspotDefined ? {} : { archived: property.archivedAt !== undefined }),
    ...(property.archivedAt === undefined ? {} : { archivedAt: isoInstant(property.archivedAt) }),
    hasUniqueValue: property.hasUniqueValue,
    hidden: property.hidden,
    ...(hubspotDefined ? { hubspotDefined } : { showCurrencySymbol: false }),
    modificationMetadata: {
      archivable: true,
      readOnlyDefinition: hubspotDefined,
      readOnlyValue: property.readOnlyValue,
    },
    formField: property.formField,
  };
}

/** A property group as the API prints it. */
export function groupJson(group: PropertyGroup): object {
  return { name: group.name, label: group.label, displayOrder: group.displayOrder, archived: group.archived };
}
