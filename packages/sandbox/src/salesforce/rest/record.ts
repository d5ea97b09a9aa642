import { visibleFields, visibleObject } from '../access/access.ts';
import { hiddenFrom } from '../access/hidden-from.ts';
import { ApiError, asErrorBody, notFound, statusOfFault } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { Call, Reply, Saved } from '../org.ts';
import type { Field } from '../schema/field.ts';
import { attributesOf } from '../soql/project.ts';
import { getter } from '../store/read.ts';
import { type Cell, idOf, isDeleted, type Row } from '../store/row.ts';
import type { SObject } from '../store/sobject.ts';
import { toJson } from '../store/values.ts';
import type { Input } from '../write/save.ts';

/** The object that this user sees under a name; 404 otherwise. */
export function objectNamed(call: Call, name: string): SObject {
  const object = visibleObject(call.org, call.user, name);
  if (object === undefined) throw notFound();
  return object;
}

/** The live row of an id (15 or 18 characters) that this user sees; undefined otherwise. */
export function liveRow(call: Call, object: SObject, id: string): Row | undefined {
  const row = object.rows.get(toId18(id) ?? '');
  return row === undefined || isDeleted(row) || hiddenFrom(call, object, row) ? undefined : row;
}

/** A whole record as GET answers it: all visible fields, or the named ones. */
export function recordBody(
  call: Call,
  object: SObject,
  row: Row,
  fields: readonly Field[] = visibleFields(call.org, call.user, object),
): Record<string, unknown> {
  const body: Record<string, unknown> = { attributes: attributesOf(call.base, object, idOf(row)) };
  for (const field of fields) {
    const value = getter(call.org, object, field)(row);
    body[field.name] = typeof value === 'object' ? value : toJson(field, value as Cell);
  }
  return body;
}

/** The body of a write as an object; anything else is the JSON parser's error. */
export function inputOf(json: unknown): Input {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ApiError(400, {
      code: 'JSON_PARSER_ERROR',
      message: 'The HTTP entity body is required, but this request has no entity body.',
    });
  }
  return json as Input;
}

/** The error reply of a failed single-record write; undefined when it worked. */
export function failedReply(saved: Saved): Reply | undefined {
  if (!('faults' in saved)) return undefined;
  const [first] = saved.faults;
  return { status: first === undefined ? 400 : statusOfFault(first), body: asErrorBody(saved.faults) };
}
