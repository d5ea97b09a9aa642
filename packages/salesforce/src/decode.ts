import type { CodecContext, Entities, EntityName, Gone, Id, Reject } from '@holdfast/core';
import { parseInstant, qualifyId } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import type { AnyRule, BoundSource } from './bind.ts';
import { contactId } from './codecs.ts';
import { recordId } from './record-id.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What one row turned out to be. */
export type Decoded<E extends EntityName> =
  | { readonly record: Entities[E] }
  | { readonly reject: Reject }
  | { readonly gone: Gone };

/** Turns a row into a record by the rules of its source. Issues name fields, never values. */
export function decodeRow<E extends EntityName>(source: BoundSource, row: Row, org: CodecContext): Decoded<E> {
  const id = rowId(source, row);
  if (id === null) return { reject: { id: null, issues: [`${source.object}: the row has no record id`] } };
  if (row['IsDeleted'] === true) return { gone: goneOf(source, id, row) };
  if (isNone(source, row)) return { gone: { id, at: stampOf(row), mergedInto: null } };
  if (row['IsPersonAccount'] === true)
    return { reject: { id, issues: ['a person account, which Holdfast does not support yet'] } };
  const context = contextOf(row, org);
  const values: Record<string, unknown> = { id };
  const issues: string[] = [];
  for (const [domainField, rule] of Object.entries(source.rules)) {
    try {
      values[domainField] = decodeRule(rule, row, context);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      issues.push(`${domainField} (${vendorName(rule)}) ${error.message}`);
    }
  }
  if (issues.length > 0) return { reject: { id, issues } };
  if (source.ends.some((end) => values[end] === null)) return { gone: { id, at: stampOf(row), mergedInto: null } };
  const parsed = entitySchemas[source.entity as E].safeParse(values);
  if (parsed.success) return { record: parsed.data as Entities[E] };
  return { reject: { id, issues: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) } };
}

/** A relation whose lookup was emptied, or that somebody took back, is none (any more). */
function isNone({ relation, unless }: BoundSource, row: Row): boolean {
  if (relation !== null && (row[relation] ?? null) === null) return true;
  const letters = (value: unknown) =>
    String(value ?? '')
      .toLowerCase()
      .replace(/[^a-z]/g, '');
  return Object.entries(unless).some(([name, values]) => values.includes(letters(row[name])));
}

/** The qualified id of a row. */
export function rowId(source: BoundSource, row: Row): Id | null {
  const id = typeof row['Id'] === 'string' ? recordId(row['Id']) : null;
  return id === null ? null : qualifyId(source.idPrefix, id);
}

/** A deleted row; after a merge it names the record that won, for as long as it is in the recycle bin. */
export function goneOf(source: BoundSource, id: Id, row: Row): Gone {
  const master = typeof row['MasterRecordId'] === 'string' ? recordId(row['MasterRecordId']) : null;
  // a relation that went with its record was not merged into another relation
  return {
    id,
    at: stampOf(row),
    mergedInto: master === null || source.relation !== null ? null : qualifyId(source.idPrefix, master),
  };
}

function stampOf(row: Row): number | null {
  return typeof row['SystemModstamp'] === 'string' ? parseInstant(row['SystemModstamp']) : null;
}

/** Amounts of a record are in the record's own currency, which only a multi-currency org names. */
function contextOf(row: Row, org: CodecContext): CodecContext {
  const own = row['CurrencyIsoCode'];
  return typeof own === 'string' && own !== '' ? { ...org, currency: own } : org;
}

function decodeRule(rule: AnyRule, row: Row, context: CodecContext): unknown {
  switch (rule.rule) {
    case 'unmapped':
      return null;
    case 'constant':
      return rule.value;
    case 'field':
      return rule.codec.decode(valueAt(row, rule.name), context);
    case 'fields':
      return rule.decode(row, context);
    case 'link':
      return childIds(row[rule.label ?? ''], context);
  }
}

/** `Product2.Name` lies one object deeper; a lookup that is empty or hidden makes the whole path empty. */
function valueAt(row: Row, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, part) => (typeof at === 'object' && at !== null ? (at as Row)[part] : undefined), row);
}

/** The contacts of a child query, each once; Salesforce sends null instead of an empty list. */
function childIds(children: unknown, context: CodecContext): readonly Id[] {
  const records = (children as { readonly records?: readonly Row[] } | null | undefined)?.records ?? [];
  const ids = records.map((child) => contactId.decode(child['ContactId'], context)).filter((id) => id !== null);
  return [...new Set(ids)];
}

function vendorName(rule: AnyRule): string {
  return rule.rule === 'field'
    ? rule.name
    : rule.rule === 'fields'
      ? rule.names.join(', ')
      : ('label' in rule && rule.label) || rule.rule;
}
