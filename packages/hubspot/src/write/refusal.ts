import { CrmError, parseId, type WritableEntity, type Write, type WriteCapability } from '@holdfast/core';

const OBJECT: Readonly<Record<WritableEntity, string>> = {
  account: 'company',
  contact: 'contact',
  opportunity: 'deal',
  lead: 'lead',
  task: 'task',
  note: 'note',
  referral: 'holdfast_referral',
  referralLink: 'contact-contact',
};

const MADE_BY_US: readonly WritableEntity[] = ['task', 'note', 'referral', 'referralLink'];

/** Why a write is not sent at all: a field or a record that is not ours, or an id of another object. `null` when it may go. */
export function refusal(entity: WritableEntity, write: Write, capability: WriteCapability): CrmError | null {
  const foreign = Object.entries(write.set).filter(
    ([field, value]) => value !== undefined && !capability.fields.includes(field),
  );
  if (foreign.length > 0) {
    const names = foreign.map(([field]) => field).join(', ');
    return new CrmError(
      'invalid',
      `Holdfast does not write ${names} on ${entity} here: install its fields, or leave it out.`,
    );
  }
  if ('externalKey' in write.target) {
    if (!MADE_BY_US.includes(entity)) {
      return new CrmError(
        'invalid',
        `A record of ${entity} is written by its id; only records that we create carry our key.`,
      );
    }
    // what we tied is untied on any tier
    const isUntied = entity === 'referralLink' && write.archive === true;
    return capability.create === true || isUntied ? null : new CrmError('invalid', `${capability.create}.`);
  }
  if (write.archive === true && !MADE_BY_US.includes(entity)) {
    return new CrmError('invalid', 'Only records that Holdfast created are ever archived.');
  }
  return isIdOf(OBJECT[entity], write.target.id)
    ? null
    : new CrmError('invalid', `The id of a record to write is none of a HubSpot ${OBJECT[entity]}: pull again.`);
}

function isIdOf(object: string, id: string): boolean {
  try {
    const parsed = parseId(id);
    return parsed.object === object && /^\d+$/.test(parsed.nativeId);
  } catch {
    return false;
  }
}
