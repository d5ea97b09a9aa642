import { ApiError, invalid } from '../http/api-error.ts';
import { type Call, tierRefusal } from '../http/call.ts';
import { type HubSpotTier, reaches } from '../schema/object-type.ts';
import { makeOptions, makeProperty, type Property, type PropertyInput, type PropertyType } from '../schema/property.ts';
import { note } from '../state/commit.ts';
import type { Table } from '../state/table.ts';

/** Custom properties per object: figures the vendor does not publish in one place, so a caller must ask the limits endpoint. */
export const propertyLimits: Readonly<Record<HubSpotTier, number>> = {
  free: 10,
  starter: 1000,
  professional: 1000,
  enterprise: 1000,
};

/** At most this many properties of an object may be unique. */
const uniqueLimit = 10;

const fieldTypes: Readonly<Record<PropertyType, readonly string[]>> = {
  bool: ['booleancheckbox', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox', 'calculation_equation'],
  number: ['number', 'calculation_equation', 'calculation_rollup'],
  phone_number: ['phonenumber'],
  string: ['text', 'textarea', 'html', 'file', 'phonenumber', 'calculation_equation'],
};

/** Makes a property, or brings back an archived one of the same name with what it was before. Throws the API's refusals. */
export function createProperty(call: Call, table: Table, given: Readonly<Record<string, unknown>>): Property {
  const input = propertyInput(call, table, given);
  const known = table.properties.get(input.name);
  if (known !== undefined && known.archivedAt === undefined) throw exists(input.name);
  refuseOverLimit(call, table, input);
  if (known !== undefined) delete known.archivedAt;
  const property = known ?? makeProperty(input, table.type.group, call.at);
  table.properties.set(input.name, property);
  if (property.hasUniqueValue && !table.unique.has(property.name)) table.unique.set(property.name, new Map());
  note(call.portal, {
    at: call.at,
    by: 'api',
    action: 'schema',
    object: table.type.name,
    id: input.name,
    to: property.type,
  });
  return property;
}

/** Changes a definition; a list of options replaces the whole list. Name, type family and uniqueness stay. */
export function changeProperty(
  call: Call,
  table: Table,
  property: Property,
  given: Readonly<Record<string, unknown>>,
): void {
  if (
    property.hubspotDefined &&
    Object.keys(given).some((key) => key !== 'options' && key !== 'label' && key !== 'groupName')
  ) {
    throw invalid(`${property.name} is defined by HubSpot and cannot be changed`, {
      subCategory: 'PropertyValidationError.READ_ONLY_DEFINITION',
    });
  }
  if (given['groupName'] !== undefined) refuseUnknownGroup(table, String(given['groupName']));
  for (const key of ['label', 'description', 'groupName', 'fieldType', 'type'] as const) {
    if (given[key] !== undefined) Object.assign(property, { [key]: String(given[key]) });
  }
  for (const key of ['hidden', 'formField', 'displayOrder'] as const) {
    if (given[key] !== undefined) Object.assign(property, { [key]: given[key] });
  }
  if (Array.isArray(given['options'])) property.options = makeOptions(given['options']);
  property.updatedAt = call.at;
  note(call.portal, {
    at: call.at,
    by: 'api',
    action: 'schema',
    object: table.type.name,
    id: property.name,
    to: 'changed',
  });
}

/** A property that a formula names, and one of the vendor's own, cannot be archived. */
export function refuseInUse(table: Table, property: Property): void {
  if (property.hubspotDefined) {
    throw invalid(`${property.name} is defined by HubSpot and cannot be deleted`, {
      subCategory: 'PropertyValidationError.CANNOT_DELETE_HUBSPOT_PROPERTY',
    });
  }
  const user = [...table.properties.values()].find(
    (one) =>
      one.archivedAt === undefined &&
      one !== property &&
      one.calculationFormula?.match(/\w+/g)?.includes(property.name),
  );
  if (user === undefined) return;
  throw invalid(`${property.name} cannot be deleted: it is used by the calculated property ${user.name}`, {
    subCategory: 'PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE',
    context: { propertyName: [property.name], usedBy: [user.name] },
  });
}

function propertyInput(call: Call, table: Table, given: Readonly<Record<string, unknown>>): PropertyInput {
  for (const field of ['name', 'label', 'type', 'fieldType', 'groupName']) {
    if (typeof given[field] !== 'string' || given[field] === '')
      throw invalid(`Invalid input JSON: required field '${field}' is missing`);
  }
  const input = given as unknown as PropertyInput;
  if (!/^[a-z][a-z0-9_]*$/.test(input.name))
    throw invalid(`Property name ${input.name} must be lower-case letters, digits and underscores`);
  if (!fieldTypes[input.type]?.includes(input.fieldType))
    throw invalid(`fieldType ${input.fieldType} is not valid for type ${input.type}`);
  refuseUnknownGroup(table, input.groupName ?? '');
  const choices = input.type === 'enumeration' && !input.externalOptions && input.calculationFormula === undefined;
  if (choices && !(input.options && input.options.length > 0) && given['options'] === undefined) {
    throw invalid(`Property ${input.name} of type enumeration needs options`);
  }
  if (input.calculationFormula !== undefined && !reaches(call.portal.tier, 'professional'))
    throw tierRefusal('professional');
  return { ...input, hubspotDefined: false, readOnlyValue: input.calculationFormula !== undefined };
}

function refuseUnknownGroup(table: Table, name: string): void {
  const group = table.groups.get(name);
  if (group === undefined || group.archived) {
    throw invalid(`Property group ${name} does not exist`, {
      subCategory: 'Properties.GROUP_NOT_FOUND',
      context: { groupName: [name] },
    });
  }
}

function refuseOverLimit(call: Call, table: Table, input: PropertyInput): void {
  const custom = [...table.properties.values()].filter((one) => !one.hubspotDefined && one.archivedAt === undefined);
  const most = call.portal.propertyLimit ?? propertyLimits[call.portal.tier];
  if (custom.length >= most) {
    throw invalid(`The limit of ${most} custom properties on ${table.type.name} is reached`, {
      subCategory: 'Properties.PROPERTY_LIMIT_REACHED',
      context: { limit: [String(most)] },
    });
  }
  if (input.hasUniqueValue && custom.filter((one) => one.hasUniqueValue).length >= uniqueLimit) {
    throw invalid(`The limit of ${uniqueLimit} unique properties on ${table.type.name} is reached`, {
      subCategory: 'Properties.UNIQUE_PROPERTY_LIMIT_REACHED',
    });
  }
}

function exists(name: string): ApiError {
  return new ApiError(409, `A property named '${name}' already exists.`, {
    category: 'OBJECT_ALREADY_EXISTS',
    subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    context: { propertyName: [name] },
  });
}
