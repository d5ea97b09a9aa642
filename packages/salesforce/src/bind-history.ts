import { EDITED_FIELDS, type EditedEntity } from '@holdfast/core';
import type { AnyRule, Bound, BoundEntity, BoundSource } from './bind.ts';
import { money } from './codecs.ts';
import type { DescribedField, ObjectShape } from './describe.ts';
import { name, type Soql, soql } from './soql.ts';

/** A domain field with the parent's field that it is read from. */
export interface TrackedField {
  readonly field: string;
  readonly rule: Extract<AnyRule, { readonly rule: 'field' | 'fields' }>;
  readonly described: DescribedField;
}

/** One object of history, ready to be asked. */
export interface HistorySource extends BoundSource {
  readonly of: {
    readonly entity: EditedEntity;
    /** First half of the ids of the records that it is the history of. */
    readonly idPrefix: string;
    /** The lookup to them. */
    readonly parent: string;
    /** By what the column `Field` holds; for entries by the name of the column. */
    readonly tracked: ReadonlyMap<string, TrackedField>;
    readonly entries: boolean;
  };
}

/** Columns of OpportunityHistory that a domain field is read from; kept of every opportunity, whatever is tracked. */
const ENTERED: readonly string[] = ['StageName', 'Amount', 'CloseDate'];
/** Kinds of field of whose values history keeps nothing (Object Reference, "EntityHistory"). */
const VALUES_NOT_KEPT: readonly string[] = ['multipicklist', 'encryptedstring', 'address'];

/** The History objects of what is read here; an object without one has no field tracked, or is hidden with its parent. */
export function bindHistory(bound: Bound): BoundEntity | { readonly unavailable: string } {
  const sources = (Object.keys(EDITED_FIELDS) as EditedEntity[]).flatMap((entity) => {
    const how = bound[entity];
    return 'unavailable' in how ? [] : how.sources.flatMap((source) => historiesOf(entity, source));
  });
  if (sources.length === 0) return { unavailable: 'This org keeps no history of the fields that are read here' };
  const kept = new Set(
    sources.flatMap(({ of }) => [...of.tracked.values()].map(({ field }) => `${of.entity}.${field}`)),
  );
  const all = Object.entries(EDITED_FIELDS).flatMap(([entity, fields]) => fields.map((field) => `${entity}.${field}`));
  const lacking = all.filter((field) => !kept.has(field));
  return { sources, missing: Object.fromEntries(lacking.map((field) => [field, 'No history of it can be read here'])) };
}

function historiesOf(entity: EditedEntity, source: BoundSource): readonly HistorySource[] {
  const { object, shape } = source;
  const tracked = trackedFields(entity, source);
  const entered = object === 'Opportunity' && shape.histories.has('OpportunityHistory') ? ENTERED : [];
  const changed = new Map([...tracked].filter(([, { described }]) => !entered.includes(described.name)));
  // an amount of history carries no currency; where an org has several it cannot be read
  if (shape.fields.has('CurrencyIsoCode'))
    for (const [key, { rule }] of changed) if (isMoney(rule)) changed.delete(key);
  const inEntries = new Map([...tracked].filter(([key]) => entered.includes(key)));
  const own = object.endsWith('__c') ? object.replace(/__c$/, '__History') : `${object}History`;
  const changes = object === 'Opportunity' ? 'OpportunityFieldHistory' : own;
  return [
    ...(inEntries.size === 0 ? [] : [historySource(entity, source, 'OpportunityHistory', inEntries, true)]),
    ...(changed.size === 0 || !shape.histories.has(changes)
      ? []
      : [historySource(entity, source, changes, changed, false)]),
  ];
}

const isMoney = (rule: AnyRule): boolean => rule.rule === 'field' && rule.codec === money;

function historySource(
  entity: EditedEntity,
  source: BoundSource,
  object: string,
  tracked: ReadonlyMap<string, TrackedField>,
  entries: boolean,
): HistorySource {
  const parent = source.object.endsWith('__c') ? 'ParentId' : `${source.object}Id`;
  const currency = entries && source.shape.fields.has('CurrencyIsoCode') ? ['CurrencyIsoCode'] : [];
  const columns = entries ? [...tracked.keys(), ...currency] : ['Field', 'OldValue', 'NewValue'];
  const fields: Soql = soql`Field IN ${[...tracked.keys()].map((key) => name(key).soql)}`;
  return {
    entity: 'fieldChange',
    object,
    idPrefix: object,
    select: ['Id', parent, 'CreatedDate', ...columns],
    where: entries ? [] : [fields.soql],
    rules: {},
    relation: null,
    ends: [],
    unless: {},
    archived: false,
    shape: source.shape,
    missing: {},
    of: { entity, idPrefix: source.idPrefix, parent, tracked, entries },
  };
}

/** The domain fields that a past can be rebuilt from, under each name by which history may call theirs. */
function trackedFields(
  entity: EditedEntity,
  { rules, missing, shape }: BoundSource,
): ReadonlyMap<string, TrackedField> {
  const tracked = new Map<string, TrackedField>();
  for (const field of EDITED_FIELDS[entity]) {
    const rule = rules[field];
    if (rule === undefined || field in missing || (rule.rule !== 'field' && rule.rule !== 'fields')) continue;
    const names = rule.rule === 'field' ? [rule.name] : rule.names;
    const described = names.length === 1 ? shape.fields.get(names[0] ?? '') : undefined;
    if (described === undefined || !keepsValues(described)) continue;
    for (const key of namesInHistory(shape, described)) tracked.set(key, { field, rule, described });
  }
  return tracked;
}

function keepsValues({ type, length }: DescribedField): boolean {
  return !VALUES_NOT_KEPT.includes(type) && !(type === 'textarea' && (length ?? 0) > 255);
}

/** A standard lookup is called by its relation (`Owner`), an account's name `TextName` in places. */
function namesInHistory(shape: ObjectShape, { name: own, type, custom }: DescribedField): readonly string[] {
  if (type === 'reference' && custom !== true) return [own.replace(/Id$/, ''), own];
  return shape.name === 'Account' && own === 'Name' ? [own, 'TextName'] : [own];
}
