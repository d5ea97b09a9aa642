import { fieldAccess, objectAccess, visibleField } from '../access/access.ts';
import { hiddenFrom } from '../access/hidden-from.ts';
import type { ApiFault } from '../errors.ts';
import { type Call, objectOf, type Saved } from '../org.ts';
import type { Field } from '../schema/field.ts';
import { type Cell, idOf, isDeleted, type Row } from '../store/row.ts';
import { cellOf, rowsWhere, type SObject } from '../store/sobject.ts';
import { authorOf } from './author.ts';
import { checkRules } from './check-rules.ts';
import { coerce } from './coerce.ts';
import { addRow, changeRow } from './commit.ts';
import { personAccountFaults } from './person-account.ts';
import { recordTypeFaults } from './record-type.ts';
import { afterSave } from './side-effects.ts';

/** Values as the request's JSON gives them. */
export type Input = Readonly<Record<string, unknown>>;

/** Creates a record for the calling user: permissions, types, required fields, uniqueness, rules, then the row. */
export function createRecord(call: Call, object: SObject, input: Input): Saved {
  if (object.def.createable === false || objectAccess(call.org, call.user, object) !== 'edit') {
    return {
      faults: [
        {
          code: 'INSUFFICIENT_ACCESS_OR_READONLY',
          message: `insufficient access rights on object id: ${object.def.name}`,
          fields: [],
        },
      ],
    };
  }
  const read = readInput(call, object, input, 'create');
  if (read.faults.length > 0) return read;
  const values = withDefaults(call, object, read.values);
  const faults = faultsOf(call, object, undefined, values, input);
  if (faults.length > 0) return { faults };
  assignOwner(call, object, values, undefined);
  const row = addRow(call.org, authorOf(call), object, values);
  afterSave(call, object, row, values, 'create');
  return { id: idOf(row), created: true };
}

/** Updates a record for the calling user. */
export function updateRecord(call: Call, object: SObject, id: string, input: Input): Saved {
  const row = object.rows.get(id);
  if (row === undefined || hiddenFrom(call, object, row))
    return { faults: [{ code: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] }] };
  if (isDeleted(row)) return { faults: [{ code: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }] };
  if (object.def.updateable === false || objectAccess(call.org, call.user, object) !== 'edit') {
    return {
      faults: [
        {
          code: 'INSUFFICIENT_ACCESS_OR_READONLY',
          message: `insufficient access rights on object id: ${object.def.name}`,
          fields: [],
        },
      ],
    };
  }
  const read = readInput(call, object, input, 'update');
  if (read.faults.length > 0) return read;
  const values = new Map(read.values);
  const faults = faultsOf(call, object, row, values, input);
  if (faults.length > 0) return { faults };
  resetDependents(object, row, values);
  assignOwner(call, object, values, row);
  changeRow(call.org, authorOf(call), object, row, values);
  afterSave(call, object, row, values, 'update');
  return { id: idOf(row), created: false };
}

function readInput(
  call: Call,
  object: SObject,
  input: Input,
  action: 'create' | 'update',
): { values: Map<string, Cell>; faults: readonly ApiFault[] } {
  const values = new Map<string, Cell>();
  const faults: ApiFault[] = [];
  const refused: string[] = [];
  for (const [name, value] of Object.entries(input)) {
    if (name === 'attributes' || name.toLowerCase() === 'id') continue;
    const field = visibleField(call.org, call.user, object, name);
    if (field === undefined) {
      const resolved = byExternalKey(call, object, name, value);
      if (resolved === undefined)
        faults.push({
          code: 'INVALID_FIELD',
          message: `No such column '${name}' on sobject of type ${object.def.name}`,
        });
      else if ('fault' in resolved) faults.push(resolved.fault);
      else values.set(resolved.field, resolved.id);
      continue;
    }
    if (
      !(action === 'create' ? field.createable : field.updateable) ||
      fieldAccess(call.org, call.user, object, field) !== 'edit'
    ) {
      refused.push(field.name);
      continue;
    }
    const coerced = coerce(call.org, field, value);
    if ('fault' in coerced) faults.push(coerced.fault);
    else values.set(field.name, coerced.value);
  }
  if (refused.length > 0) {
    faults.push({
      code: 'INVALID_FIELD_FOR_INSERT_UPDATE',
      message: `Unable to create/update fields: ${refused.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      fields: refused,
    });
  }
  return { values, faults };
}

/** A parent named by its external id: `"Account": {"Erp__c": "17"}`. */
function byExternalKey(
  call: Call,
  object: SObject,
  name: string,
  value: unknown,
): { field: string; id: string } | { fault: ApiFault } | undefined {
  const link = [...object.fields.values()].find(
    (field) => field.relationshipName?.toLowerCase() === name.toLowerCase(),
  );
  const target = objectOf(call.org, link?.referenceTo[0] ?? '');
  if (link === undefined || target === undefined || typeof value !== 'object' || value === null) return undefined;
  const [key, wanted] = Object.entries(value).filter(([part]) => part !== 'attributes')[0] ?? [];
  if (key === undefined) return undefined;
  const found = [...rowsWhere(target, key, wanted as Cell)].filter((row) => !isDeleted(row));
  const [only] = found;
  if (only !== undefined && found.length === 1) return { field: link.name, id: idOf(only) };
  const message = `Foreign key external ID: ${String(wanted)} not found for field ${key} in entity ${target.def.name}`;
  return { fault: { code: 'INVALID_FIELD', message } };
}

function withDefaults(call: Call, object: SObject, values: Map<string, Cell>): Map<string, Cell> {
  const complete = new Map(values);
  for (const field of object.fields.values()) {
    if (complete.has(field.name) || field.compute !== null) continue;
    const preset = field.defaultValue ?? field.values.find((value) => value.defaultValue)?.value ?? null;
    if (preset !== null && preset !== false) complete.set(field.name, preset);
  }
  if (object.fields.has('currencyisocode') && !complete.has('CurrencyIsoCode')) {
    complete.set('CurrencyIsoCode', call.user.currency ?? call.org.settings.corporateCurrency ?? 'USD');
  }
  return complete;
}

function faultsOf(
  call: Call,
  object: SObject,
  row: Row | undefined,
  values: Map<string, Cell>,
  input: Input,
): readonly ApiFault[] {
  const missing = missingFields(object, row, values);
  if (missing.length > 0)
    return [
      {
        code: 'REQUIRED_FIELD_MISSING',
        message: `Required fields are missing: [${missing.join(', ')}]`,
        fields: missing,
      },
    ];
  const special = [...personAccountFaults(call, object, row, values), ...recordTypeFaults(call, object, row, values)];
  if (special.length > 0) return special;
  return checkRules(call, object, row, values, input);
}

function missingFields(object: SObject, row: Row | undefined, values: Map<string, Cell>): readonly string[] {
  const isRequired = (field: Field): boolean =>
    !field.nillable &&
    field.createable &&
    field.type !== 'boolean' &&
    field.name !== 'OwnerId' &&
    !personNamed(object, field, values, row);
  return [...object.fields.values()]
    .filter(
      (field) =>
        isRequired(field) &&
        (row === undefined
          ? (values.get(field.name) ?? null) === null
          : values.has(field.name) && values.get(field.name) === null),
    )
    .map((field) => field.name);
}

/** A person account is named by LastName, so Name is not asked for. */
const personNamed = (object: SObject, field: Field, values: Map<string, Cell>, row: Row | undefined): boolean =>
  object.def.name === 'Account' &&
  field.name === 'Name' &&
  object.fields.has('ispersonaccount') &&
  (row !== undefined ? cellOf(object, row, 'IsPersonAccount') === true : (values.get('LastName') ?? null) !== null);

function resetDependents(object: SObject, row: Row, values: Map<string, Cell>): void {
  for (const [field, dependents] of Object.entries(object.def.resets ?? {})) {
    if (!values.has(field) || values.get(field) === cellOf(object, row, field)) continue;
    for (const dependent of dependents) if (!values.has(dependent)) values.set(dependent, null);
  }
}

/**
 * The active assignment rule takes the record unless the request says `Sforce-Auto-Assign: FALSE`: the header's default is TRUE
 * on creates and updates of accounts, cases and leads.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_autoassign.htm
 */
function assignOwner(call: Call, object: SObject, values: Map<string, Cell>, row: Row | undefined): void {
  if ((call.headers['sforce-auto-assign'] ?? 'TRUE').toUpperCase() === 'FALSE') return;
  const owner = call.org.rules.assignment.get(object.def.name);
  if (owner !== undefined && (row === undefined || cellOf(object, row, 'OwnerId') !== owner))
    values.set('OwnerId', owner);
}
