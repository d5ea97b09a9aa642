import { ApiError, invalid, notFound } from '../http/api-error.ts';
import { type Call, jsonBody, noContent, ok, type Reply, tableParam } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import type { PropertyGroup } from '../schema/property.ts';
import { groupJson } from './property-json.ts';

const many = { dated: '/crm/properties/{V}/{objectType}/groups', classic: ['/crm/v3/properties/{objectType}/groups'] };
const one = {
  dated: '/crm/properties/{V}/{objectType}/groups/{name}',
  classic: ['/crm/v3/properties/{objectType}/groups/{name}'],
};
const read = ['crm.schemas.{object}.read', 'crm.objects.{object}.read'];
const write = ['crm.schemas.{object}.write'];

/** Property groups. An archived group cannot be listed. */
export const propertyGroupRoutes: readonly Route[] = [
  { method: 'GET', ...many, scopes: read, handle: list },
  { method: 'POST', ...many, scopes: write, handle: create },
  { method: 'GET', ...one, scopes: read, handle: (call) => ok(groupJson(wanted(call))) },
  { method: 'PATCH', ...one, scopes: write, handle: update },
  { method: 'DELETE', ...one, scopes: write, handle: archive },
];

function list(call: Call): Reply {
  const groups = [...tableParam(call).groups.values()].filter((group) => !group.archived);
  return ok({ results: groups.map(groupJson) });
}

function wanted(call: Call): PropertyGroup {
  const name = call.params['name'] ?? '';
  const group = tableParam(call).groups.get(name);
  if (group === undefined || group.archived) {
    throw notFound(`Property group ${name} does not exist`, { subCategory: 'Properties.GROUP_NOT_FOUND' });
  }
  return group;
}

function create(call: Call): Reply {
  const { name, label, displayOrder } = jsonBody(call);
  if (typeof name !== 'string' || typeof label !== 'string')
    throw invalid("Invalid input JSON: required fields 'name' and 'label'");
  const { groups } = tableParam(call);
  if (groups.get(name)?.archived === false) {
    throw new ApiError(409, `A property group named '${name}' already exists.`, {
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'Properties.GROUP_WITH_NAME_EXISTS',
      context: { groupName: [name] },
    });
  }
  const group = { name, label, displayOrder: typeof displayOrder === 'number' ? displayOrder : -1, archived: false };
  groups.set(name, group);
  return { status: 201, body: groupJson(group) };
}

function update(call: Call): Reply {
  const group = wanted(call);
  const { label, displayOrder } = jsonBody(call);
  if (typeof label === 'string') group.label = label;
  if (typeof displayOrder === 'number') group.displayOrder = displayOrder;
  return ok(groupJson(group));
}

function archive(call: Call): Reply {
  const group = wanted(call);
  const live = [...tableParam(call).properties.values()].filter(
    (one) => one.groupName === group.name && one.archivedAt === undefined,
  );
  if (live.length > 0) {
    throw invalid(`Property group ${group.name} still has properties: ${live.length}`, {
      subCategory: 'Properties.GROUP_WITH_ACTIVE_PROPERTIES',
      context: { propertyNames: live.map((property) => property.name) },
    });
  }
  group.archived = true;
  return noContent;
}
