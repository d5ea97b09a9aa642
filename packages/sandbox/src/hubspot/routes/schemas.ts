import { ApiError, invalid, notFound } from '../http/api-error.ts';
import { type Call, jsonBody, noContent, ok, type Reply, tierRefusal } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import type { AssociationType } from '../schema/association-type.ts';
import { commonProperties } from '../schema/common-properties.ts';
import { defineObject, reaches } from '../schema/object-type.ts';
import { makeProperty, type PropertyInput } from '../schema/property.ts';
import { note } from '../state/commit.ts';
import { addTable, dropTable, tableNamed } from '../state/portal.ts';
import type { Table } from '../state/table.ts';
import { isoInstant } from '../state/values.ts';
import { nextLabelIds } from '../write/define-label.ts';
import { propertyJson } from './property-json.ts';

const many = {
  dated: '/crm-object-schemas/{V}/schemas',
  classic: ['/crm-object-schemas/v3/schemas', '/crm/v3/schemas'],
};
const one = {
  dated: '/crm-object-schemas/{V}/schemas/{objectType}',
  classic: ['/crm-object-schemas/v3/schemas/{objectType}', '/crm/v3/schemas/{objectType}'],
};

/** Schemas of the customer's own objects: an Enterprise feature; the vendor's own ones can be read by name. */
export const schemaRoutes: readonly Route[] = [
  { method: 'GET', ...many, scopes: ['crm.schemas.custom.read'], handle: list },
  { method: 'POST', ...many, scopes: ['crm.schemas.custom.write'], handle: create },
  { method: 'DELETE', ...one, scopes: ['crm.schemas.custom.write'], handle: remove },
  { method: 'GET', ...one, scopes: ['crm.schemas.custom.read', 'crm.schemas.{object}.read'], handle: get },
];

function list(call: Call): Reply {
  refuseBelowEnterprise(call);
  const own = [...call.portal.tables.values()].filter((table) => table.type.id.startsWith('2-'));
  return ok({ results: own.map((table) => schemaJson(call, table)) });
}

function get(call: Call): Reply {
  refuseBelowEnterprise(call);
  const name = call.params['objectType'] ?? '';
  const table = tableNamed(call.portal, name) ?? tableNamed(call.portal, name.replace(/^p\d+_/, ''));
  if (table === undefined) throw notFound(`Unable to infer object type from: ${name}`);
  return ok(schemaJson(call, table));
}

function refuseBelowEnterprise(call: Call): void {
  if (!reaches(call.portal.tier, 'enterprise')) throw tierRefusal('enterprise');
}

function schemaJson(call: Call, table: Table): object {
  const { type } = table;
  const own = type.id.startsWith('2-');
  const at = isoInstant(own ? Date.parse('2021-03-01T10:00:00.000Z') : 0);
  const name = own ? type.name : type.singular.toUpperCase();
  return {
    labels: type.labels,
    requiredProperties: own ? type.required : [],
    searchableProperties: type.searchable,
    primaryDisplayProperty: type.searchable[0] ?? 'hs_object_id',
    secondaryDisplayProperties: type.searchable.slice(1, 4),
    archived: false,
    restorable: true,
    metaType: own ? 'PORTAL_SPECIFIC' : 'HUBSPOT',
    id: type.id.split('-')[1] ?? '',
    fullyQualifiedName: own ? `p${call.portal.portalId}_${type.name}` : name,
    createdAt: at,
    updatedAt: at,
    objectTypeId: type.id,
    properties: [...table.properties.values()]
      .filter((one) => one.archivedAt === undefined)
      .map((property) => propertyJson(property, own)),
    associations: associationsOf(call, type.id),
    name,
  };
}

function associationsOf(call: Call, typeId: string): object[] {
  return [...call.portal.associationTypes.values()]
    .filter(
      (type) =>
        (type.from === typeId || type.to === typeId) && (type.category === 'HUBSPOT_DEFINED' || type.label === null),
    )
    .map((type) => ({
      fromObjectTypeId: type.from,
      toObjectTypeId: type.to,
      name: type.name.toUpperCase(),
      cardinality: 'ONE_TO_MANY',
      inverseCardinality: 'ONE_TO_MANY',
      id: String(type.typeId),
      createdAt: null,
      updatedAt: null,
    }));
}

interface SchemaInput {
  readonly name?: string;
  readonly labels?: { readonly singular?: string; readonly plural?: string };
  readonly requiredProperties?: readonly string[];
  readonly searchableProperties?: readonly string[];
  readonly properties?: readonly PropertyInput[];
  readonly associatedObjects?: readonly string[];
}

function create(call: Call): Reply {
  refuseBelowEnterprise(call);
  const {
    name,
    labels,
    properties = [],
    requiredProperties = [],
    searchableProperties = [],
    associatedObjects = [],
  } = jsonBody(call) as SchemaInput;
  if (!name || !/^[A-Za-z]\w*$/.test(name))
    throw invalid("Invalid input JSON: 'name' must begin with a letter and hold letters, digits and underscores");
  if (tableNamed(call.portal, name) !== undefined || call.portal.deletedSchemas.has(name)) {
    throw new ApiError(409, `A schema named ${name} already exists`, { category: 'OBJECT_ALREADY_EXISTS' });
  }
  const number = 50_101_220 + call.portal.tables.size * 17;
  const type = defineObject({
    id: `2-${number}`,
    name,
    singular: `p${call.portal.portalId}_${name}`,
    labels: { singular: labels?.singular ?? name, plural: labels?.plural ?? name },
    group: `${name}_information`,
    scope: 'custom',
    required: requiredProperties,
    searchable: searchableProperties,
    minTier: 'enterprise',
    idBase: 20_000_000_000 + call.portal.tables.size * 1_000_000_000,
    properties: commonProperties,
  });
  const table = addTable(call.portal, type, call.at);
  for (const input of properties) addOwnProperty(call, table, input);
  for (const other of associatedObjects) associate(call, table, other);
  noteSchema(call, name);
  return { status: 201, body: schemaJson(call, table) };
}

function addOwnProperty(call: Call, table: Table, input: PropertyInput): void {
  table.properties.set(input.name, { ...makeProperty(input, table.type.group, call.at) });
  if (input.hasUniqueValue) table.unique.set(input.name, new Map());
}

/** The unlabelled kind of link that an object gets with each object named at its making; users' own category, no label. */
function associate(call: Call, table: Table, name: string): void {
  const other = tableNamed(call.portal, name);
  if (other === undefined) throw invalid(`Unable to infer object type from: ${name}`);
  const [forth, back] = nextLabelIds(call.portal);
  const side = (typeId: number, from: Table, to: Table, inverse: number): AssociationType => ({
    ...{ typeId, category: 'USER_DEFINED', from: from.type.id, to: to.type.id, label: null, inverse, primary: false },
    name: `${from.type.name}_to_${to.type.name}`,
  });
  call.portal.associationTypes.set(forth, side(forth, table, other, back));
  call.portal.associationTypes.set(back, side(back, other, table, forth));
}

/**
 * Deletes a custom object that has no records any more; its name is free again only once the deleted schema is deleted
 * too (`archived=true`). https://developers.hubspot.com/docs/guides/api/crm/objects/custom-objects
 */
function remove(call: Call): Reply {
  refuseBelowEnterprise(call);
  const given = (call.params['objectType'] ?? '').replace(/^p\d*_/, '');
  if (call.query.get('archived') === 'true') {
    if (!call.portal.deletedSchemas.delete(given)) throw notFound(`No deleted schema named ${given}`);
    return noContent;
  }
  const table = tableNamed(call.portal, given);
  if (table === undefined || !table.type.id.startsWith('2-'))
    throw notFound(`Unable to infer object type from: ${given}`);
  table.settle();
  if (table.ids.length > 0) throw invalid(`Cannot delete the schema ${given}: it still has records`);
  dropTable(call.portal, table);
  call.portal.deletedSchemas.add(table.type.name);
  noteSchema(call, table.type.name);
  return noContent;
}

function noteSchema(call: Call, name: string): void {
  note(call.portal, { at: call.at, by: 'api', action: 'schema', object: name, id: name });
}
