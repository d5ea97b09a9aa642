import { type OwnedField, type OwnedFieldType, REFERRAL_OBJECT } from '@holdfast/core';
import { ownedName } from '../owned-name.ts';
import { REFERRAL, REFERRAL_COLUMNS, type ReferralField } from '../referral-object.ts';
import type { XmlElements } from './xml.ts';

/** The object that the field is deployed on: fields of tasks and events are Activity's. */
export const FIELD_OBJECTS: Readonly<Record<OwnedField['entity'], string>> = {
  account: 'Account',
  contact: 'Contact',
  opportunity: 'Opportunity',
  lead: 'Lead',
  task: 'Activity',
};

/** `Account.Holdfast_Health_Score__c`. */
export function fieldPath(owned: OwnedField): string {
  return `${FIELD_OBJECTS[owned.entity]}.${ownedName(owned)}`;
}

/** The metadata of an owned field; `precision` counts the digits before and after the point together. */
export function customField(owned: OwnedField): XmlElements {
  const { type } = owned;
  return {
    fullName: ownedName(owned),
    ...(type.kind === 'key' ? { caseSensitive: true } : {}),
    ...(type.kind === 'checkbox' ? { defaultValue: false } : {}),
    description:
      owned.writer === 'holdfast'
        ? 'Holdfast writes this field.'
        : 'People fill in this field; Holdfast only reads it.',
    externalId: type.kind === 'key',
    inlineHelpText: owned.help,
    label: titleCase(owned.label),
    ...typeOf(owned.type),
  };
}

/** `Holdfast_Referral__c.State__c`. */
export const referralPath = ({ name }: ReferralField): string => `${REFERRAL}.${name}`;

/** The metadata of our own object without its fields. Everyone with access to the object may see its records. */
export function customObject(): XmlElements {
  return {
    deploymentStatus: 'Deployed',
    description: REFERRAL_OBJECT.help,
    enableReports: true,
    enableSearch: true,
    label: titleCase(REFERRAL_OBJECT.label),
    nameField: { displayFormat: REFERRAL_OBJECT.numbered, label: 'Referral Number', type: 'AutoNumber' },
    pluralLabel: titleCase(REFERRAL_OBJECT.plural),
    sharingModel: 'Read',
  };
}

/** The metadata of one of its fields; deleting what a lookup names empties the lookup and keeps the referral. */
export function referralField(column: ReferralField): XmlElements {
  const { owned, name, label, referenceTo } = column;
  const { type } = owned;
  const isLookup = type.kind === 'link';
  return {
    fullName: name,
    ...(type.kind === 'key' ? { caseSensitive: true } : {}),
    ...(isLookup ? { deleteConstraint: 'SetNull' } : {}),
    description: 'Holdfast writes this field.',
    externalId: type.kind === 'key',
    inlineHelpText: owned.help,
    label,
    ...(isLookup
      ? {
          referenceTo: referenceTo ?? '',
          relationshipLabel: titleCase(REFERRAL_OBJECT.plural),
          relationshipName: `Holdfast_Referrals_${name.replace(/__c$/, '')}`,
          required: false,
          type: 'Lookup',
        }
      : typeOf(type)),
  };
}

/** The fields of the object in an org that has these objects: without leads, there is no lookup to them. */
export function referralFields(isThere: (object: string) => boolean): readonly ReferralField[] {
  return REFERRAL_COLUMNS.filter(({ referenceTo }) => referenceTo !== 'Lead' || isThere('Lead'));
}

function typeOf(type: OwnedFieldType): XmlElements {
  switch (type.kind) {
    case 'number':
      return { precision: type.digits, required: false, scale: 0, type: 'Number', unique: false };
    case 'money':
      return { precision: 18, required: false, scale: 2, type: 'Currency' };
    case 'percent':
      return { precision: 5, required: false, scale: 1, type: 'Percent' };
    case 'text':
      return { length: type.length, required: false, type: 'Text', unique: false };
    case 'key':
      return { length: type.length, required: false, type: 'Text', unique: true };
    case 'long-text':
      return { length: type.length, type: 'LongTextArea', visibleLines: 5 };
    case 'day':
      return { required: false, type: 'Date' };
    case 'checkbox':
      return { type: 'Checkbox' };
    case 'select': {
      const value = type.options.map((option) => ({ fullName: option, default: false, label: labelOf(option) }));
      return {
        required: false,
        type: 'Picklist',
        valueSet: { restricted: true, valueSetDefinition: { sorted: false, value } },
      };
    }
  }
}

function labelOf(value: string): string {
  const words = value.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Salesforce writes labels in title case. */
function titleCase(label: string): string {
  return label.replace(/(^|\s)(\p{L})/gu, (_, space: string, letter: string) => space + letter.toUpperCase());
}
