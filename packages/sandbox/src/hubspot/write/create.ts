import { ApiError, invalid } from '../http/api-error.ts';
import { type Call, isObject } from '../http/call.ts';
import { type Changes, createRecord } from '../state/commit.ts';
import type { Portal } from '../state/portal.ts';
import { tableNamed } from '../state/portal.ts';
import type { HubRecord } from '../state/record.ts';
import type { Table } from '../state/table.ts';
import { type LinkTarget, linkRecords, resolveTypes } from './link.ts';
import { checkedValues } from './validate.ts';

/** A create that has been checked and can no longer fail. */
export interface ReadyCreate {
  readonly changes: Changes;
  readonly written: readonly string[];
  readonly links: readonly LinkTarget[];
}

/** Checks one create: values, required properties, admin rules (2026-09 only), and where it wants to be linked. */
export function readyCreate(call: Call, table: Table, input: Readonly<Record<string, unknown>>): ReadyCreate {
  const { portal } = call;
  if (table.type.readOnly) throw new ApiError(405, `${table.type.labels.plural} cannot be created through the API`);
  const changes: Record<string, string | null> = { ...checkedValues(portal, table, input['properties'], undefined) };
  const written = Object.keys(changes);
  refuseIncomplete(table, changes);
  refuseAgainstRules(call, table, changes, true);
  addDefaults(portal, table, changes);
  return {
    changes,
    written: [...written, ...derived(table, changes, written)],
    links: linkTargets(portal, table, input['associations']),
  };
}

/** Makes the record and its links. */
export function commitCreate(portal: Portal, table: Table, ready: ReadyCreate, by: 'api' | 'person'): HubRecord {
  const record = createRecord(portal, table, ready.changes, by, portal.clock.now());
  for (const link of ready.links) linkRecords(portal, table, record.id, link.table, link.id, link.types, by);
  return record;
}

/** Admin validation rules bind writes of 2026-09, and no older path. */
export function refuseAgainstRules(call: Call, table: Table, changes: Changes, creating: boolean): void {
  if (call.version !== '2026-09') return;
  const lacking = (call.rules.requiredByAdmin[table.type.name] ?? []).filter((name) =>
    creating ? !changes[name] : changes[name] === '',
  );
  if (lacking.length === 0) return;
  throw invalid('Property values were not valid: required properties are missing', {
    errors: lacking.map((name) => ({
      message: `${name} is required`,
      code: 'MISSING_REQUIRED_PROPERTY',
      context: { propertyName: [name] },
    })),
  });
}

function refuseIncomplete(table: Table, changes: Changes): void {
  const lacking = table.type.required.filter((name) => !changes[name]);
  if (table.type.name === 'companies' && !changes['name'] && !changes['domain']) lacking.push('name');
  if (lacking.length === 0) return;
  throw invalid(`Error creating ${table.type.name.toUpperCase()}. Some required properties were not set.`, {
    errors: [
      {
        message: `Error creating ${table.type.name.toUpperCase()}. Some required properties were not set.`,
        code: 'REQUIRED_PROPERTIES_MISSING',
        context: { properties: lacking },
      },
    ],
    context: { properties: lacking },
  });
}

function addDefaults(portal: Portal, table: Table, changes: Record<string, string | null>): void {
  if (table.type.name === 'companies' && changes['domain'] && !('website' in changes))
    changes['website'] = changes['domain'];
  const pipelines = portal.pipelines.get(table.type.id);
  const [pipeline, stage] = table.type.id === '0-3' ? ['pipeline', 'dealstage'] : ['hs_pipeline', 'hs_pipeline_stage'];
  if (pipelines === undefined || changes[pipeline] || !table.properties.has(pipeline)) return;
  const holder = pipelines.find((one) => one.stages.some((other) => other.id === changes[stage])) ?? pipelines[0];
  if (holder !== undefined) changes[pipeline] = holder.id;
}

/** What a create answers beyond what was sent: a company's website follows from its domain. */
function derived(table: Table, changes: Changes, written: readonly string[]): readonly string[] {
  return table.type.name === 'companies' && !written.includes('website') && changes['website'] ? ['website'] : [];
}

function linkTargets(portal: Portal, table: Table, given: unknown): readonly LinkTarget[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given) || !given.every(isObject))
    throw invalid('Invalid input JSON: associations must be a list of objects');
  return given.map((one) => {
    const types = resolveTypes(portal, table, one['types']);
    const target = tableNamed(portal, portal.associationTypes.get(types[0] ?? -1)?.to ?? '');
    const id = isObject(one['to']) ? Number(one['to']['id']) : Number.NaN;
    const record = target?.records.get(id);
    if (target === undefined || record === undefined || record.current.archivedAt !== undefined) {
      throw invalid(`No record with id ${id} to associate with`);
    }
    return { table: target, id, types };
  });
}
