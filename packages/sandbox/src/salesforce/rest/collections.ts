import { visibleField, visibleObject } from '../access/access.ts';
import { ApiError, type ApiFault, asSaveErrors, badRequest, notFound } from '../errors.ts';
import { toId18 } from '../ids.ts';
import { type Call, objectOfId, type Reply, type Saved } from '../org.ts';
import type { SObject } from '../store/sobject.ts';
import { deleteRecord } from '../write/remove.ts';
import { createRecord, type Input, updateRecord } from '../write/save.ts';
import { keyField, upsertRecord } from '../write/upsert.ts';
import { inputOf, liveRow, objectNamed, recordBody } from './record.ts';
import { type Handler, type Route, route } from './route.ts';

/** Records of one collection request; Salesforce's limit. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections.htm */
const most = 200;

interface Batch {
  readonly records: readonly Input[];
  readonly allOrNone: boolean;
}

function batchOf(json: unknown): Batch {
  const input = inputOf(json);
  if (!Array.isArray(input.records)) throw badRequest('MISSING_ARGUMENT', 'The records field is required');
  if (input.records.length > most)
    throw badRequest(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${most} records into this call`,
    );
  return { records: input.records as readonly Input[], allOrNone: input.allOrNone === true };
}

/** Runs one save per record and answers in the same order, HTTP 200 whatever came of it; a failed row carries no id. */
function each(
  call: Call,
  count: number,
  allOrNone: boolean,
  save: (index: number) => Saved,
  show: (saved: Saved) => unknown,
): Reply {
  const outer = call.undo;
  const undo: (() => void)[] = [];
  if (allOrNone || outer !== undefined) call.undo = undo;
  const results: Saved[] = [];
  for (let index = 0; index < count; index++) results.push(save(index));
  const failed = results.some((saved) => 'faults' in saved);
  if (allOrNone && failed) rollBack(undo);
  else outer?.push(...undo);
  if (outer === undefined) delete call.undo;
  else call.undo = outer;
  return { status: 200, body: results.map((saved) => show(allOrNone && failed ? rolledBack(saved) : saved)) };
}

/** Takes changes back, newest first. */
export function rollBack(undo: (() => void)[]): void {
  while (undo.length > 0) undo.pop()?.();
}

const rolledBack = (saved: Saved): Saved =>
  'faults' in saved
    ? saved
    : {
        faults: [
          {
            code: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
          },
        ],
      };

const plainResult = (saved: Saved): unknown =>
  'faults' in saved
    ? { success: false, errors: asSaveErrors(saved.faults) }
    : { id: saved.id, success: true, errors: [] };

const upsertResult = (saved: Saved): unknown =>
  'faults' in saved
    ? { success: false, errors: asSaveErrors(saved.faults), created: false }
    : { id: saved.id, success: true, errors: [], created: saved.created };

const fault = (code: string, message: string): Saved => ({
  faults: [{ code, message, fields: [] } satisfies ApiFault],
});

function typeOf(call: Call, record: Input): SObject | undefined {
  const attributes = record.attributes as { readonly type?: string } | undefined;
  if (attributes?.type === undefined)
    throw badRequest('INVALID_TYPE', 'sObject type is required in the attributes of each record');
  return visibleObject(call.org, call.user, attributes.type);
}

const unknownType = (record: Input): Saved =>
  fault(
    'INVALID_TYPE',
    `sObject type '${String((record.attributes as { readonly type?: string } | undefined)?.type)}' is not supported.`,
  );

const create: Handler = (call, request) => {
  const { records, allOrNone } = batchOf(request.json);
  const save = (index: number): Saved => {
    const record = records[index] as Input;
    const object = typeOf(call, record);
    return object === undefined ? unknownType(record) : createRecord(call, object, record);
  };
  return each(call, records.length, allOrNone, save, plainResult);
};

const idIn = (record: Input): unknown => record.id ?? record.Id ?? record.ID;

const update: Handler = (call, request) => {
  const { records, allOrNone } = batchOf(request.json);
  const seen = new Set<string>();
  const save = (index: number): Saved => {
    const record = records[index] as Input;
    const object = typeOf(call, record);
    if (object === undefined) return unknownType(record);
    const given = idIn(record);
    if (typeof given !== 'string' || given === '')
      return fault('MISSING_ARGUMENT', 'Id not specified in an update call');
    const id = toId18(given);
    if (id === undefined) return fault('MALFORMED_ID', `malformed id ${given}`);
    if (seen.has(id)) return fault('DUPLICATE_VALUE', `duplicate id: ${id}`);
    seen.add(id);
    return updateRecord(call, object, id, record);
  };
  return each(call, records.length, allOrNone, save, plainResult);
};

const upsert: Handler = (call, request, [name = '', fieldName = '']) => {
  const object = objectNamed(call, name);
  const field = keyField(call, object, fieldName);
  if (field === undefined)
    throw notFound(`Provided external ID field does not exist or is not accessible: ${fieldName}`);
  const { records, allOrNone } = batchOf(request.json);
  const save = (index: number): Saved => {
    const record = records[index] as Input;
    const key = Object.keys(record).find((candidate) => candidate.toLowerCase() === field.name.toLowerCase());
    return upsertRecord(call, object, field.name, key === undefined ? undefined : record[key], record);
  };
  return each(call, records.length, allOrNone, save, upsertResult);
};

const remove: Handler = (call, request) => {
  const ids = (request.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length > most)
    throw badRequest(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${most} records into this call`,
    );
  const save = (index: number): Saved => {
    const given = ids[index] as string;
    const id = toId18(given);
    if (id === undefined) return fault('MALFORMED_ID', `malformed id ${given}`);
    const object = objectOfId(call.org, id);
    if (object === undefined) return fault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    const faults = deleteRecord(call, object, id);
    return faults.length === 0 ? { id, created: false } : { faults };
  };
  return each(call, ids.length, request.query.get('allOrNone') === 'true', save, plainResult);
};

/** Records by id, with null where there is none that this user sees. */
const retrieve: Handler = (call, request, [name = '']) => {
  const object = objectNamed(call, name);
  const input = inputOf(
    request.json ?? { ids: request.query.get('ids')?.split(','), fields: request.query.get('fields')?.split(',') },
  );
  const ids = input.ids;
  const names = input.fields;
  if (!Array.isArray(ids) || !Array.isArray(names))
    throw badRequest('MISSING_ARGUMENT', 'The ids and fields arguments are required');
  if (ids.length > 2000)
    throw badRequest('EXCEEDED_ID_LIMIT', 'record limit reached. cannot submit more than 2000 records into this call');
  const fields = names.map((field) => {
    const found = visibleField(call.org, call.user, object, String(field));
    if (found === undefined)
      throw new ApiError(400, {
        code: 'INVALID_FIELD',
        message: `No such column '${String(field)}' on entity '${object.def.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
      });
    return found;
  });
  const withId = fields.some((field) => field.type === 'id')
    ? fields
    : [object.fields.get('id') as (typeof fields)[number], ...fields];
  const records = ids.map((id) => {
    const row = liveRow(call, object, String(id));
    return row === undefined ? null : recordBody(call, object, row, withId);
  });
  return { status: 200, body: records };
};

/** Collection endpoints. */
export const collectionRoutes: readonly Route[] = [
  route('POST', '/composite/sobjects', create),
  route('PATCH', '/composite/sobjects', update),
  route('DELETE', '/composite/sobjects', remove),
  route('POST', '/composite/sobjects/{object}', retrieve),
  route('GET', '/composite/sobjects/{object}', retrieve),
  route('PATCH', '/composite/sobjects/{object}/{field}', upsert),
];
