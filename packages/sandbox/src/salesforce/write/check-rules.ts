import type { ApiFault } from '../errors.ts';
import type { Call } from '../org.ts';
import { type Cell, idOf, isDeleted, type Row } from '../store/row.ts';
import { cellOf, rowsWhere, type SObject } from '../store/sobject.ts';
import type { DuplicateRule } from './rules.ts';
import type { Input } from './save.ts';

/** Everything that may refuse a save of well-formed values: locks, converted leads, loops, uniqueness, duplicate and validation rules. */
export function checkRules(
  call: Call,
  object: SObject,
  row: Row | undefined,
  values: Map<string, Cell>,
  _input: Input,
): readonly ApiFault[] {
  const checks = [
    lockFaults,
    convertedLeadFaults,
    hierarchyFaults,
    assignmentFaults,
    uniqueFaults,
    duplicateFaults,
    validationFaults,
  ];
  for (const check of checks) {
    const faults = check(call, object, row, values);
    if (faults.length > 0) return faults;
  }
  return [];
}

type Check = (call: Call, object: SObject, row: Row | undefined, values: Map<string, Cell>) => readonly ApiFault[];

/** A lock on the record or on a parent it points to: saving a child locks its parent. */
const lockFaults: Check = (call, _object, row, values) => {
  const touched = [
    ...(row === undefined ? [] : [idOf(row)]),
    ...[...values.values()].filter((value) => typeof value === 'string'),
  ];
  const locked = touched.find((id) => (call.org.locks.get(id) ?? 0) > 0);
  if (locked === undefined) return [];
  const left = (call.org.locks.get(locked) ?? 0) - 1;
  call.org.locks.set(locked, left);
  return [
    {
      code: 'UNABLE_TO_LOCK_ROW',
      message: `unable to obtain exclusive access to this record or 1 records: ${locked}`,
      fields: [],
    },
  ];
};

const convertedLeadFaults: Check = (_call, object, row) =>
  object.def.name === 'Lead' && row !== undefined && cellOf(object, row, 'IsConverted') === true
    ? [{ code: 'CANNOT_UPDATE_CONVERTED_LEAD', message: 'cannot reference converted lead', fields: [] }]
    : [];

/** A record may not become its own ancestor. */
const hierarchyFaults: Check = (_call, object, row, values) => {
  const parent = values.get('ParentId');
  if (row === undefined || typeof parent !== 'string') return [];
  const seen = new Set<string>([idOf(row)]);
  for (let id: Cell = parent; typeof id === 'string'; ) {
    if (seen.has(id))
      return [
        { code: 'CIRCULAR_DEPENDENCY', message: 'attempt to violate hierarchy constraints', fields: ['ParentId'] },
      ];
    seen.add(id);
    const next = object.rows.get(id);
    id = next === undefined ? null : cellOf(object, next, 'ParentId');
  }
  return [];
};

/** A permission set is assigned to a user once. */
const assignmentFaults: Check = (_call, object, _row, values) => {
  if (object.def.name !== 'PermissionSetAssignment') return [];
  const assignee = values.get('AssigneeId') ?? null;
  const set = values.get('PermissionSetId') ?? null;
  const same = [...rowsWhere(object, 'AssigneeId', assignee)].some(
    (other) => !isDeleted(other) && cellOf(object, other, 'PermissionSetId') === set,
  );
  if (!same) return [];
  return [
    {
      code: 'DUPLICATE_VALUE',
      message: `Duplicate PermissionSetAssignment. Assignee: ${assignee}; Permission Set: ${set}`,
      fields: [],
    },
  ];
};

const uniqueFaults: Check = (_call, object, row, values) => {
  for (const [name, value] of values) {
    const field = object.fields.get(name.toLowerCase());
    if (field?.unique !== true || value === null) continue;
    const same = [...rowsWhere(object, name, value)].find(
      (other) => other !== row && !isDeleted(other) && (!field.caseSensitive || cellOf(object, other, name) === value),
    );
    if (same !== undefined) {
      return [
        {
          code: 'DUPLICATE_VALUE',
          message: `duplicate value found: ${field.name} duplicates value on record with id: ${idOf(same).slice(0, 15)}`,
          fields: [],
        },
      ];
    }
  }
  return [];
};

const duplicateFaults: Check = (call, object, row, values) => {
  const header = call.headers['sforce-duplicate-rule-header'] ?? '';
  const mayAllow = /allowSave\s*=\s*true/i.test(header);
  for (const rule of call.org.rules.duplicates) {
    if (rule.object !== object.def.name || (mayAllow && rule.allowSave)) continue;
    if (row !== undefined && !rule.fields.some((field) => values.has(field))) continue;
    const matches = matchesOf(object, row, values, rule);
    if (matches.length > 0) return [duplicateFault(call, object, rule, matches)];
  }
  return [];
};

function matchesOf(
  object: SObject,
  row: Row | undefined,
  values: Map<string, Cell>,
  rule: DuplicateRule,
): readonly Row[] {
  const current = (field: string): Cell => values.get(field) ?? (row === undefined ? null : cellOf(object, row, field));
  const first = rule.fields[0];
  if (first === undefined || rule.fields.some((field) => current(field) === null)) return [];
  const fold = (value: Cell): Cell => (typeof value === 'string' ? value.toLowerCase() : value);
  return [...rowsWhere(object, first, current(first))].filter(
    (other) =>
      other !== row &&
      !isDeleted(other) &&
      rule.fields.every((field) => fold(cellOf(object, other, field)) === fold(current(field))),
  );
}

/** The matches travel in duplicateResult, as developer docs' DuplicateResult describes it. */
function duplicateFault(call: Call, object: SObject, rule: DuplicateRule, matches: readonly Row[]): ApiFault {
  const developerName = rule.name.replaceAll(' ', '_');
  const matchRecords = matches.map((match) => ({
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: {
      attributes: { type: object.def.name, url: `${call.base}/sobjects/${object.def.name}/${idOf(match)}` },
      Id: idOf(match),
    },
  }));
  return {
    code: 'DUPLICATES_DETECTED',
    message: 'Use one of these records?',
    extra: {
      duplicateResult: {
        allowSave: rule.allowSave,
        duplicateRule: developerName,
        duplicateRuleEntityType: object.def.name,
        errorMessage: 'Use one of these records?',
        matchResults: [
          {
            entityType: object.def.name,
            errors: [],
            matchEngine: 'FuzzyMatchEngine',
            matchRecords,
            rule: developerName,
            size: matches.length,
            success: true,
          },
        ],
      },
    },
  };
}

const validationFaults: Check = (call, object, row, values) => {
  const record = (field: string): Cell =>
    values.has(field) ? (values.get(field) ?? null) : row === undefined ? null : cellOf(object, row, field);
  return call.org.rules.validation
    .filter((rule) => rule.object === object.def.name && rule.fails(record))
    .map((rule) => ({
      code: rule.code ?? 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: rule.message,
      fields: rule.field === undefined ? [] : [rule.field],
    }));
};
