import type { OwnedFieldType } from '@holdfast/core';
import type { Client } from '@hubspot/api-client';
import { OWN_FIELDS, type OwnField } from '../own-fields.ts';

type PropertyCreate = Parameters<Client['crm']['properties']['coreApi']['create']>[1];

/** The property group that holds everything of ours, on each object. */
export const GROUP = { name: 'holdfast', label: 'Holdfast' } as const;

/** A property as it shall stand in the portal. */
export interface WantedProperty extends Wanted {
  readonly owned: OwnField;
}

/** The same without the row of core's list that it comes from. */
export interface Wanted {
  readonly object: string;
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly type: string;
  readonly fieldType: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly hasUniqueValue: boolean;
  readonly hidden: boolean;
}

const OBJECT_OF = { account: 'company', contact: 'contact', opportunity: 'deal', task: 'task' } as const;

/** Every property that Holdfast owns, from core's one list. */
const WANTED: readonly WantedProperty[] = OWN_FIELDS.map((owned) => ({
  ...wantedOf(OBJECT_OF[owned.entity], `holdfast_${owned.stem}`, owned.label, owned.help, owned.type),
  owned,
}));

/** The same with the key of notes, where they are switched on. */
export function wantedProperties(notes: boolean): readonly WantedProperty[] {
  return notes
    ? [...WANTED, ...WANTED.flatMap((it) => (it.object === 'task' ? { ...it, object: 'note' } : []))]
    : WANTED;
}

/** A property of ours on any object. */
export function wantedOf(
  object: string,
  name: string,
  label: string,
  description: string,
  type: OwnedFieldType,
): Wanted {
  return { object, name, label, description, ...shapeOf(type) };
}

/** A property as HubSpot is asked to make it. */
export function definitionOf(wanted: Wanted, groupName: string): PropertyCreate {
  const { name, label, description, type, fieldType, options, hasUniqueValue, hidden } = wanted;
  return {
    ...{ name, label, description, type, fieldType, hasUniqueValue, hidden, groupName },
    formField: false,
    ...(options.length === 0 ? {} : { options: optionInputs(options) }),
  } as unknown as PropertyCreate;
}

/** Options as HubSpot takes them, in this order. */
export function optionInputs(options: readonly { readonly value: string; readonly label: string }[]) {
  return options.map(({ value, label }, displayOrder) => ({ value, label, displayOrder, hidden: false }));
}

type Shape = Pick<Wanted, 'type' | 'fieldType' | 'options' | 'hasUniqueValue' | 'hidden'>;

function shapeOf(type: OwnedFieldType): Shape {
  const shape = (name: string, fieldType: string, more: Partial<Shape> = {}): Shape => ({
    type: name,
    fieldType,
    options: [],
    hasUniqueValue: false,
    hidden: false,
    ...more,
  });
  switch (type.kind) {
    case 'number':
    case 'money':
    case 'percent':
      return shape('number', 'number');
    case 'day':
      return shape('date', 'date');
    case 'text':
      return shape('string', 'text');
    case 'long-text':
      return shape('string', 'textarea');
    case 'key':
      return shape('string', 'text', { hasUniqueValue: true, hidden: true });
    case 'checkbox':
      return shape('bool', 'booleancheckbox', {
        options: [
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ],
      });
    case 'select':
      return shape('enumeration', 'select', {
        options: type.options.map((value) => ({ value, label: labelOf(value) })),
      });
  }
}

/** "at_risk" is shown as "At risk". */
function labelOf(value: string): string {
  const words = value.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
