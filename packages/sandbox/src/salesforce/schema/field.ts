import type { Cell } from '../store/row.ts';

/** The describe types that the emulated org knows. Salesforce's own list: Object Reference, "Field Types". */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'reference'
  | 'email'
  | 'phone'
  | 'url'
  | 'address';

/** One picklist value as describe lists it. */
export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly defaultValue: boolean;
}

/** An address as the REST API nests it. */
export type Compound = { readonly [part: string]: Cell };

/** One record as a formula sees it. */
export interface RecordView {
  readonly id: string;
  /** The stored value of a field by name; null when empty or unknown. */
  get(field: string): Cell;
  /** The record that a lookup of this one points to. */
  parent(lookup: string): RecordView | undefined;
  /** Live records of `object` whose lookup `field` points to this one. */
  children(object: string, field: string): readonly RecordView[];
}

/** Computes a formula, roll-up or compound value on reading; it never moves SystemModstamp. */
type Compute = (record: RecordView) => Cell | Compound;

/**
 * One field of an object. Defaults: nillable, createable, updateable, permissionable, label from the name.
 * `byProfile` false means that nobody has access until a permission set grants it (a field deployed by metadata).
 */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly label: string;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly permissionable: boolean;
  readonly byProfile: boolean;
  readonly custom: boolean;
  readonly unique: boolean;
  readonly externalId: boolean;
  readonly caseSensitive: boolean;
  readonly idLookup: boolean;
  readonly nameField: boolean;
  readonly autoNumber: boolean;
  readonly restricted: boolean;
  readonly defaultValue: Cell;
  readonly defaultedOnCreate: boolean;
  readonly values: readonly PicklistValue[];
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  /** Name of the child relationship on the parent, `Contacts`; null where the parent has none. */
  readonly childRelationship: string | null;
  readonly cascadeDelete: boolean;
  readonly compoundFieldName: string | null;
  readonly extraTypeInfo: string | null;
  readonly helpText: string | null;
  readonly description: string | null;
  readonly formula: string | null;
  readonly compute: Compute | null;
  /** Attribute of the metadata component that made the field (its raw XML as an object), for readMetadata. */
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

/** What may be stated about a field; everything else has a default. */
export type FieldOptions = Partial<Omit<Field, 'name' | 'type'>>;

const plainLabel = (name: string): string =>
  name
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replace(/Id$/, ' ID')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/ {2,}/g, ' ');

/** Makes a field with the platform's defaults for its type. */
export function field(name: string, type: FieldType, options: FieldOptions = {}): Field {
  const custom = /__p?c$/.test(name);
  const computed = options.compute !== undefined && options.compute !== null;
  return {
    name,
    type,
    label: plainLabel(name),
    length: 0,
    precision: 0,
    scale: 0,
    nillable: type !== 'boolean',
    createable: !computed,
    updateable: !computed,
    permissionable: true,
    byProfile: true,
    custom,
    unique: false,
    externalId: false,
    caseSensitive: false,
    idLookup: options.externalId === true,
    nameField: false,
    autoNumber: false,
    restricted: false,
    defaultValue: type === 'boolean' ? false : null,
    defaultedOnCreate: type === 'boolean',
    values: [],
    referenceTo: [],
    relationshipName: null,
    childRelationship: null,
    cascadeDelete: false,
    compoundFieldName: null,
    extraTypeInfo: null,
    helpText: null,
    description: null,
    formula: null,
    compute: null,
    metadata: null,
    ...options,
  };
}

/** Text of at most `length` characters. */
export const text = (name: string, length: number, options: FieldOptions = {}): Field =>
  field(name, 'string', { length, ...options });

/** Long text: cannot be filtered, sorted or grouped above 255 characters. */
export const longText = (name: string, length = 32000, options: FieldOptions = {}): Field =>
  field(name, 'textarea', { length, extraTypeInfo: 'plaintextarea', ...options });

/** Picklist from plain values; `restricted` refuses others. */
export const picklist = (name: string, values: readonly string[], options: FieldOptions = {}): Field =>
  field(name, 'picklist', { length: 255, values: values.map((value) => picklistValue(value)), ...options });

/** One active picklist value whose label is its value. */
export const picklistValue = (value: string, label = value, defaultValue = false): PicklistValue => ({
  value,
  label,
  active: true,
  defaultValue,
});

/** A number with `precision` digits in total, `scale` of them after the point. */
export const decimal = (
  name: string,
  type: 'double' | 'currency' | 'percent',
  precision: number,
  scale: number,
  options: FieldOptions = {},
): Field => field(name, type, { precision, scale, ...options });

/** A lookup; `child` names the relationship back from the parent. */
export const lookup = (
  name: string,
  to: string | readonly string[],
  child: string | null = null,
  options: FieldOptions = {},
): Field =>
  field(name, 'reference', {
    length: 18,
    referenceTo: typeof to === 'string' ? [to] : to,
    relationshipName: name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, ''),
    childRelationship: child,
    ...options,
  });

/** Options of a field that the platform itself keeps: read-only and not subject to field permissions. */
export const systemOwned: FieldOptions = { createable: false, updateable: false, permissionable: false };

/** Options of a required field, which field permissions cannot hide. */
export const required: FieldOptions = { nillable: false, permissionable: false };
