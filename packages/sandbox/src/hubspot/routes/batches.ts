import { ApiError, invalid, notFound } from '../http/api-error.ts';
import { batchInputs, type Call, jsonBody, noContent, type Reply, tableParam } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import { setArchived, updateRecord } from '../state/commit.ts';
import type { HubRecord } from '../state/record.ts';
import type { Table } from '../state/table.ts';
import { commitCreate, readyCreate, refuseAgainstRules } from '../write/create.ts';
import { checkedValues } from '../write/validate.ts';
import { batchReply } from './batch-reply.ts';
import { byUnique, exactLive, readable, shuffled } from './find.ts';
import { recordJson, writtenJson } from './record-json.ts';

type Input = Readonly<Record<string, unknown>>;

const path = (action: string) => ({
  method: 'POST' as const,
  dated: `/crm/objects/{V}/{objectType}/batch/${action}`,
  classic: [`/crm/v3/objects/{objectType}/batch/${action}`],
});
const read = ['crm.objects.{object}.read'];
const write = ['crm.objects.{object}.write'];
const most = 100;

/** Batches of records. Results come in no order; errors of single items stand beside them. */
export const batchRoutes: readonly Route[] = [
  { ...path('read'), scopes: read, handle: batchRead },
  { ...path('create'), scopes: write, handle: batchCreate },
  { ...path('update'), scopes: write, handle: batchUpdate },
  { ...path('upsert'), scopes: write, handle: batchUpsert },
  { ...path('archive'), scopes: write, handle: batchArchive },
];

function batchRead(call: Call): Reply {
  const table = tableParam(call);
  const body = jsonBody(call);
  const archived = call.query.get('archived') === 'true';
  const property = text(body['idProperty']);
  const names = strings(body['properties']);
  const history = strings(body['propertiesWithHistory']);
  const found = new Map<number, HubRecord>();
  const lost: string[] = [];
  for (const input of batchInputs(call, history.length > 0 ? 50 : most)) {
    const id = String(input['id']);
    const record = property === undefined ? readable(call.portal, table, id, archived) : byUnique(table, property, id);
    if (record === undefined) lost.push(id);
    else found.set(record.id, record);
  }
  const results = [...found.values()].map((record) => recordJson(call.portal, table, record.current, names, history));
  return batchReply(call, shuffled(call.portal, results), lost.length === 0 ? [] : [lostRecords(table, lost)]);
}

/** One error for all the ids that were not found, with the ids in its context. */
function lostRecords(table: Table, ids: readonly string[]): ApiError {
  return notFound(
    `Could not get some ${table.type.name.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`,
    {
      context: { ids },
    },
  );
}

/** All or nothing, unless every input carries its own trace id: then errors are per input. */
function batchCreate(call: Call): Reply {
  const table = tableParam(call);
  const inputs = batchInputs(call, most);
  const traces = new Set(
    inputs.map((input) => text(input['objectWriteTraceId'])).filter((trace) => trace !== undefined),
  );
  const traced = inputs.length > 0 && traces.size === inputs.length;
  const errors: ApiError[] = [];
  const ready = inputs.flatMap((input) => {
    try {
      return [{ input, create: readyCreate(call, table, input) }];
    } catch (error) {
      if (!traced || !(error instanceof ApiError)) throw error;
      errors.push(withTrace(error, input));
      return [];
    }
  });
  refuseTwins(
    table,
    ready.map(({ create }) => create.changes),
  );
  const results = ready.map(({ input, create }) => {
    const record = commitCreate(call.portal, table, create, 'api');
    return { ...writtenJson(call.portal, table, record, create.written, true), ...traceOf(input) };
  });
  return batchReply(call, shuffled(call.portal, results), errors, 201);
}

/** Two inputs of one batch may not claim the same unique value. */
function refuseTwins(table: Table, all: readonly Readonly<Record<string, string | null>>[]): void {
  for (const name of table.unique.keys()) {
    const values = all.map((changes) => changes[name]?.toLowerCase()).filter((value) => value);
    if (new Set(values).size !== values.length)
      throw invalid(`Duplicate values found in batch input for the unique property ${name}`);
  }
}

function batchUpdate(call: Call): Reply {
  const table = tableParam(call);
  const inputs = batchInputs(call, most);
  const seen = new Set<string>();
  for (const input of inputs) {
    const key = `${String(input['idProperty'] ?? '')} ${String(input['id'])}`;
    if (seen.has(key))
      throw invalid(`Duplicate IDs found in batch input: [${String(input['id'])}]. IDs must be unique`);
    seen.add(key);
  }
  const lost: string[] = [];
  const errors: ApiError[] = [];
  const results = inputs.flatMap((input) => {
    const property = text(input['idProperty']);
    const id = String(input['id']);
    const record = property === undefined ? exactLive(table, id) : byUnique(table, property, id);
    if (record === undefined) {
      lost.push(id);
      return [];
    }
    return written(call, table, record, input, errors);
  });
  return batchReply(
    call,
    shuffled(call.portal, results),
    lost.length === 0 ? errors : [...errors, lostRecords(table, lost)],
  );
}

function batchUpsert(call: Call): Reply {
  const table = tableParam(call);
  const inputs = batchInputs(call, most);
  const ids = inputs.map((input) => String(input['id']).toLowerCase());
  if (new Set(ids).size !== ids.length) throw invalid('Duplicate IDs found in batch input. IDs must be unique');
  const errors: ApiError[] = [];
  const results = inputs.flatMap((input) => {
    const property = text(input['idProperty']);
    if (property === undefined) throw invalid("Invalid input JSON: required field 'idProperty' is missing");
    const record = byUnique(table, property, String(input['id']));
    if (record !== undefined)
      return written(call, table, record, input, errors).map((json) => ({ ...json, new: false }));
    return createdByKey(call, table, input, property, errors);
  });
  return batchReply(call, shuffled(call.portal, results), errors);
}

function createdByKey(call: Call, table: Table, input: Input, property: string, errors: ApiError[]): object[] {
  const properties = { ...(input['properties'] as object), [property]: input['id'] };
  return guarded(input, errors, () => {
    const ready = readyCreate(call, table, { properties });
    const record = commitCreate(call.portal, table, ready, 'api');
    return { ...writtenJson(call.portal, table, record, ready.written, true), new: true, ...traceOf(input) };
  });
}

function written(call: Call, table: Table, record: HubRecord, input: Input, errors: ApiError[]): object[] {
  return guarded(input, errors, () => {
    const changes = checkedValues(call.portal, table, input['properties'], record);
    refuseAgainstRules(call, table, changes, false);
    updateRecord(call.portal, table, record, changes, 'api');
    return { ...writtenJson(call.portal, table, record, Object.keys(changes), false), ...traceOf(input) };
  });
}

function guarded(input: Input, errors: ApiError[], act: () => object): object[] {
  try {
    return [act()];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    errors.push(withTrace(error, input));
    return [];
  }
}

function batchArchive(call: Call): Reply {
  const table = tableParam(call);
  for (const input of batchInputs(call, most)) {
    const record = exactLive(table, String(input['id']));
    if (record !== undefined) setArchived(call.portal, table, record, true, 'api');
  }
  return noContent;
}

/** The context that lets a caller tell which input an error belongs to. */
function withTrace(error: ApiError, input: Input): ApiError {
  const trace = text(input['objectWriteTraceId']);
  const id = text(input['id']);
  const context = {
    ...error.parts.context,
    ...(id === undefined ? {} : { id: [id] }),
    ...(trace === undefined ? {} : { objectWriteTraceId: [trace] }),
  };
  return new ApiError(error.status, error.message, { ...error.parts, context });
}

function traceOf(input: Input): object {
  const trace = text(input['objectWriteTraceId']);
  return trace === undefined ? {} : { objectWriteTraceId: trace };
}

function text(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
