import {
  type CodecContext,
  type FieldChange,
  fieldValueText,
  type Instant,
  parseInstant,
  qualifyId,
} from '@holdfast/core';
import { mergedIds } from '../codecs.ts';
import { nativeIdOf } from '../decode.ts';
import { asObject } from '../json.ts';
import type { HistoryPlan, TrackedField } from './history-plan.ts';
import { type PropertyVersion, VERSIONS_KEPT, versionsOf } from './property-versions.ts';

/**
 * The history of one raw record in the domain's values, a row for each change of a field. Fewer versions than HubSpot
 * keeps are all there ever were, and before them nothing was held; with as many, older ones may be gone, and after a
 * merge they stayed with the record that went: then the first row is a `start`. A value that cannot be read ends what
 * is known until the next one that can.
 */
export function fieldChangesOf(raw: unknown, plan: HistoryPlan, codec: CodecContext): readonly FieldChange[] {
  const nativeId = nativeIdOf(raw);
  if (nativeId === null) return [];
  const record = asObject(raw);
  const merged = mergedIds(asObject(record['properties'])['hs_merged_object_ids']).length > 0;
  const edited = typeof record['updatedAt'] === 'string' ? parseInstant(record['updatedAt']) : null;
  return plan.tracked.flatMap((tracked) => {
    const versions = tracked.names.map((name) => versionsOf(raw, name));
    const begin = Math.max(...versions.map((list) => beginningOf(list, merged, edited)));
    return begin === Number.POSITIVE_INFINITY ? [] : rowsOf(tracked, versions, begin, nativeId, plan, codec);
  });
}

/** From when on every version of a property is there; a merged record's unset property is sure since the last edit. */
function beginningOf(versions: readonly PropertyVersion[], merged: boolean, edited: Instant | null): Instant {
  if (!merged && versions.length < VERSIONS_KEPT) return Number.NEGATIVE_INFINITY;
  return versions[0]?.at ?? edited ?? Number.POSITIVE_INFINITY;
}

function rowsOf(
  tracked: TrackedField,
  versions: readonly (readonly PropertyVersion[])[],
  begin: Instant,
  nativeId: string,
  { entity, plan }: HistoryPlan,
  codec: CodecContext,
): readonly FieldChange[] {
  const whole = begin === Number.NEGATIVE_INFINITY;
  const instants = new Set([...(whole ? [] : [begin]), ...versions.flat().map(({ at }) => at)]);
  const rows: FieldChange[] = [];
  // `undefined`: nothing is known just before
  let before: string | null | undefined = whole ? valueAt(tracked, versions, begin, codec) : undefined;
  for (const at of [...instants].filter((one) => one >= begin).sort((a, b) => a - b)) {
    const after = valueAt(tracked, versions, at, codec);
    if (after !== undefined && after !== before) {
      rows.push({
        id: qualifyId(`${plan.object}-history`, `${nativeId}.${tracked.field}.${at}`),
        createdAt: at,
        updatedAt: at,
        recordId: qualifyId(plan.object, nativeId),
        entity,
        field: `${entity}.${tracked.field}`,
        at,
        kind: before === undefined ? 'start' : 'change',
        before: before ?? null,
        after,
      });
    }
    before = after;
  }
  return rows;
}

/** The field's value as text at an instant; `undefined` where the properties then hold what its codec cannot read. */
function valueAt(
  { names, rule }: TrackedField,
  versions: readonly (readonly PropertyVersion[])[],
  at: Instant,
  codec: CodecContext,
): string | null | undefined {
  const raw = Object.fromEntries(
    names.map((name, place) => [name, versions[place]?.findLast((it) => it.at <= at)?.value]),
  );
  try {
    const value = rule.rule === 'field' ? rule.codec.decode(raw[rule.name], codec) : rule.decode(raw, codec);
    return fieldValueText(value);
  } catch {
    return undefined;
  }
}
