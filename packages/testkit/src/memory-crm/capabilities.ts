import type { CrmCapabilities, EntityCapability, EntityName, WritableEntity, WriteCapability } from '@holdfast/core';
import { OWNED_FIELDS, REFERRAL_FIELDS } from '@holdfast/core';
import { BLANK_RECORDS } from '../builders/blank-records.ts';
import { isRelation } from './links.ts';
import type { MemoryCrmSettings } from './options.ts';

/** Every entity, in reading order. */
export const ENTITY_NAMES = Object.keys(BLANK_RECORDS) as readonly EntityName[];

export const NO_TASK_KEY = 'This org has no unique key on tasks, so a task could be made twice; none is made.';

const TASK_FIELDS = ['subject', 'body', 'dueOn', 'ownerId'] as const;
const LINK_FIELDS = ['referredId', 'referrerId'] as const;
const NOTE_FIELDS = ['body', 'occurredOn'] as const;
const WRITABLE: readonly WritableEntity[] = [
  'account',
  'contact',
  'opportunity',
  'lead',
  'task',
  'note',
  'referral',
  'referralLink',
];

/** What this in-memory org can do, from its settings. */
export function memoryCapabilities(settings: MemoryCrmSettings): CrmCapabilities {
  const served = ENTITY_NAMES.filter((entity) => settings.unavailable[entity] === undefined);
  const written = WRITABLE.filter((entity) => served.includes(entity));
  return {
    crm: 'memory',
    org: { id: 'memory-1', name: 'In memory', edition: 'test', kind: 'sandbox', timeZone: 'UTC', currency: 'EUR' },
    read: Object.fromEntries(served.map((entity) => [entity, readCapability(entity, settings)])),
    unavailable: settings.unavailable,
    write: Object.fromEntries(written.map((entity) => [entity, writeCapability(entity, settings)])),
    vocabulary: {
      lifecycles: [{ value: 'customer', label: 'Customer' }],
      pipelines: [{ value: 'sales', label: 'Sales' }],
      stages: [
        { value: 'open', label: 'Open', meaning: 'open', pipeline: 'sales' },
        { value: 'won', label: 'Won', meaning: 'won', pipeline: 'sales' },
        { value: 'lost', label: 'Lost', meaning: 'lost', pipeline: 'sales' },
      ],
      opportunityTypes: [{ value: 'new', label: 'New' }],
      opportunitySources: [{ value: 'referral', label: 'Referral' }],
      ticketStages: [{ value: 'open', label: 'Open', meaning: 'open' }],
      contractStatuses: [{ value: 'active', label: 'Active' }],
      orderStatuses: [{ value: 'shipped', label: 'Shipped' }],
    },
    budget: { limit: null, used: null },
  };
}

/** The fields of an entity that Holdfast may write, whether or not this org has them. */
function ownedFieldsOf(entity: WritableEntity): readonly string[] {
  if (entity === 'task') return TASK_FIELDS;
  if (entity === 'note') return NOTE_FIELDS;
  if (entity === 'referral') return REFERRAL_FIELDS;
  if (entity === 'referralLink') return LINK_FIELDS;
  return OWNED_FIELDS.filter((field) => field.entity === entity && field.writer === 'holdfast').map(
    ({ field }) => field,
  );
}

function readCapability(entity: EntityName, settings: MemoryCrmSettings): EntityCapability {
  return {
    changes: isRelation(entity) ? 'sweep' : 'modified',
    ...(entity === 'contactRole' && { of: 'account' }),
    pageSize: { all: settings.pageSize, changed: settings.pageSize, ids: settings.pageSize },
    indexLagMs: settings.indexLagMs,
    clockResolutionMs: settings.clockResolutionMs,
    deletions: isRelation(entity) ? 'sweep' : settings.deletions,
    missing: settings.missing[entity] ?? {},
  };
}

function writeCapability(entity: WritableEntity, settings: MemoryCrmSettings): WriteCapability {
  const missing = settings.missing[entity] ?? {};
  return {
    batchSize: settings.batchSize,
    fields: ownedFieldsOf(entity).filter((field) => missing[field] === undefined),
    create: creationOf(entity, settings),
  };
}

/** Only records that we create carry our key; of a link between two people its ends are the key. */
export function isCreated(entity: EntityName): boolean {
  return entity === 'task' || entity === 'note' || entity === 'referral' || entity === 'referralLink';
}

function creationOf(entity: WritableEntity, settings: MemoryCrmSettings): true | string {
  if (entity === 'task') return settings.uniqueTaskKey || NO_TASK_KEY;
  return isCreated(entity) || 'Only tasks, notes, referrals and links between two people are created.';
}
