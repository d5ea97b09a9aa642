import { visibleField } from '../access/access.ts';
import { hiddenFrom } from '../access/hidden-from.ts';
import { toId18 } from '../ids.ts';
import type { Call, Saved } from '../org.ts';
import type { Field } from '../schema/field.ts';
import { idOf, isDeleted, type Row } from '../store/row.ts';
import { cellOf, rowsWhere, type SObject } from '../store/sobject.ts';
import { coerce } from './coerce.ts';
import { createRecord, type Input, updateRecord } from './save.ts';

/** The field if records may be looked up by it: Id, an external id, or a standard idLookup field. */
export function keyField(call: Call, object: SObject, name: string): Field | undefined {
  const field = visibleField(call.org, call.user, object, name);
  return field !== undefined && (field.type === 'id' || field.externalId || field.idLookup) ? field : undefined;
}

/** Live rows that carry the key: case-insensitive unless the field says otherwise. */
export function rowsWithKey(call: Call, object: SObject, field: string, value: unknown): readonly Row[] {
  const definition = object.fields.get(field.toLowerCase());
  if (definition === undefined) return [];
  if (definition.type === 'id') {
    const row = object.rows.get(toId18(String(value)) ?? '');
    return row === undefined || isDeleted(row) ? [] : [row];
  }
  const coerced = coerce(call.org, definition, value);
  if (!('value' in coerced) || coerced.value === null) return [];
  const wanted = coerced.value;
  return [...rowsWhere(object, field, wanted)].filter(
    (row) =>
      !isDeleted(row) &&
      !hiddenFrom(call, object, row) &&
      (!definition.caseSensitive || cellOf(object, row, field) === wanted),
  );
}

/** Updates the one record with this key, or creates it. Several matches are DUPLICATE_EXTERNAL_ID. */
export function upsertRecord(call: Call, object: SObject, field: string, value: unknown, input: Input): Saved {
  const isIdKey = field.toLowerCase() === 'id';
  const empty = value === null || value === undefined || value === '';
  if (empty && !isIdKey)
    return { faults: [{ code: 'MISSING_ARGUMENT', message: `${field} not specified`, fields: [] }] };
  const rows = empty ? [] : rowsWithKey(call, object, field, value);
  if (rows.length > 1)
    return {
      faults: [
        {
          code: 'DUPLICATE_EXTERNAL_ID',
          message: `${field}: more than one record found for external id field: [${rows.map(idOf).join(', ')}]`,
          fields: [],
        },
      ],
    };
  const rest = Object.fromEntries(Object.entries(input).filter(([key]) => key.toLowerCase() !== field.toLowerCase()));
  if (rows[0] !== undefined) return updateRecord(call, object, idOf(rows[0]), rest);
  if (isIdKey && !empty)
    return { faults: [{ code: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] }] };
  return createRecord(call, object, isIdKey ? rest : { ...rest, [field]: value });
}
