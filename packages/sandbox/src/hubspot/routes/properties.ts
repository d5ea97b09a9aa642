import { ApiError, notFound } from '../http/api-error.ts';
import { batchInputs, type Call, jsonBody, noContent, ok, type Reply, tableParam } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import type { Property } from '../schema/property.ts';
import { note } from '../state/commit.ts';
import type { Table } from '../state/table.ts';
import { changeProperty, createProperty, refuseInUse } from '../write/define-property.ts';
import { batchReply } from './batch-reply.ts';
import { propertyJson } from './property-json.ts';

const many = { dated: '/crm/properties/{V}/{objectType}', classic: ['/crm/v3/properties/{objectType}'] };
const one = { dated: '/crm/properties/{V}/{objectType}/{name}', classic: ['/crm/v3/properties/{objectType}/{name}'] };
const batch = (action: string) => ({
  method: 'POST' as const,
  dated: `/crm/properties/{V}/{objectType}/batch/${action}`,
  classic: [`/crm/v3/properties/{objectType}/batch/${action}`],
});
const read = ['crm.schemas.{object}.read', 'crm.objects.{object}.read'];
const write = ['crm.schemas.{object}.write'];

/** Property definitions. */
export const propertyRoutes: readonly Route[] = [
  { method: 'GET', ...many, scopes: read, handle: list },
  { method: 'POST', ...many, scopes: write, handle: create },
  { method: 'GET', ...one, scopes: read, handle: get },
  { method: 'PATCH', ...one, scopes: write, handle: update },
  { method: 'DELETE', ...one, scopes: write, handle: archive },
  { ...batch('create'), scopes: write, handle: batchCreate },
  { ...batch('read'), scopes: read, handle: batchRead },
  { ...batch('archive'), scopes: write, handle: batchArchive },
];

function list(call: Call): Reply {
  const wanted = call.query.get('archived') === 'true';
  const all = [...tableParam(call).properties.values()];
  return ok({
    results: all.filter((property) => (property.archivedAt !== undefined) === wanted).map((one) => propertyJson(one)),
  });
}

function get(call: Call): Reply {
  return ok(propertyJson(wanted(call, call.query.get('archived') === 'true')));
}

function wanted(call: Call, archived = false): Property {
  const table = tableParam(call);
  const property = table.properties.get(call.params['name'] ?? '');
  if (property === undefined || (property.archivedAt !== undefined) !== archived)
    throw noProperty(table, call.params['name'] ?? '');
  return property;
}

function noProperty(table: Table, name: string): ApiError {
  return notFound(`Property ${name} on object type ${table.type.id} does not exist`, {
    subCategory: 'Properties.PROPERTY_NOT_FOUND',
    context: { propertyName: [name] },
  });
}

function create(call: Call): Reply {
  return { status: 201, body: propertyJson(createProperty(call, tableParam(call), jsonBody(call))) };
}

function update(call: Call): Reply {
  const property = wanted(call);
  changeProperty(call, tableParam(call), property, jsonBody(call));
  return ok(propertyJson(property));
}

function archive(call: Call): Reply {
  archiveOne(call, wanted(call));
  return noContent;
}

function archiveOne(call: Call, property: Property): void {
  const table = tableParam(call);
  refuseInUse(table, property);
  property.archivedAt = call.at;
  note(call.portal, {
    at: call.at,
    by: 'api',
    action: 'schema',
    object: table.type.name,
    id: property.name,
    to: 'archived',
  });
}

function batchCreate(call: Call): Reply {
  const table = tableParam(call);
  const errors: ApiError[] = [];
  const results = batchInputs(call, 100).flatMap((input) => {
    try {
      return [propertyJson(createProperty(call, table, input))];
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(error);
      return [];
    }
  });
  return batchReply(call, results, errors, 201);
}

function batchRead(call: Call): Reply {
  const table = tableParam(call);
  const archived = jsonBody(call)['archived'] === true;
  const errors: ApiError[] = [];
  const results = batchInputs(call, 100).flatMap((input) => {
    const property = table.properties.get(String(input['name']));
    if (property !== undefined && (property.archivedAt !== undefined) === archived) return [propertyJson(property)];
    errors.push(noProperty(table, String(input['name'])));
    return [];
  });
  return batchReply(call, results, errors);
}

function batchArchive(call: Call): Reply {
  const table = tableParam(call);
  for (const input of batchInputs(call, 100)) {
    const property = table.properties.get(String(input['name']));
    if (property !== undefined && property.archivedAt === undefined) archiveOne(call, property);
  }
  return noContent;
}
