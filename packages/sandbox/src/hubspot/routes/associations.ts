import { ApiError, invalid, notFound } from '../http/api-error.ts';
import { batchInputs, type Call, jsonBody, limitParam, noContent, ok, type Reply, tableParam } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import type { AssociationType } from '../schema/association-type.ts';
import { linksOf } from '../state/links.ts';
import type { Portal } from '../state/portal.ts';
import type { HubRecord } from '../state/record.ts';
import { findRecord, type Table } from '../state/table.ts';
import { defaultType, linkRecords, resolveTypes, unlinkRecords } from '../write/link.ts';
import { batchReply } from './batch-reply.ts';
import { exactLive, missing, readable, shuffled } from './find.ts';

const pair = '{fromObjectType}/{toObjectType}';
const batch = (action: string) => ({
  method: 'POST' as const,
  dated: `/crm/associations/{V}/${pair}/batch/${action}`,
  classic: [`/crm/v4/associations/${pair}/batch/${action}`],
});
const read = ['crm.objects.{object}.read'];
const write = ['crm.objects.{object}.write'];
const single = '{objectType}/{id}/associations/{toObjectType}';
const pageSize = 500;

/** Links between records. */
export const associationRoutes: readonly Route[] = [
  { ...batch('read'), scopes: read, handle: batchRead },
  { ...batch('create'), scopes: write, handle: batchCreate },
  { ...batch('associate/default'), scopes: write, handle: batchDefault },
  { ...batch('archive'), scopes: write, handle: batchArchive },
  { ...batch('labels/archive'), scopes: write, handle: batchArchiveLabels },
  {
    method: 'GET',
    dated: `/crm/objects/{V}/${single}`,
    classic: [`/crm/v4/objects/${single}`],
    absentIn: ['2026-09'],
    scopes: read,
    handle: list,
  },
  {
    method: 'PUT',
    dated: `/crm/objects/{V}/${single}/{toId}`,
    classic: [`/crm/v4/objects/${single}/{toId}`],
    scopes: write,
    handle: label,
  },
  {
    method: 'DELETE',
    dated: `/crm/objects/{V}/${single}/{toId}`,
    classic: [`/crm/v4/objects/${single}/{toId}`],
    scopes: write,
    handle: remove,
  },
  {
    method: 'PUT',
    dated: '/crm/objects/{V}/{objectType}/{id}/associations/default/{toObjectType}/{toId}',
    classic: ['/crm/v4/objects/{objectType}/{id}/associations/default/{toObjectType}/{toId}'],
    scopes: write,
    handle: standard,
  },
];

interface Target {
  readonly toObjectId: number;
  readonly associationTypes: readonly object[];
}

/** The distinct targets of a record, each with all its types; `toObjectId` is a number, alone among all ids. */
function targets(portal: Portal, from: Table, to: Table, id: number): Target[] {
  const flat = linksOf(portal.links, from.type.id, to.type.id, id);
  const byTarget = new Map<number, object[]>();
  for (let i = 0; i < flat.length; i += 2) {
    const target = flat[i] as number;
    const type = portal.associationTypes.get(flat[i + 1] as number);
    if (type === undefined || exactLive(to, String(target)) === undefined) continue;
    const types = byTarget.get(target) ?? [];
    types.push({ category: type.category, typeId: type.typeId, label: type.label });
    byTarget.set(target, types);
  }
  return [...byTarget].map(([toObjectId, associationTypes]) => ({ toObjectId, associationTypes }));
}

/** A page of a record's targets. */
function page(all: readonly Target[], after: string | null | undefined, limit: number): object {
  const from = after
    ? Math.max(
        0,
        all.findIndex((target) => String(target.toObjectId) === after),
      )
    : 0;
  const next = all[from + limit];
  const paging = next === undefined ? {} : { paging: { next: { after: String(next.toObjectId) } } };
  return { items: all.slice(from, from + limit), paging };
}

/** Records without links come back as errors, and so does everything asked for by an id that was merged away. */
function batchRead(call: Call): Reply {
  const [from, to] = bothTables(call);
  const errors: ApiError[] = [];
  const results = batchInputs(call, 1000).flatMap((input) => {
    const id = String(input['id']);
    const all = targets(call.portal, from, to, Number(id));
    if (all.length === 0) {
      errors.push(noAssociations(from, to, id));
      return [];
    }
    const { items, paging } = page(all, input['after'] as string | undefined, pageSize) as {
      items: Target[];
      paging: object;
    };
    return [{ from: { id }, to: items, ...paging }];
  });
  return batchReply(call, shuffled(call.portal, results), errors);
}

function noAssociations(from: Table, to: Table, id: string): ApiError {
  return notFound(`No ${to.type.name} is associated with ${from.type.name} ${id}.`, {
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    context: { fromObjectId: [id], fromObjectType: [from.type.singular], toObjectType: [to.type.singular] },
  });
}

function list(call: Call): Reply {
  const from = tableParam(call);
  const to = tableParam(call, 'toObjectType');
  const record = readable(call.portal, from, call.params['id'] ?? '', false);
  if (record === undefined) throw missing();
  const limit = limitParam(call.query, pageSize, pageSize);
  const all = targets(call.portal, from, to, record.id);
  const { items, paging } = page(all, call.query.get('after'), limit) as { items: Target[]; paging: object };
  return ok({ results: items, ...paging });
}

interface PairInput {
  readonly from: { readonly id: string };
  readonly to: { readonly id: string } | readonly { readonly id: string }[];
  readonly types?: unknown;
}

function batchCreate(call: Call): Reply {
  const [from, to] = bothTables(call);
  return eachPair(call, from, to, 201, (fromRecord, toRecord, input) => {
    const types = resolveTypes(call.portal, from, input.types);
    linkRecords(call.portal, from, fromRecord.id, to, toRecord.id, types, 'api');
    const labels = types.map((type) => call.portal.associationTypes.get(type)?.label).filter((one) => one);
    return [
      {
        fromObjectTypeId: from.type.id,
        fromObjectId: String(fromRecord.id),
        toObjectTypeId: to.type.id,
        toObjectId: String(toRecord.id),
        labels,
      },
    ];
  });
}

function batchDefault(call: Call): Reply {
  const [from, to] = bothTables(call);
  return eachPair(call, from, to, 200, (fromRecord, toRecord) =>
    linkedByDefault(call.portal, from, fromRecord, to, toRecord),
  );
}

/** Links by the unlabelled type, and tells of both directions. */
function linkedByDefault(portal: Portal, from: Table, fromRecord: HubRecord, to: Table, toRecord: HubRecord): object[] {
  const type = defaultType(portal, from.type.id, to.type.id);
  linkRecords(portal, from, fromRecord.id, to, toRecord.id, [type.typeId], 'api');
  const told = (a: HubRecord, b: HubRecord, typeId: number) => ({
    from: { id: String(a.id) },
    to: { id: String(b.id) },
    associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeId },
  });
  return [told(fromRecord, toRecord, type.typeId), told(toRecord, fromRecord, type.inverse)];
}

function eachPair(
  call: Call,
  from: Table,
  to: Table,
  status: number,
  act: (fromRecord: HubRecord, toRecord: HubRecord, input: PairInput) => object[],
): Reply {
  const errors: ApiError[] = [];
  const results = (batchInputs(call, 2000) as unknown as readonly PairInput[]).flatMap((input) => {
    const toId = String((input.to as { id?: unknown } | undefined)?.id);
    try {
      return act(linkable(from, String(input.from?.id)), linkable(to, toId), input);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(error);
      return [];
    }
  });
  return batchReply(call, results, errors, call.version === '2026-09' ? 200 : status);
}

function linkable(table: Table, id: string): HubRecord {
  const record = exactLive(table, id);
  if (record !== undefined) return record;
  throw notFound(`${table.type.name.toUpperCase()} ${id} does not exist`, {
    subCategory: 'crm.associations.OBJECT_NOT_FOUND',
    context: { objectId: [id], objectType: [table.type.singular] },
  });
}

function batchArchive(call: Call): Reply {
  const [from, to] = bothTables(call);
  for (const input of batchInputs(call, 2000) as unknown as readonly PairInput[]) {
    const many = Array.isArray(input.to) ? (input.to as readonly { id: string }[]) : [input.to as { id: string }];
    for (const target of many)
      unlinkRecords(call.portal, from, Number(input.from.id), to, Number(target.id), undefined, 'api');
  }
  return archived(call);
}

function batchArchiveLabels(call: Call): Reply {
  const [from, to] = bothTables(call);
  for (const input of batchInputs(call, 2000) as unknown as readonly PairInput[]) {
    const types = resolveTypes(call.portal, from, input.types);
    unlinkRecords(call.portal, from, Number(input.from.id), to, Number((input.to as { id: string }).id), types, 'api');
  }
  return archived(call);
}

/** 2026-09 answers every association batch with 200. */
function archived(call: Call): Reply {
  return call.version === '2026-09' ? batchReply(call, [], []) : noContent;
}

function label(call: Call): Reply {
  const [from, record, to, other] = bothRecords(call);
  const body: unknown = JSON.parse(call.body || '[]');
  const types = resolveTypes(call.portal, from, body);
  linkRecords(call.portal, from, record.id, to, other.id, types, 'api');
  const labels = types.map((type) => call.portal.associationTypes.get(type)).filter(isLabelled);
  return {
    status: call.version === '2026-09' ? 200 : 201,
    body: {
      fromObjectTypeId: from.type.id,
      fromObjectId: String(record.id),
      toObjectTypeId: to.type.id,
      toObjectId: String(other.id),
      labels: labels.map((type) => type.label),
    },
  };
}

function isLabelled(type: AssociationType | undefined): type is AssociationType {
  return type !== undefined && type.label !== null;
}

function standard(call: Call): Reply {
  const [from, record, to, other] = bothRecords(call);
  return batchReply(call, linkedByDefault(call.portal, from, record, to, other), []);
}

function remove(call: Call): Reply {
  const from = tableParam(call);
  const to = tableParam(call, 'toObjectType');
  unlinkRecords(call.portal, from, Number(call.params['id']), to, Number(call.params['toId']), undefined, 'api');
  return noContent;
}

function bothTables(call: Call): [Table, Table] {
  if (!Array.isArray(jsonBody(call)['inputs'])) throw invalid("Invalid input JSON: required field 'inputs' is missing");
  return [tableParam(call, 'fromObjectType'), tableParam(call, 'toObjectType')];
}

function bothRecords(call: Call): [Table, HubRecord, Table, HubRecord] {
  const from = tableParam(call);
  const to = tableParam(call, 'toObjectType');
  const record = findRecord(from, Number(call.params['id']));
  const other = findRecord(to, Number(call.params['toId']));
  if (record === undefined || other === undefined) throw missing();
  return [from, record, to, other];
}
