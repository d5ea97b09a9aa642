import { visibleField } from '../access/access.ts';
import { ApiError, asErrorBody, badRequest, notFound, statusOfFault } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { Call, Reply } from '../org.ts';
import { idOf } from '../store/row.ts';
import type { SObject } from '../store/sobject.ts';
import { deleteRecord } from '../write/remove.ts';
import { createRecord, updateRecord } from '../write/save.ts';
import { keyField, rowsWithKey, upsertRecord } from '../write/upsert.ts';
import { failedReply, inputOf, liveRow, objectNamed, recordBody } from './record.ts';
import { type Handler, type Route, route } from './route.ts';

const create: Handler = (call, request, [name = '']) => {
  const object = objectNamed(call, name);
  const saved = createRecord(call, object, inputOf(request.json));
  const failed = failedReply(saved);
  if (failed !== undefined || 'faults' in saved) return failed ?? { status: 400 };
  const headers = { location: `${call.base}/sobjects/${object.def.name}/${saved.id}` };
  return { status: 201, headers, body: { id: saved.id, success: true, errors: [] } };
};

const read: Handler = (call, request, [name = '', id = '']) => {
  const object = objectNamed(call, name);
  const row = liveRow(call, object, id);
  if (row === undefined) throw notFound();
  const names = request.query.get('fields');
  if (names === null) return { status: 200, body: recordBody(call, object, row) };
  const fields = names.split(',').map((field) => {
    const found = visibleField(call.org, call.user, object, field.trim());
    if (found === undefined)
      throw badRequest('INVALID_FIELD', `No such column '${field.trim()}' on entity '${object.def.name}'`);
    return found;
  });
  return { status: 200, body: recordBody(call, object, row, fields) };
};

const update: Handler = (call, request, [name = '', id = '']) => {
  const object = objectNamed(call, name);
  const key = toId18(id);
  if (key === undefined || object.rows.get(key) === undefined) throw notFound();
  return failedReply(updateRecord(call, object, key, inputOf(request.json))) ?? { status: 204 };
};

const remove: Handler = (call, _request, [name = '', id = '']) => {
  const object = objectNamed(call, name);
  const key = toId18(id);
  if (key === undefined || object.rows.get(key) === undefined) throw notFound();
  const faults = deleteRecord(call, object, key);
  return faults[0] === undefined ? { status: 204 } : { status: statusOfFault(faults[0]), body: asErrorBody(faults) };
};

/** 300 with the addresses of the records that share the key. */
function multipleChoices(call: Call, object: SObject, ids: readonly string[]): Reply {
  return { status: 300, body: ids.map((id) => `${call.base}/sobjects/${object.def.name}/${id}`) };
}

function named(call: Call, name: string, fieldName: string): { object: SObject; field: string } {
  const object = objectNamed(call, name);
  const field = keyField(call, object, fieldName);
  if (field === undefined)
    throw notFound(`Provided external ID field does not exist or is not accessible: ${fieldName}`);
  return { object, field: field.name };
}

const readByKey: Handler = (call, _request, [name = '', fieldName = '', value = '']) => {
  const { object, field } = named(call, name, fieldName);
  const rows = rowsWithKey(call, object, field, value);
  if (rows.length > 1) return multipleChoices(call, object, rows.map(idOf));
  if (rows[0] === undefined) throw notFound();
  return { status: 200, body: recordBody(call, object, rows[0]) };
};

const upsertByKey: Handler = (call, request, [name = '', fieldName = '', value = '']) => {
  const { object, field } = named(call, name, fieldName);
  const input = inputOf(request.json);
  if (Object.keys(input).some((key) => key.toLowerCase() === field.toLowerCase())) {
    throw badRequest('INVALID_FIELD', `The ${field} field should not be specified in the sobject data.`);
  }
  const rows = rowsWithKey(call, object, field, value);
  if (rows.length > 1) return multipleChoices(call, object, rows.map(idOf));
  const saved = upsertRecord(call, object, field, value, input);
  if ('faults' in saved) return failedReply(saved) ?? { status: 400 };
  return {
    status: saved.created ? 201 : 200,
    body: { id: saved.id, success: true, errors: [], created: saved.created },
  };
};

const removeByKey: Handler = (call, _request, [name = '', fieldName = '', value = '']) => {
  const { object, field } = named(call, name, fieldName);
  const rows = rowsWithKey(call, object, field, value);
  if (rows.length > 1) return multipleChoices(call, object, rows.map(idOf));
  if (rows[0] === undefined) throw notFound();
  const faults = deleteRecord(call, object, idOf(rows[0]));
  return faults[0] === undefined ? { status: 204 } : { status: statusOfFault(faults[0]), body: asErrorBody(faults) };
};

/** POST of an empty key is the documented way to say "no key": refused here with the platform's words. */
const noKey: Handler = (_call, _request) => {
  throw new ApiError(405, {
    code: 'METHOD_NOT_ALLOWED',
    message: "HTTP Method 'POST' not allowed. Allowed are HEAD,GET,PATCH,DELETE",
  });
};

/** Single-record endpoints. */
export const recordRoutes: readonly Route[] = [
  route('POST', '/sobjects/{object}', create),
  route('GET', '/sobjects/{object}/{id}', read),
  route('PATCH', '/sobjects/{object}/{id}', update),
  route('DELETE', '/sobjects/{object}/{id}', remove),
  route('GET', '/sobjects/{object}/{field}/{+value}', readByKey),
  route('PATCH', '/sobjects/{object}/{field}/{+value}', upsertByKey),
  route('DELETE', '/sobjects/{object}/{field}/{+value}', removeByKey),
  route('POST', '/sobjects/{object}/{field}/{+value}', noKey),
];
