import { type Codec, CrmError, type Money, OWNED_FIELDS, type WritableEntity, type Write } from '@holdfast/core';
import type { AnyRule } from '../bind.ts';
import { maps } from '../maps/index.ts';
import type { Session } from '../session.ts';

/** Most records of one collections call (REST API Developer Guide, "sObject Collections"). */
export const BATCH_SIZE = 200;

/** The task fields that Holdfast fills in. */
export const TASK_FIELDS = {
  subject: 'Subject',
  body: 'Description',
  dueOn: 'ActivityDate',
  ownerId: 'OwnerId',
} as const;

export const OBJECTS: Readonly<Record<WritableEntity, string>> = {
  account: 'Account',
  contact: 'Contact',
  opportunity: 'Opportunity',
  task: 'Task',
};

/**
 * The values of one write as Salesforce takes them. Throws `permission` for a field that is not ours or that this
 * user may not write; `null` clears, a field left out is left alone.
 */
export function encodeFields<E extends WritableEntity>(
  session: Session,
  entity: E,
  write: Write<E>,
): Readonly<Record<string, unknown>> {
  const writable = session.capabilities.write[entity]?.fields ?? [];
  const rules = maps[entity].sources[0].fields as Readonly<Record<string, AnyRule>>;
  const encoded: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(write.set)) {
    if (value === undefined) continue;
    const rule = rules[field];
    if (!isOurs(entity, field) || rule?.rule !== 'field')
      throw new CrmError('permission', `Holdfast does not write ${entity}.${field}: take it out of the plan.`);
    if (!writable.includes(field))
      throw new CrmError(
        'permission',
        `This user may not write ${entity}.${field} (${rule.name}): run \`holdfast install\`, or give it Edit access to the field.`,
      );
    encoded[rule.name] = (rule.codec as Codec<unknown>).encode(value, session.context);
  }
  return encoded;
}

function isOurs(entity: WritableEntity, field: string): boolean {
  if (entity === 'task') return field in TASK_FIELDS;
  return OWNED_FIELDS.some((owned) => owned.entity === entity && owned.field === field && owned.writer === 'holdfast');
}

/** Amounts that a write sets, each with its field. */
export function amountsOf(write: Write): readonly Money[] {
  return Object.values(write.set as Readonly<Record<string, unknown>>).filter(
    (value): value is Money => typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value,
  );
}
