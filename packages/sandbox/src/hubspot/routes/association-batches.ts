import { ApiError, invalid, notFound } from '../http/api-error.ts';
import { batchInputs, type Call, isObject, noContent, type Reply, tableParam } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import type { HubRecord } from '../state/record.ts';
import type { Table } from '../state/table.ts';
import { linkRecords, resolveTypes, unlinkRecords } from '../write/link.ts';
import { linkByDefault, linkedJson } from './association-json.ts';
import { batchReply } from './batch-reply.ts';
import { exactLive } from './find.ts';

const pair = '{fromObjectType}/{toObjectType}';
const batch = (action: string) => ({
  method: 'POST' as const,
  dated: `/crm/associations/{V}/${pair}/batch/${action}`,
  classic: [`/crm/v4/associations/${pair}/batch/${action}`],
  scopes: ['crm.objects.{object}.write'],
});
const most = 2000;

/** Making and removing links, many at a time. */
export const associationBatchRoutes: readonly Route[] = [
  { ...batch('create'), handle: create },
  { ...batch('associate/default'), handle: associateDefault },
  { ...batch('archive'), handle: archive },
  { ...batch('labels/archive'), handle: archiveLabels },
];

type Input = Readonly<Record<string, unknown>>;

function create(call: Call): Reply {
  return eachPair(call, 201, (from, fromRecord, to, toRecord, input) => {
    const types = resolveTypes(call.portal, from, input['types'], to);
    linkRecords(call.portal, from, fromRecord.id, to, toRecord.id, types, 'api');
    return [linkedJson(call.portal, from, fromRecord, to, toRecord, types)];
  });
}

function associateDefault(call: Call): Reply {
  return eachPair(call, 200, (from, fromRecord, to, toRecord) =>
    linkByDefault(call.portal, from, fromRecord, to, toRecord),
  );
}

function eachPair(
  call: Call,
  status: number,
  act: (from: Table, fromRecord: HubRecord, to: Table, toRecord: HubRecord, input: Input) => object[],
): Reply {
  const [from, to] = bothTables(call);
  const errors: ApiError[] = [];
  const results = batchInputs(call, most).flatMap((input) => {
    try {
      return act(from, linkable(from, idIn(input['from'])), to, linkable(to, idIn(input['to'])), input);
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

/** One source with a list of targets an input; what is not linked is not missed. */
function archive(call: Call): Reply {
  const [from, to] = bothTables(call);
  for (const input of batchInputs(call, most)) {
    const targets: unknown[] = Array.isArray(input['to']) ? input['to'] : [input['to']];
    const id = Number(idIn(input['from']));
    for (const target of targets) unlinkRecords(call.portal, from, id, to, Number(idIn(target)), undefined, 'api');
  }
  return archived(call);
}

function archiveLabels(call: Call): Reply {
  const [from, to] = bothTables(call);
  for (const input of batchInputs(call, most)) {
    const types = resolveTypes(call.portal, from, input['types'], to);
    unlinkRecords(call.portal, from, Number(idIn(input['from'])), to, Number(idIn(input['to'])), types, 'api');
  }
  return archived(call);
}

/** 2026-09 answers every association batch with 200. */
function archived(call: Call): Reply {
  return call.version === '2026-09' ? batchReply(call, [], []) : noContent;
}

function bothTables(call: Call): [Table, Table] {
  return [tableParam(call, 'fromObjectType'), tableParam(call, 'toObjectType')];
}

function idIn(given: unknown): string {
  if (isObject(given) && given['id'] !== undefined) return String(given['id']);
  throw invalid("Invalid input JSON: 'from' and 'to' need an 'id'");
}
