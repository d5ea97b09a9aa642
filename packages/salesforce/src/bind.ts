import type { CodecContext, EntityName, Rule } from '@holdfast/core';
import { bindHistory } from './bind-history.ts';
import type { ObjectShape, Shapes } from './describe.ts';
import { layOver } from './lay-over.ts';
import { maps } from './maps/index.ts';
import type { SalesforceSource } from './maps/salesforce-map.ts';
import type { SalesforceOptions } from './options.ts';
import { isOwnObject } from './referral-object.ts';

export type AnyRule = Rule<unknown>;
export type AnySource = Omit<SalesforceSource<EntityName>, 'fields'> & {
  readonly fields: Readonly<Record<string, AnyRule>>;
};

/** One object as it will be read in this org: only fields that describe shows, so nothing is asked for in vain. */
export interface BoundSource {
  readonly entity: EntityName;
  readonly object: string;
  /** First half of the ids. */
  readonly idPrefix: string;
  /** What to select, as SOQL knows it: fields, parents' fields, child queries. */
  readonly select: readonly string[];
  /** Conditions that always hold, as SOQL. */
  readonly where: readonly string[];
  readonly rules: Readonly<Record<string, AnyRule>>;
  readonly relation: string | null;
  readonly ends: readonly string[];
  readonly unless: Readonly<Record<string, readonly string[]>>;
  readonly archived: boolean;
  readonly shape: ObjectShape;
  /** Why a domain field reads as nothing here. */
  readonly missing: Readonly<Record<string, string>>;
}

export interface BoundEntity {
  readonly sources: readonly BoundSource[];
  readonly missing: Readonly<Record<string, string>>;
}
export type Bound = { readonly [E in EntityName]: BoundEntity | { readonly unavailable: string } };

/** Objects that the maps and the options speak of; what `connect` has described. */
export function objectsToDescribe(options: SalesforceOptions): readonly string[] {
  const wanted = entityNames(options).flatMap((entity) => candidates(entity, options).flat());
  return [...new Set(wanted.flatMap((source) => [source.object, ...Object.values(source.parents ?? {})]))];
}

const NOTES_OFF = 'Notes on timelines are switched off: say since when with "notes" in the configuration';

/** Lays the maps beside the org as this user sees it. */
export function bind(options: SalesforceOptions, shapes: Shapes, context: CodecContext): Bound {
  const wanted = new Set(entityNames(options));
  const bound = Object.keys(maps).map((name) => {
    const entity = name as EntityName;
    return [
      entity,
      wanted.has(entity)
        ? bindEntity(entity, options, shapes, context)
        : { unavailable: entity === 'note' ? NOTES_OFF : 'Left out by options.entities' },
    ];
  });
  const entities = Object.fromEntries(bound) as Bound;
  // last: it is read beside the fields of the others
  return wanted.has('fieldChange') ? { ...entities, fieldChange: bindHistory(entities) } : entities;
}

/** Notes have a switch of their own. */
function entityNames({ entities, notes }: SalesforceOptions): readonly EntityName[] {
  const others = (entities ?? (Object.keys(maps) as EntityName[])).filter((it) => it !== 'note');
  return notes ? [...others, 'note'] : others;
}

/** Alternatives in order of preference, each a list of sources; the first whose objects are all there is used. */
function candidates(entity: EntityName, options: SalesforceOptions): readonly (readonly AnySource[])[] {
  // whether an object has a history is told by its own describe, so that the History objects cost no call
  if (entity === 'fieldChange') return [];
  const laid = layOver(entity, options);
  return 'unavailable' in laid ? [] : laid.alternatives;
}

function bindEntity(
  entity: EntityName,
  options: SalesforceOptions,
  shapes: Shapes,
  context: CodecContext,
): Bound[EntityName] {
  const laid = layOver(entity, options);
  if ('unavailable' in laid) return laid;
  const found = laid.alternatives
    .map((sources) => sources.filter((source) => shapes.has(source.object)))
    .find((sources) => sources.length > 0);
  if (!found) {
    if (laid.otherwise !== undefined) return { unavailable: laid.otherwise };
    const objects = laid.alternatives.flat().map((source) => source.object);
    if (objects.every(isOwnObject))
      return { unavailable: `This org has no ${objects[0]}, or it is hidden from this user: run \`holdfast install\`` };
    return {
      unavailable: `This org has no ${[...new Set(objects)].join(' or ')}, or the user may not read it: give it Read on the object`,
    };
  }
  const lacks = (source: AnySource) => requirement(source, shapes) ?? lackingEnd(source, shapes, context);
  const lacking = found.map(lacks).filter((reason) => reason !== null);
  if (lacking.length === found.length) return { unavailable: lacking[0] ?? '' };
  const sources = found
    .filter((source) => lacks(source) === null)
    .map((source) => bindSource(entity, source, shapes, context));
  return { sources, missing: missingEverywhere(sources) };
}

function requirement(source: AnySource, shapes: Shapes): string | null {
  const needed = source.requires ?? source.relation;
  if (source.anyOf && matters(source, shapes.get(source.object)) === '')
    return `${source.object} shows this user none of the fields that tell which records matter: give it read access to them`;
  if (needed === undefined || shapes.get(source.object)?.fields.has(needed)) return null;
  const remedy = needed.startsWith('Holdfast_') ? 'run `holdfast install`' : 'give the user read access to it';
  return `${source.object}.${needed} does not exist or this user may not read it: ${remedy}`;
}

/** `anyOf` as SOQL; empty where the org shows none of its fields. */
function matters({ anyOf = {}, fields }: AnySource, shape: ObjectShape | undefined): string {
  const conditions = Object.entries(anyOf).flatMap(([domainField, condition]) => {
    const rule = fields[domainField];
    return shape && rule?.rule === 'field' && canSelect(rule.name, shape) ? [`${rule.name} ${condition}`] : [];
  });
  return conditions.length === 0 ? '' : `(${conditions.join(' OR ')})`;
}

/** Why one of the things that a relation joins cannot be seen at all. */
function lackingEnd(source: AnySource, shapes: Shapes, context: CodecContext): string | null {
  const shape = shapes.get(source.object) as ObjectShape;
  const reasons = (source.ends ?? []).map(
    (end) => visible(source.fields[end] as AnyRule, shape, source, context).reason,
  );
  return reasons.find((reason) => reason !== null) ?? null;
}

function bindSource(entity: EntityName, source: AnySource, shapes: Shapes, context: CodecContext): BoundSource {
  const shape = reachable(shapes.get(source.object) as ObjectShape, source, shapes);
  const missing: Record<string, string> = {};
  const select = new Set(['Id']);
  for (const extra of ['SystemModstamp', 'IsDeleted', 'MasterRecordId', 'CurrencyIsoCode', 'IsPersonAccount'])
    if (shape.fields.has(extra)) select.add(extra);
  for (const [domainField, rule] of Object.entries(source.fields)) {
    const { selected, reason } = visible(rule, shape, source, context);
    for (const path of selected) select.add(path);
    if (reason !== null) missing[domainField] = reason;
  }
  if (source.relation) select.add(source.relation);
  for (const name of Object.keys(source.unless ?? {})) if (shape.fields.has(name)) select.add(name);
  const where = Object.entries(source.where ?? {}).flatMap(([field, condition]) =>
    shape.fields.has(field) ? [`${field} ${condition}`] : [],
  );
  return {
    entity,
    object: source.object,
    idPrefix: source.idPrefix ?? source.object,
    select: [...select],
    where: source.anyOf ? [...where, matters(source, shape)] : where,
    rules: source.fields,
    relation: source.relation ?? null,
    ends: source.ends ?? [],
    unless: source.unless ?? {},
    archived: source.archived ?? false,
    shape,
    missing,
  };
}

/** The shape without the parents whose objects this user may not read. */
function reachable(shape: ObjectShape, source: AnySource, shapes: Shapes): ObjectShape {
  const closed = Object.entries(source.parents ?? {}).filter(([, object]) => !shapes.has(object));
  if (closed.length === 0) return shape;
  return {
    ...shape,
    parents: new Set([...shape.parents].filter((name) => !closed.some(([parent]) => parent === name))),
  };
}

/** What a rule adds to the query, and why it yields nothing when it does not. */
function visible(
  rule: AnyRule,
  shape: ObjectShape,
  { children = {} }: AnySource,
  context: CodecContext,
): { readonly selected: readonly string[]; readonly reason: string | null } {
  switch (rule.rule) {
    case 'constant':
      return { selected: [], reason: null };
    case 'unmapped':
      return { selected: [], reason: rule.reason };
    case 'field':
      return canSelect(rule.name, shape)
        ? { selected: [rule.name], reason: null }
        : { selected: [], reason: hidden(shape.name, rule.name) };
    case 'fields': {
      const selected = rule.names.flatMap((name) => {
        const ofChildren = children[name];
        if (ofChildren === undefined) return canSelect(name, shape) ? [name] : [];
        return shape.children.has(name) ? [`(SELECT ${ofChildren} FROM ${name})`] : [];
      });
      const says = selected.length > 0 || rule.decode({}, context) !== null;
      return { selected, reason: says ? null : hidden(shape.name, rule.names[0] ?? '') };
    }
    case 'link': {
      const relation = rule.label ?? '';
      if (!shape.children.has(relation)) return { selected: [], reason: hidden(shape.name, relation) };
      return { selected: [`(SELECT ContactId FROM ${relation})`], reason: null };
    }
  }
}

/** Whether a field, or the lookup at the head of a path, is there for this user. */
function canSelect(path: string, shape: ObjectShape): boolean {
  const dot = path.indexOf('.');
  return dot < 0 ? shape.fields.has(path) : shape.parents.has(path.slice(0, dot));
}

function hidden(object: string, field: string): string {
  if (field.startsWith('Holdfast_') || isOwnObject(object))
    return `${object}.${field} is not installed or hidden from this user: run \`holdfast install\``;
  return `${object}.${field} does not exist or is hidden from this user: give it read access to the field`;
}

/** A field is missing when no source shows it; a value that one of them fills is not. */
function missingEverywhere(sources: readonly BoundSource[]): Readonly<Record<string, string>> {
  const [first, ...others] = sources;
  return Object.fromEntries(
    Object.entries(first?.missing ?? {}).filter(([field]) => others.every((source) => isSilent(source, field))),
  );
}

function isSilent(source: BoundSource, field: string): boolean {
  const rule = source.rules[field];
  return field in source.missing || (rule?.rule === 'constant' && rule.value === null);
}
