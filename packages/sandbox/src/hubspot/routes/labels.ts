import { ApiError, invalid, notFound } from '../http/api-error.ts';
import { type Call, jsonBody, noContent, ok, type Reply, tableParam, tierRefusal } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import type { AssociationType } from '../schema/association-type.ts';
import { reaches } from '../schema/object-type.ts';
import { listsOf } from '../state/links.ts';
import { defineLabelPair, nextLabelIds } from '../write/define-label.ts';

const pair = '{fromObjectType}/{toObjectType}';
const many = {
  dated: `/crm/associations/{V}/${pair}/labels`,
  classic: [`/crm/v4/associations/${pair}/labels`, `/crm/associations/v4/${pair}/labels`],
};
const one = {
  dated: `/crm/associations/{V}/${pair}/labels/{typeId}`,
  classic: [`/crm/v4/associations/${pair}/labels/{typeId}`, `/crm/associations/v4/${pair}/labels/{typeId}`],
};
const read = ['crm.objects.{object}.read', 'crm.schemas.{object}.read'];
const write = ['crm.schemas.{object}.write', 'crm.objects.{object}.write'];

/** The most labels that users may define between two object types; read the limits endpoint for it. */
export const labelLimit = 10;

/** Association labels: to read on every tier, to make from Professional up. */
export const labelRoutes: readonly Route[] = [
  { method: 'GET', ...many, scopes: read, handle: list },
  { method: 'POST', ...many, scopes: write, handle: create },
  { method: 'PUT', ...many, scopes: write, handle: update },
  { method: 'DELETE', ...one, scopes: write, handle: remove },
];

function list(call: Call): Reply {
  return ok({ results: between(call).map(labelJson) });
}

function labelJson(type: AssociationType): object {
  return { category: type.category, typeId: type.typeId, label: type.label };
}

function between(call: Call): AssociationType[] {
  const from = tableParam(call, 'fromObjectType').type.id;
  const to = tableParam(call, 'toObjectType').type.id;
  return [...call.portal.associationTypes.values()].filter((type) => type.from === from && type.to === to);
}

/** A label, or a pair of labels when the other side has a name of its own. */
function create(call: Call): Reply {
  refuseBelowProfessional(call);
  const { label, inverseLabel, name } = jsonBody(call);
  if (typeof label !== 'string' || label === '') throw invalid("Invalid input JSON: required field 'label' is missing");
  const known = between(call).filter((type) => type.category === 'USER_DEFINED' && type.label !== null);
  if (known.some((type) => type.label === label)) {
    throw new ApiError(409, `A label called ${label} exists already between these objects`, {
      category: 'OBJECT_ALREADY_EXISTS',
    });
  }
  if (known.length >= labelLimit)
    throw invalid(`The limit of ${labelLimit} association labels between these objects is reached`);
  if (typeof name !== 'string' || name === '') throw invalid("Invalid input JSON: required field 'name' is missing");
  const from = tableParam(call, 'fromObjectType').type.id;
  const to = tableParam(call, 'toObjectType').type.id;
  const [forth, back] = nextLabelIds(call.portal);
  const paired = from !== to || (typeof inverseLabel === 'string' && inverseLabel !== label);
  const made = defineLabelPair(call.portal, from, to, {
    typeId: forth,
    inverseTypeId: paired ? back : forth,
    label,
    inverseLabel: typeof inverseLabel === 'string' ? inverseLabel : label,
  });
  return ok({ results: made.map(labelJson) });
}

function update(call: Call): Reply {
  refuseBelowProfessional(call);
  const { associationTypeId, label, inverseLabel } = jsonBody(call);
  const type = ownLabel(call, associationTypeId);
  type.label = String(label);
  const inverse = call.portal.associationTypes.get(type.inverse);
  if (inverse !== undefined && typeof inverseLabel === 'string') inverse.label = inverseLabel;
  return noContent;
}

/** Removing a label removes it from every record that carries it; the unlabelled links stay. */
function remove(call: Call): Reply {
  refuseBelowProfessional(call);
  const type = ownLabel(call, call.params['typeId']);
  const { associationTypes, links } = call.portal;
  for (const [typeId, side] of [
    [type.typeId, type],
    [type.inverse, associationTypes.get(type.inverse) ?? type],
  ] as const) {
    dropEverywhere(listsOf(links, side.from, side.to), typeId);
    associationTypes.delete(typeId);
  }
  return noContent;
}

function dropEverywhere(byId: Map<number, number[]> | undefined, typeId: number): void {
  for (const [id, flat] of byId ?? []) {
    const kept: number[] = [];
    for (let i = 0; i < flat.length; i += 2)
      if (flat[i + 1] !== typeId) kept.push(flat[i] as number, flat[i + 1] as number);
    byId?.set(id, kept);
  }
}

function ownLabel(call: Call, typeId: unknown): AssociationType {
  const type = between(call).find((one) => one.typeId === Number(typeId) && one.category === 'USER_DEFINED');
  if (type === undefined) throw notFound(`No label ${String(typeId)} between these objects`);
  return type;
}

function refuseBelowProfessional(call: Call): void {
  if (!reaches(call.portal.tier, 'professional')) throw tierRefusal('professional');
}
