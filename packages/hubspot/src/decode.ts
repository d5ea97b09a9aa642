import {
  type CodecContext,
  type Entities,
  type EntityName,
  type Gone,
  type Id,
  qualifyId,
  type Reject,
} from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import { mergedIds } from './codecs.ts';
import { asId, asObject } from './json.ts';
import { type LinkEnd, oneEnd } from './read/links.ts';
import type { SourcePlan } from './source-plan.ts';

/** One record of an answer with the links that were read for it, by object. */
export interface RawRecord {
  readonly raw: unknown;
  readonly links: ReadonlyMap<string, readonly LinkEnd[]>;
}

/** What a page holds once decoded. */
export interface Decoded<E extends EntityName> {
  readonly records: readonly Entities[E][];
  readonly rejects: readonly Reject[];
  readonly gone: readonly Gone[];
}

/**
 * Decodes records of one source. A record that fails a codec or its schema becomes a reject, with reasons that repeat
 * no value; the others go on. Records merged into one of these are reported as gone.
 */
export function decodeRecords<E extends EntityName>(
  entity: E,
  plan: SourcePlan,
  codec: CodecContext,
  raws: readonly RawRecord[],
): Decoded<E> {
  const records: Entities[E][] = [];
  const rejects: Reject[] = [];
  const gone: Gone[] = [];
  for (const { raw, links } of raws) {
    const nativeId = nativeIdOf(raw);
    if (nativeId === null) {
      rejects.push({ id: null, issues: ['id: HubSpot gave a record without an id'] });
      continue;
    }
    const id = qualifyId(plan.object, nativeId);
    const properties = propertiesOf(raw, plan);
    gone.push(...mergedInto(plan, properties, id));
    if (plan.onlyWith !== null && !properties[plan.onlyWith]) continue;
    const decoded = decodeOne(entity, plan, codec, id, properties, links);
    if ('issues' in decoded) rejects.push(decoded);
    else records.push(decoded.record);
  }
  return { records, rejects, gone };
}

/** The id of a raw record; a property may hold it where the record itself does not. */
export function nativeIdOf(raw: unknown): string | null {
  const record = asObject(raw);
  return asId(record['id']) ?? asId(asObject(record['properties'])['hs_object_id']);
}

/** Properties, with the record's own dates under the names of the properties that repeat them, where those are absent. */
function propertiesOf(raw: unknown, plan: SourcePlan): Readonly<Record<string, unknown>> {
  const record = asObject(raw);
  return {
    [plan.meta.created]: record['createdAt'],
    [plan.meta.modified]: record['updatedAt'],
    ...asObject(record['properties']),
  };
}

function mergedInto(plan: SourcePlan, properties: Readonly<Record<string, unknown>>, survivor: Id): readonly Gone[] {
  return mergedIds(properties['hs_merged_object_ids'])
    .map((old) => qualifyId(plan.object, old))
    .filter((id) => id !== survivor)
    .map((id) => ({ id, at: null, mergedInto: survivor }));
}

function decodeOne<E extends EntityName>(
  entity: E,
  plan: SourcePlan,
  codec: CodecContext,
  id: Id,
  properties: Readonly<Record<string, unknown>>,
  links: RawRecord['links'],
): { readonly record: Entities[E] } | Reject {
  const issues: string[] = [];
  const record: Record<string, unknown> = { id };
  for (const [field, rule] of plan.fields) {
    try {
      if (rule.rule === 'field') record[field] = rule.codec.decode(properties[rule.name], codec);
      else if (rule.rule === 'fields') record[field] = rule.decode(properties, codec);
      else if (rule.rule === 'constant') record[field] = rule.value;
      else record[field] = rule.rule === 'link' && rule.many ? [] : null;
    } catch (error) {
      issues.push(`${field}: ${error instanceof TypeError ? error.message : 'cannot be read'}`);
    }
  }
  for (const { field, object, many, label } of plan.links) {
    const all = links.get(object) ?? [];
    const ends = label === null ? all : all.filter(({ labels }) => labels.includes(label));
    record[field] = many ? ends.map((end) => qualifyId(object, end.id)) : oneEnd(plan.object, object, ends);
  }
  for (const field of Object.keys(plan.missing)) record[field] = null;
  if (issues.length > 0) return { id, issues };
  return checked(entity, id, record);
}

/** Holds a record against its schema; the issues name fields and expectations, never values. */
export function checked<E extends EntityName>(
  entity: E,
  id: Id,
  record: Readonly<Record<string, unknown>>,
): { readonly record: Entities[E] } | Reject {
  const result = entitySchemas[entity].safeParse(record);
  if (result.success) return { record: result.data as Entities[E] };
  return { id, issues: result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`) };
}
