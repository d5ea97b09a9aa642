import type { Entities, EntityName } from '../model/types.ts';

/** What a codec may know of the org, fixed at connect. */
export interface CodecContext {
  /** ISO 4217 code for amounts that carry none. */
  readonly currency: string;
  /** IANA zone of the org's civil days. */
  readonly timeZone: string;
}

/**
 * Turns a vendor's raw value into a domain value and back. `decode` throws `TypeError` with a reason that repeats no
 * value; the record then becomes a reject. `null`, a missing key and an empty text all mean "nothing held".
 */
export interface Codec<T> {
  decode(raw: unknown, context: CodecContext): T;
  encode(value: T, context: CodecContext): unknown;
}

/** The vendor field that a domain field is read from, and written to where it is ours. */
export interface FieldRule<T> {
  readonly rule: 'field';
  readonly name: string;
  readonly codec: Codec<T>;
}
/** Several vendor fields make one domain value: a name of two parts, an amount and its currency. */
export interface FieldsRule<T> {
  readonly rule: 'fields';
  readonly names: readonly string[];
  readonly decode: (raw: Readonly<Record<string, unknown>>, context: CodecContext) => T;
}
/** The id or ids at the other end of a link; `label` where the CRM names links. */
export interface LinkRule {
  readonly rule: 'link';
  readonly to: EntityName;
  readonly many: boolean;
  readonly label?: string;
}
export interface ConstantRule<T> {
  readonly rule: 'constant';
  readonly value: T;
}
/** The CRM has no place for it (or the user's overlay must name one); it reads as `null`, and the reason is shown. */
export interface UnmappedRule {
  readonly rule: 'unmapped';
  readonly reason: string;
}

export type Rule<T> = FieldRule<T> | FieldsRule<T> | LinkRule | ConstantRule<T> | UnmappedRule;

/** One vendor object that an entity is read from. A domain field left out does not compile. */
export interface Source<E extends EntityName> {
  readonly object: string;
  /** A fixed condition on the object, as data of the adapter's own. */
  readonly where?: Readonly<Record<string, string>>;
  readonly fields: { readonly [F in Exclude<keyof Entities[E], 'id'>]: Rule<Entities[E][F]> };
}

export interface EntityMap<E extends EntityName> {
  readonly sources: readonly Source<E>[];
}
/** The CRM cannot tell, with the reason; a feature that needs it is then "unavailable", not zero. */
export interface UnavailableMap {
  readonly unavailable: string;
}

/** The whole map of a CRM. From it come request lists, decode, encode, docs tables, permissions and the check report. */
export type Maps = { readonly [E in EntityName]: EntityMap<E> | UnavailableMap };
