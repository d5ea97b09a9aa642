import type { Clock, CrmAdapter, CrmEvent, Entities, EntityName, Id, Maps, WritableEntity } from '@holdfast/core';

/** What can go wrong between an adapter and its CRM, named by what the CRM or the network does. */
export type FaultKind =
  /** The credentials are not, or no longer, good; a refreshed token is refused too. */
  | 'wrong-token'
  /** The credentials are good and lack the right to this call. */
  | 'missing-permission'
  /** Too many calls in a short time; the CRM says, or documents, how long to wait. */
  | 'rate-limit'
  /** The day's budget is gone. */
  | 'daily-limit'
  /** A 5xx before anything was carried out. */
  | 'server-error'
  /** The call is carried out, and the connection breaks before the answer. */
  | 'lost-answer'
  /** The call is neither carried out nor answered, for ever. */
  | 'no-answer'
  /** A success status with a body that is not what it should be: HTML, cut JSON. */
  | 'garbage'
  /** The next page of a read has no record and yet a cursor to go on with. */
  | 'empty-page'
  /** The next record that is created stays; the call that would link it is answered with a 5xx. */
  | 'link-lost';

/** Relations between two records: `from` is the account, the child, the referrer; `to` the contact, the parent, the referred. */
export type RelationEntity = 'contactRole' | 'accountParent' | 'referralLink';

/** What a case asks of the CRM behind the adapter, beyond creating and editing. */
export type Need =
  /** Records carry a time of change, and changes can be asked for. */
  | 'changed'
  /** Deletions can be asked for (`deletions: 'list'`). */
  | 'deletions'
  | 'merge'
  | 'restore'
  | 'corrupt'
  | 'refuse'
  /** Tasks can be created, upserted on our own key. */
  | 'create-task'
  /** The CRM keeps the history of fields, and the adapter serves it; the world's org keeps that of account `name`. */
  | 'history'
  | `write:${WritableEntity}`
  | `relation:${RelationEntity}`
  | `fault:${FaultKind}`;

/** A record as a person would enter it; fields left out take the CRM's own default, and required ones any valid value. */
export type EnteredRecord<E extends EntityName> = Partial<Omit<Entities[E], 'id' | 'createdAt' | 'updatedAt'>>;

/**
 * One CRM org, empty, with its own clock: a sandbox, an emulator or a store in memory. Its edits are made as a person
 * would make them, past the adapter, with the vendor's field names spelled by hand and not taken from the adapter's
 * maps, so that a mistake there cannot cancel itself out. Time stands still unless `advance` or `clock.sleep` moves it.
 */
export interface ConformanceWorld {
  /** Handed to the adapter at `connect`; its `now` is the CRM's own clock too. */
  readonly clock: Clock;
  /** Tokens and keys that must appear in no error, event or record. */
  readonly secrets: readonly string[];
  /** Every event that the connected adapters have logged, in order. */
  readonly events: readonly CrmEvent[];
  /** A new adapter on this org. It may be called more than once: to go on after a crash, for instance. */
  connect(): Promise<CrmAdapter>;
  advance(ms: number): Promise<void>;
  /** Enters a record now; answers the id that the adapter must give it. */
  create<E extends EntityName>(entity: E, record: EnteredRecord<E>): Promise<Id>;
  edit<E extends EntityName>(entity: E, id: Id, fields: EnteredRecord<E>): Promise<void>;
  remove(entity: EntityName, id: Id): Promise<void>;
  /** Brings a removed record back. */
  restore(entity: EntityName, id: Id): Promise<void>;
  /** Merges two records; answers the survivor's id, which may be a new one. */
  merge(entity: EntityName, winner: Id, loser: Id): Promise<Id>;
  link(relation: RelationEntity, from: Id, to: Id): Promise<void>;
  unlink(relation: RelationEntity, from: Id, to: Id): Promise<void>;
  /** Puts a raw value into the record that its schema cannot hold: a band that does not exist, text in a number. */
  corrupt(entity: EntityName, id: Id): Promise<void>;
  /** From now on a rule of the org refuses every change to this record. */
  refuse(entity: WritableEntity, id: Id): Promise<void>;
  /** Number of live records, counted past the adapter. */
  count(entity: EntityName): Promise<number>;
  /** The next `calls` data calls (not the token endpoint) meet this fault; 1 unless said, `Infinity` until `heal`. */
  failNext(kind: FaultKind, calls?: number): Promise<void>;
  heal(): Promise<void>;
  close(): Promise<void>;
}

/**
 * What an adapter's author supplies. The suite enters these fields and no others: account `name`, `domain` and what
 * Holdfast writes; contact `name`, `email` and what Holdfast writes; opportunity `name`, `accountId` and what Holdfast
 * writes; ticket `subject`; owner `name`, `email`; activity `kind` (of those that the CRM can hold, the nearest); any
 * other entity with no field.
 */
export interface ConformanceHarness {
  /** The adapter under test, in the titles. */
  readonly name: string;
  readonly maps: Maps;
  /** Entities that the adapter must serve, by the world's edition; every other must be unavailable with a reason. */
  readonly serves: readonly EntityName[];
  /** Those that are read on their own (no `of`) and that the world can create, edit and remove; most cases run for each. */
  readonly enters: readonly EntityName[];
  /** Entities that the adapter must be able to write here. */
  readonly writes: readonly WritableEntity[];
  /**
   * What this CRM or this world cannot do, or not for one entity (`changed owner`), with the reason; the cases that
   * need it are skipped and say so.
   */
  readonly lacks?: { readonly [N in Need | `${Need} ${EntityName}`]?: string };
  /** Cases left out, by id (`order/ties`) or id and entity (`order/ties contact`), with the reason. */
  readonly skip?: Readonly<Record<string, string>>;
  /** A new, empty org for each case. */
  open(): Promise<ConformanceWorld>;
}
