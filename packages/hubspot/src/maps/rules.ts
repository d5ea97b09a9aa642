import type {
  Codec,
  CodecContext,
  ConstantRule,
  EntityName,
  FieldRule,
  FieldsRule,
  LinkRule,
  UnavailableMap,
  UnmappedRule,
} from '@holdfast/core';

/** One property, both ways. */
export const field = <T>(name: string, codec: Codec<T>): FieldRule<T> => ({ rule: 'field', name, codec });

/** Several properties that make one value; read only. */
export const fields = <T>(
  names: readonly string[],
  decode: (raw: Readonly<Record<string, unknown>>, context: CodecContext) => T,
): FieldsRule<T> => ({ rule: 'fields', names, decode });

/** The record at the other end of an association: the primary one, else the first. */
export const linkTo = (to: EntityName): LinkRule => ({ rule: 'link', to, many: false });

/** The record at the other end of an association that carries this label. */
export const labelledLink = (to: EntityName, label: string): LinkRule => ({ rule: 'link', to, many: false, label });

/** All records at the other end of an association. */
export const linksTo = (to: EntityName): LinkRule => ({ rule: 'link', to, many: true });

/** The same for every record. */
export const constant = <T>(value: T): ConstantRule<T> => ({ rule: 'constant', value });

/** HubSpot has no standard place for it. */
export const unmapped = (reason: string): UnmappedRule => ({ rule: 'unmapped', reason });

/** HubSpot has none of it. */
export const unavailable = (reason: string): UnavailableMap => ({ unavailable: reason });

/** The reason that most unmapped fields share: a property of the portal's own may hold it. */
export const namedByYou = (what: string): UnmappedRule =>
  unmapped(`HubSpot has no standard property for ${what}: name yours in the configuration, under "fields"`);
