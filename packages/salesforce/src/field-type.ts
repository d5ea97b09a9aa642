import type { Codec, OwnedField, OwnedObjectField } from '@holdfast/core';
import { accountId, contactId, day, domain, flag, instant, money, number, percent, text } from './codecs.ts';
import type { DescribedField } from './describe.ts';

const TEXTS = [
  'string',
  'picklist',
  'multipicklist',
  'combobox',
  'textarea',
  'email',
  'phone',
  'url',
  'encryptedstring',
  'reference',
  'id',
];
const NUMBERS = ['double', 'int', 'long', 'currency', 'percent'];

/** The describe types that a codec can read. */
const READABLE = new Map<Codec<unknown>, readonly string[]>([
  [text, TEXTS],
  [domain, TEXTS],
  [number, NUMBERS],
  [money, NUMBERS],
  [percent, ['percent']],
  [day, ['date']],
  [instant, ['datetime']],
  [flag, ['boolean']],
  [accountId, ['reference']],
  [contactId, ['reference']],
]);

/** Why a field that the user named cannot hold what is meant; `null` when it can, or when nothing is known against it. */
export function whyUnreadable(codec: Codec<unknown>, field: DescribedField): string | null {
  const types = READABLE.get(codec);
  return !types || types.includes(field.type)
    ? null
    : `is of type ${field.type}, and ${types.slice(0, 3).join(' or ')} is needed`;
}

const OWNED: Readonly<Record<OwnedObjectField['type']['kind'], string>> = {
  number: 'double',
  select: 'picklist',
  day: 'date',
  text: 'string',
  'long-text': 'textarea',
  money: 'currency',
  percent: 'percent',
  checkbox: 'boolean',
  key: 'string',
  link: 'reference',
};

/** Why a field of our name is not the field that Holdfast made; `null` when it is. */
export function whyNotOurs(owned: Pick<OwnedField | OwnedObjectField, 'type'>, field: DescribedField): string | null {
  const type = OWNED[owned.type.kind];
  if (field.type !== type) return `is of type ${field.type}, and ${type} is needed`;
  if (field.calculated) return 'is a formula, which cannot be written';
  if (owned.type.kind === 'key' && !(field.externalId && field.unique)) return 'is not a unique external id';
  return null;
}

/** Values that our picklist should offer and does not. */
export function missingValues(
  owned: Pick<OwnedField | OwnedObjectField, 'type'>,
  field: DescribedField,
): readonly string[] {
  if (owned.type.kind !== 'select') return [];
  const offered = new Set((field.picklistValues ?? []).filter(({ active }) => active).map(({ value }) => value));
  return owned.type.options.filter((option) => !offered.has(option));
}
