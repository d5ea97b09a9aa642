import { EDITED_FIELDS, type EntityCapability, type Rule } from '@holdfast/core';
import { HISTORY_LIMIT } from '../requests.ts';
import type { Session } from '../session.ts';
import type { SourcePlan } from '../source-plan.ts';
import { VERSIONS_KEPT } from './property-versions.ts';

/** Entities whose history is read: lines and orders are many and cost a call for every fifty. */
const WITH_HISTORY = ['account', 'opportunity', 'ticket'] as const;
type HistoryEntity = (typeof WITH_HISTORY)[number];

/** One object with the properties whose history is asked for, and the domain field that each is a part of. */
export interface HistoryPlan {
  readonly entity: HistoryEntity;
  readonly plan: SourcePlan;
  readonly tracked: readonly TrackedField[];
  /** Every property of the tracked fields, each once. */
  readonly properties: readonly string[];
}

/** A domain field, and the properties that it is made of. */
export interface TrackedField {
  readonly field: string;
  readonly names: readonly string[];
  readonly rule: Extract<Rule<unknown>, { readonly rule: 'field' | 'fields' }>;
}

/** What history is asked of each object: of the fields that a past can be rebuilt from, and that the portal has. */
export function historyPlans(plans: Session['plans']): readonly HistoryPlan[] {
  return WITH_HISTORY.flatMap((entity) =>
    (plans[entity] ?? []).map((plan) => {
      const tracked = trackedFields(entity, plan);
      return { entity, plan, tracked, properties: [...new Set(tracked.flatMap(({ names }) => names))] };
    }),
  ).filter(({ tracked }) => tracked.length > 0);
}

function trackedFields(entity: HistoryEntity, plan: SourcePlan): readonly TrackedField[] {
  const edited: readonly string[] = EDITED_FIELDS[entity];
  return plan.fields.flatMap(([field, rule]): readonly TrackedField[] => {
    if (!edited.includes(field) || field in plan.missing) return [];
    if (rule.rule === 'field') return [{ field, names: [rule.name], rule }];
    if (rule.rule !== 'fields') return [];
    const names = rule.names.filter((name) => plan.properties.includes(name));
    return names.length === 0 ? [] : [{ field, names, rule }];
  });
}

/** Search shows a change seconds to minutes late (HubSpot's documentation names no bound). */
const INDEX_LAG_MS = 5 * 60_000;

/**
 * How history is read: all of it from the list endpoint, 20 calls for 1,000 records; later that of changed records
 * only, a search for 200 of them and four batch reads, 25 calls for 1,000. What is not kept is in `missing`, so that a
 * property that is named later is read from the start.
 */
export function historyCapability(plans: Session['plans']): EntityCapability {
  const kept = historyPlans(plans);
  const most = HISTORY_LIMIT * VERSIONS_KEPT * Math.max(1, ...kept.map(({ tracked }) => tracked.length));
  const fields = Object.entries(EDITED_FIELDS).flatMap(([entity, names]) => names.map((name) => `${entity}.${name}`));
  const has = new Set(kept.flatMap(({ entity, tracked }) => tracked.map(({ field }) => `${entity}.${field}`)));
  const lacking = fields.filter((field) => !has.has(field));
  return {
    changes: 'modified',
    pageSize: { all: most, changed: 4 * most, ids: 1 },
    indexLagMs: INDEX_LAG_MS,
    clockResolutionMs: 1,
    deletions: 'sweep',
    missing: Object.fromEntries(lacking.map((field) => [field, 'HubSpot keeps no history that could be read for it'])),
  };
}
