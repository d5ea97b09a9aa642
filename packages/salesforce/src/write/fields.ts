import {
  type Codec,
  CrmError,
  type Id,
  type Money,
  OWNED_FIELDS,
  REFERRAL_FIELDS,
  type WritableEntity,
  type Write,
} from '@holdfast/core';
import type { AnyRule } from '../bind.ts';
import { idParts } from '../id-parts.ts';
import { maps } from '../maps/index.ts';
import { LEAD_LOOKUP, PROSPECT_LOOKUP, REFERRAL } from '../referral-object.ts';
import type { Session } from '../session.ts';

/** Most records of one collections call (REST API Developer Guide, "sObject Collections"). */
export const BATCH_SIZE = 200;

/** The fields of a task that Holdfast fills in, of one to do and of one that is a note. */
export const TASK_FIELDS = {
  task: { subject: 'Subject', body: 'Description', dueOn: 'ActivityDate', ownerId: 'OwnerId' },
  note: { body: 'Subject', occurredOn: 'ActivityDate' },
} as const;

export const OBJECTS: Readonly<Record<WritableEntity, string>> = {
  account: 'Account',
  contact: 'Contact',
  opportunity: 'Opportunity',
  lead: 'Lead',
  task: 'Task',
  note: 'Task',
  referral: REFERRAL,
  referralLink: 'Contact',
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
  const map: (typeof maps)[WritableEntity] = maps[entity];
  const rules = ('sources' in map ? map.sources[0].fields : {}) as Readonly<Record<string, AnyRule>>;
  const encoded: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(write.set)) {
    if (value === undefined) continue;
    const rule = ruleOf(rules, field);
    if (!isOurs(entity, field) || !rule)
      throw new CrmError('permission', `Holdfast does not write ${entity}.${field}: take it out of the plan.`);
    if (!writable.includes(field))
      throw new CrmError(
        'permission',
        `This user may not write ${entity}.${field} (${rule.rule === 'field' ? rule.name : rule.names[0]}): run \`holdfast install\`, or give it Edit access to the field.`,
      );
    Object.assign(
      encoded,
      rule.rule === 'field'
        ? { [rule.name]: (rule.codec as Codec<unknown>).encode(value, session.context) }
        : prospectLookups(value as Id | null),
    );
  }
  return encoded;
}

type WrittenRule = Extract<AnyRule, { readonly rule: 'field' | 'fields' }>;

/** What is made of several fields is not written, but for the prospect, whose lookups are told apart by the id. */
function ruleOf(rules: Readonly<Record<string, AnyRule>>, field: string): WrittenRule | null {
  const rule = rules[field];
  if (rule?.rule === 'fields') return rule.names[0] === PROSPECT_LOOKUP ? rule : null;
  return rule?.rule === 'field' ? rule : null;
}

/** A contact takes the place of a lead, which stays named beside it: where it came from. */
function prospectLookups(id: Id | null): Readonly<Record<string, string | null>> {
  if (id === null) return { [PROSPECT_LOOKUP]: null, [LEAD_LOOKUP]: null };
  const { object, nativeId } = idParts(id);
  if (object === 'Contact') return { [PROSPECT_LOOKUP]: nativeId };
  if (object === 'Lead') return { [PROSPECT_LOOKUP]: null, [LEAD_LOOKUP]: nativeId };
  throw new CrmError('invalid', 'A prospect is a contact or a lead: make a new plan.');
}

function isOurs(entity: WritableEntity, field: string): boolean {
  if (entity === 'task' || entity === 'note') return field in TASK_FIELDS[entity];
  if (entity === 'referral') return REFERRAL_FIELDS.includes(field);
  return OWNED_FIELDS.some((owned) => owned.entity === entity && owned.field === field && owned.writer === 'holdfast');
}

/** Amounts that a write sets, each with its field. */
export function amountsOf(write: Write): readonly Money[] {
  return Object.values(write.set as Readonly<Record<string, unknown>>).filter(
    (value): value is Money => typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value,
  );
}
