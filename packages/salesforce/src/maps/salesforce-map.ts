import type { EntityName, Source } from '@holdfast/core';

/** One Salesforce object that an entity is read from, with what the port's `Source` does not say. */
export interface SalesforceSource<E extends EntityName> extends Source<E> {
  /** Conditions in SOQL by field; one on a field that the org does not have is left out. */
  readonly where?: Readonly<Record<string, string>>;
  /**
   * Conditions by domain field, one of which makes a record matter: others are never read. One on a field that the org
   * does not show is left out; without any there is nothing to read.
   */
  readonly anyOf?: Readonly<Record<string, string>>;
  /** First half of the id, where records of this object are not what the entity's ids name. */
  readonly idPrefix?: string;
  /** The lookup that makes a record a relation: without it, there is none (any more). */
  readonly relation?: string;
  /** Domain fields without which the same holds: what a relation joins. */
  readonly ends?: readonly string[];
  /** Values by field, their letters alone and small, with which the same holds: somebody took it back. */
  readonly unless?: Readonly<Record<string, readonly string[]>>;
  /** A field without which the object holds no such records. */
  readonly requires?: string;
  /** Parents that a path may lead to, with their objects: without read access to one, nothing of it is asked. */
  readonly parents?: Readonly<Record<string, string>>;
  /** What is selected of child relationships, which rules then name as they name fields. */
  readonly children?: Readonly<Record<string, string>>;
  /** An object of paid products: nobody is asked for the right to read it before the org has it. */
  readonly bought?: true;
  /** Old records are archived and served by queryAll alone. */
  readonly archived?: true;
}

export interface SalesforceMap<E extends EntityName> {
  /** What to do where none of the objects is there. */
  readonly otherwise?: string;
  readonly sources: readonly SalesforceSource<E>[];
}
