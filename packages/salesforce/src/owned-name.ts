import { OWNED_FIELDS, type OwnedField } from '@holdfast/core';

/** The API name of a field that Holdfast owns: `health_score` is `Holdfast_Health_Score__c`. These names are public. */
export function ownedName(field: OwnedField): string {
  const words = field.stem.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `Holdfast_${words.join('_')}__c`;
}

/** The owned fields in an org that has these objects: not every one has leads. */
export function ownedFields(isThere: (object: string) => boolean): readonly OwnedField[] {
  return OWNED_FIELDS.filter(({ entity }) => entity !== 'lead' || isThere('Lead'));
}

/** The owned field behind a domain field; throws for one that core does not list. */
export function ownedField(entity: OwnedField['entity'], field: string): OwnedField {
  const found = OWNED_FIELDS.find((owned) => owned.entity === entity && owned.field === field);
  if (!found) throw new TypeError(`Holdfast owns no field ${entity}.${field}`);
  return found;
}

/** Our own key: on tasks an activity field, so that tasks and events both show it; on referrals of the same name. */
export const KEY_FIELD = ownedName(ownedField('task', 'key'));
