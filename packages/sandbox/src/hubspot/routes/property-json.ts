import type { Property, PropertyGroup } from '../schema/property.ts';
import { isoInstant } from '../state/values.ts';

/** A property definition as the API prints it. The vendor's own ones say so and have no maker. */
export function propertyJson(property: Property): object {
  const { hubspotDefined } = property;
  return {
    updatedAt: isoInstant(property.updatedAt),
    createdAt: isoInstant(property.createdAt),
    name: property.name,
    label: property.label,
    type: property.type,
    fieldType: property.fieldType,
    description: property.description,
    groupName: property.groupName,
    options: property.options,
    ...(property.referencedObjectType === undefined ? {} : { referencedObjectType: property.referencedObjectType }),
    ...(hubspotDefined ? {} : { createdUserId: '9586500', updatedUserId: '9586500' }),
    displayOrder: property.displayOrder,
    calculated: property.calculated,
    ...(property.calculationFormula === undefined ? {} : { calculationFormula: property.calculationFormula }),
    externalOptions: property.externalOptions,
    archived: property.archivedAt !== undefined,
    ...(property.archivedAt === undefined ? {} : { archivedAt: isoInstant(property.archivedAt) }),
    hasUniqueValue: property.hasUniqueValue,
    hidden: property.hidden,
    ...(hubspotDefined ? { hubspotDefined } : { showCurrencySymbol: false }),
    modificationMetadata: {
      archivable: !hubspotDefined,
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
