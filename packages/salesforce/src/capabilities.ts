import {
  type CrmCapabilities,
  type EntityCapability,
  type EntityName,
  OWNED_FIELDS,
  REFERRAL_FIELDS,
  type Vocabulary,
  type WritableEntity,
  type WriteCapability,
} from '@holdfast/core';
import type { Bound, BoundEntity } from './bind.ts';
import type { ObjectShape, Shapes } from './describe.ts';
import type { Org } from './org.ts';
import { KEY_FIELD, ownedName } from './owned-name.ts';
import type { Budget } from './pace.ts';
import { IDS_PER_PAGE } from './read/ids.ts';
import { PAGE_SIZE } from './read/page.ts';
import { referralName } from './referral-object.ts';
import { BATCH_SIZE, OBJECTS, TASK_FIELDS } from './write/fields.ts';

/**
 * A record is stamped when it is saved and seen when its transaction commits, which may take up to ten minutes, the
 * most that a request may run (Salesforce Developer Limits, "API Request Limits").
 */
const INDEX_LAG_MS = 600_000;

/** What this org and this user can do, as data. */
export function capabilitiesOf(
  org: Org,
  bound: Bound,
  shapes: Shapes,
  closedStatus: string | null,
  vocabulary: Vocabulary,
  budget: Budget,
): CrmCapabilities {
  const { multiCurrency, currencyAssumed: _, ...shown } = org;
  const entities = Object.entries(bound) as [EntityName, Bound[EntityName]][];
  const read = entities.flatMap(([entity, how]) =>
    'unavailable' in how
      ? []
      : [[entity, entity === 'fieldChange' ? historyCapability(how) : entityCapability(entity, how)]],
  );
  const unavailable = entities.flatMap(([entity, how]) => ('unavailable' in how ? [[entity, how.unavailable]] : []));
  const write = (['account', 'contact', 'opportunity', 'lead', 'task', 'note', 'referral'] as const).flatMap(
    (entity) => {
      const capability = writeCapability(entity, bound, shapes, closedStatus, multiCurrency);
      return capability ? [[entity, capability]] : [];
    },
  );
  return {
    crm: 'salesforce',
    org: shown,
    read: Object.fromEntries(read),
    unavailable: Object.fromEntries(unavailable),
    write: { ...Object.fromEntries(write), referralLink: { batchSize: BATCH_SIZE, fields: [], create: NO_LINKS } },
    vocabulary,
    budget,
  };
}

function entityCapability(entity: EntityName, how: BoundEntity): EntityCapability {
  return {
    changes: 'modified',
    pageSize: { all: PAGE_SIZE, changed: PAGE_SIZE, ids: IDS_PER_PAGE },
    indexLagMs: INDEX_LAG_MS,
    clockResolutionMs: 1000,
    // a mail or meeting that goes is told of as a touch
    deletions: entity === 'mailParties' || entity === 'meetingParties' ? 'sweep' : 'list',
    missing: how.missing,
  };
}

/** A row of history is never edited and holds up to three fields; one that is gone is found by reading all. */
function historyCapability(how: BoundEntity): EntityCapability {
  const most = 3 * PAGE_SIZE;
  return {
    ...entityCapability('fieldChange', how),
    pageSize: { all: most, changed: most, ids: 1 },
    deletions: 'sweep',
  };
}

function writeCapability(
  entity: WritableEntity,
  bound: Bound,
  shapes: Shapes,
  closedStatus: string | null,
  multiCurrency: boolean,
): WriteCapability | null {
  const shape = shapes.get(OBJECTS[entity]);
  if (!shape || (entity === 'lead' && 'unavailable' in bound.lead)) return null;
  if (entity === 'task' || entity === 'note') {
    if (entity === 'note' && 'unavailable' in bound.note) return null;
    const create = whyNoTasks(shape) ?? (entity === 'note' && closedStatus === null ? NO_CLOSED_STATUS : null);
    const fields = create === null ? writableTaskFields(entity, shape) : [];
    return { batchSize: BATCH_SIZE, fields, create: create ?? true };
  }
  if (entity === 'referral') {
    if ('unavailable' in bound.referral) return null;
    const create = whyNoReferrals(shape) ?? true;
    const fields = create === true ? writableReferralFields(shape) : [];
    return { batchSize: BATCH_SIZE, fields, create, ...(multiCurrency && { amountsIn: 'record' as const }) };
  }
  const fields = 'unavailable' in bound[entity] || !shape.updateable ? [] : writableOwnedFields(entity, shape);
  const create = `Holdfast creates no ${entity}: a person does`;
  return { batchSize: BATCH_SIZE, fields, create, ...(multiCurrency && { amountsIn: 'record' as const }) };
}

/** A field that is read-only for this user, or a formula, is never sent. */
function writableOwnedFields(entity: WritableEntity, shape: ObjectShape): readonly string[] {
  return OWNED_FIELDS.filter(
    (owned) => owned.entity === entity && owned.writer === 'holdfast' && shape.fields.get(ownedName(owned))?.updateable,
  ).map((owned) => owned.field);
}

const NO_LINKS = "Who referred whom is a lookup of the org's own, which Holdfast never writes";
const NO_CLOSED_STATUS = 'This org tells no status of tasks that are done, so that a note would be a task to do';

function writableTaskFields(entity: 'task' | 'note', shape: ObjectShape): readonly string[] {
  return Object.entries(TASK_FIELDS[entity]).flatMap(([field, name]) =>
    shape.fields.get(name)?.createable ? [field] : [],
  );
}

function whyNoTasks(shape: ObjectShape): string | null {
  if (!shape.createable) return 'The user may not create tasks: give it the permission "Edit Tasks"';
  const key = shape.fields.get(KEY_FIELD);
  if (!key) return `Tasks have no field ${KEY_FIELD}, or it is hidden from this user: run \`holdfast install\``;
  if (!key.externalId || !key.unique)
    return `Task.${KEY_FIELD} is not a unique external id: tasks could be made twice, so none is made`;
  return key.createable ? null : `The user may not fill in Task.${KEY_FIELD}: give it Edit access to the field`;
}

function writableReferralFields(shape: ObjectShape): readonly string[] {
  return REFERRAL_FIELDS.filter((field) => shape.fields.get(referralName(field))?.updateable);
}

function whyNoReferrals(shape: ObjectShape): string | null {
  const key = shape.fields.get(KEY_FIELD);
  if (!key?.externalId || !key.unique)
    return `${shape.name}.${KEY_FIELD} is not a unique external id: referrals could be made twice, so none is made`;
  if (shape.createable && key.createable) return null;
  return `The user may not create ${shape.name} records: assign it the permission set Holdfast`;
}
