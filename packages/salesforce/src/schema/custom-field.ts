import type { OwnedField } from '@holdfast/core';
import { ownedName } from '../owned-name.ts';
import type { XmlElements } from './xml.ts';

/** The object that the field is deployed on: fields of tasks and events are Activity's. */
export const FIELD_OBJECTS: Readonly<Record<OwnedField['entity'], string>> = {
  account: 'Account',
  contact: 'Contact',
  opportunity: 'Opportunity',
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
    ...typeOf(owned),
  };
}

function typeOf({ type }: OwnedField): XmlElements {
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
