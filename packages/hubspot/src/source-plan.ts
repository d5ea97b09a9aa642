import type { CodecContext, EntityName, Maps, Rule, Source } from '@holdfast/core';
import { type HubSpotObject, hubspotObject, OBJECTS } from './objects.ts';
import type { Schema } from './session.ts';

/** A plan without the links whose label the portal does not have. */
export function withLabels(plan: SourcePlan, labels: ReadonlySet<string>): SourcePlan {
  const lost = plan.links.filter(({ label }) => label !== null && !labels.has(label));
  if (lost.length === 0) return plan;
  const reasons = lost.map(({ field, label }) => [field, `The label "${label}" is not there: run "holdfast install"`]);
  return {
    ...plan,
    links: plan.links.filter((link) => !lost.includes(link)),
    missing: { ...plan.missing, ...Object.fromEntries(reasons) },
  };
}

/** One vendor object of an entity, ready to be asked for: only properties that exist and links that can be read. */
export interface SourcePlan {
  readonly entity: EntityName;
  readonly object: string;
  readonly meta: HubSpotObject;
  /** Property that must be set for a record to count (`task` is only what carries our key). */
  readonly onlyWith: string | null;
  readonly properties: readonly string[];
  readonly fields: readonly (readonly [field: string, rule: Rule<unknown>])[];
  readonly links: readonly PlannedLink[];
  /** Fields that this portal cannot fill, with the reason; they decode as `null`. */
  readonly missing: Readonly<Record<string, string>>;
}

interface PlannedLink {
  readonly field: string;
  /** Object name at the other end. */
  readonly object: string;
  readonly many: boolean;
  /** Only links that carry this label count. */
  readonly label: string | null;
}

/** The plans of an entity; empty when none of its objects can be read here. */
export function sourcePlans(
  entity: EntityName,
  maps: Maps,
  schema: Schema,
  codec: CodecContext,
): readonly SourcePlan[] {
  const map = maps[entity];
  if ('unavailable' in map) return [];
  return (map.sources as readonly Source<EntityName>[])
    .filter((source) => source.object in OBJECTS && schema.has(source.object))
    .map((source) => sourcePlan(entity, source, maps, schema, codec));
}

function sourcePlan(
  entity: EntityName,
  source: Source<EntityName>,
  maps: Maps,
  schema: Schema,
  codec: CodecContext,
): SourcePlan {
  const meta = hubspotObject(source.object);
  const present = schema.get(source.object) ?? new Map();
  const fields = Object.entries(source.fields) as [string, Rule<unknown>][];
  const missing: Record<string, string> = {};
  const names = new Set([meta.created, meta.modified, ...(meta.merges ? ['hs_merged_object_ids'] : [])]);
  const links: PlannedLink[] = [];
  for (const [field, rule] of fields) {
    const reason = missingReason(rule, maps, schema, present, codec);
    if (reason !== null) missing[field] = reason;
    else if (rule.rule === 'link')
      links.push({ field, object: objectOf(rule.to, maps), many: rule.many, label: rule.label ?? null });
    if (rule.rule === 'field') names.add(rule.name);
    if (rule.rule === 'fields') for (const name of rule.names) names.add(name);
  }
  const properties = [...names].filter((name) => present.has(name));
  const onlyWith = Object.keys(source.where ?? {})[0] ?? null;
  return { entity, object: source.object, meta, onlyWith, properties, fields, links, missing };
}

function missingReason(
  rule: Rule<unknown>,
  maps: Maps,
  schema: Schema,
  present: ReadonlyMap<string, unknown>,
  codec: CodecContext,
): string | null {
  if (rule.rule === 'unmapped') return rule.reason;
  if (rule.rule === 'field') return present.has(rule.name) ? null : absent(rule.name);
  if (rule.rule === 'link') {
    const object = objectOf(rule.to, maps);
    return schema.has(object) || rule.many ? null : `The token may not read the HubSpot object ${object}`;
  }
  if (rule.rule === 'fields') {
    return rule.names.some((name) => present.has(name)) || hasDefault(rule.decode, codec)
      ? null
      : absent(rule.names.join(', '));
  }
  return null;
}

function absent(name: string): string {
  return name.startsWith('holdfast_')
    ? `The property ${name} is not installed: run "holdfast install"`
    : `The portal has no property ${name}, or the token may not read it`;
}

/** A rule over several properties that says something even without any of them: `done`, `byUs`. */
function hasDefault(
  decode: (raw: Readonly<Record<string, unknown>>, context: CodecContext) => unknown,
  codec: CodecContext,
) {
  try {
    return decode({}, codec) !== null;
  } catch {
    return false;
  }
}

function objectOf(entity: EntityName, maps: Maps): string {
  const map = maps[entity];
  return 'unavailable' in map ? '' : (map.sources[0]?.object ?? '');
}
