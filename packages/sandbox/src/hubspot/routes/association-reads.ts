import { type ApiError, notFound } from '../http/api-error.ts';
import { batchInputs, type Call, limitParam, ok, type Reply, tableParam } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import { linksOf } from '../state/links.ts';
import type { Portal } from '../state/portal.ts';
import type { Table } from '../state/table.ts';
import { batchReply } from './batch-reply.ts';
import { exactLive, missing, readable, shuffled } from './find.ts';

const pair = '{fromObjectType}/{toObjectType}';
const single = '{objectType}/{id}/associations/{toObjectType}';
const pageSize = 500;

/** Reading links: of many records at once, or of one; the latter is gone from the 2026-09 paths. */
export const associationReadRoutes: readonly Route[] = [
  {
    method: 'POST',
    dated: `/crm/associations/{V}/${pair}/batch/read`,
    classic: [`/crm/v4/associations/${pair}/batch/read`],
    scopes: ['crm.objects.{object}.read'],
    handle: batchRead,
  },
  {
    method: 'GET',
    dated: `/crm/objects/{V}/${single}`,
    classic: [`/crm/v4/objects/${single}`],
    absentIn: ['2026-09'],
    scopes: ['crm.objects.{object}.read'],
    handle: list,
  },
];

interface Target {
  readonly toObjectId: number;
  readonly associationTypes: readonly object[];
}

/** The distinct live targets of a record, each with all its types; `toObjectId` is a number, alone among all ids. */
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

/** A page of a record's targets, and the way to the next one. */
function page(all: readonly Target[], after: unknown, limit: number): { items: readonly Target[]; paging: object } {
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
  const from = tableParam(call, 'fromObjectType');
  const to = tableParam(call, 'toObjectType');
  const errors: ApiError[] = [];
  const results = batchInputs(call, 1000).flatMap((input) => {
    const id = String(input['id']);
    const all = targets(call.portal, from, to, Number(id));
    if (all.length === 0) {
      errors.push(noAssociations(from, to, id));
      return [];
    }
    const { items, paging } = page(all, input['after'], pageSize);
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
  const { items, paging } = page(targets(call.portal, from, to, record.id), call.query.get('after'), limit);
  return ok({ results: items, ...paging });
}
