import type {
  Codec,
  CodecContext,
  ConstantRule,
  EntityName,
  FieldRule,
  FieldsRule,
  LinkRule,
  OwnedField,
  UnmappedRule,
} from '@holdfast/core';
import { instant } from '../codecs.ts';
import { ownedField, ownedName } from '../owned-name.ts';

/** Read from one field, or from a field of a parent (`Product2.Name`). */
export const field = <T>(name: string, codec: Codec<T>): FieldRule<T> => ({ rule: 'field', name, codec });

/** A field that Holdfast owns, named after core's list. */
export const owned = <T>(entity: OwnedField['entity'], domainField: string, codec: Codec<T>): FieldRule<T> =>
  field(ownedName(ownedField(entity, domainField)), codec);

/** Made of several fields. */
export const fields = <T>(
  names: readonly string[],
  decode: (raw: Readonly<Record<string, unknown>>, context: CodecContext) => T,
): FieldsRule<T> => ({
  rule: 'fields',
  names,
  decode,
});

/** The ids in a child relationship, `label`. */
export const children = (to: EntityName, label: string): LinkRule => ({ rule: 'link', to, many: true, label });

export const constant = <const T>(value: T): ConstantRule<T> => ({ rule: 'constant', value });

/** Salesforce has no standard place for it. */
export const unmapped = (reason: string): UnmappedRule => ({ rule: 'unmapped', reason });

/** The org may have a field of its own for it. */
export const nameIt = (entity: EntityName, domainField: string): UnmappedRule =>
  unmapped(`Salesforce has no standard field for it: name the org's own in options.fields.${entity}.${domainField}`);

/** When Salesforce made and last touched the record; formulas and roll-ups change without moving SystemModstamp. */
export const stamps = {
  createdAt: field('CreatedDate', instant),
  updatedAt: field('SystemModstamp', instant),
} as const;
