import type { ZodType } from 'zod';
import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { OrgProfile } from '../model/profile.ts';
import type { Entities, EntityName, WritableEntity, WritableFields } from '../model/types.ts';
import type { CrmError } from './error.ts';
import type { Maps } from './map.ts';

/** Time as a parameter. `sleep` rejects with an `AbortError` when the signal fires. */
export interface Clock {
  now(): Instant;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Uniform in [0, 1). */
export type Random = () => number;

/** What an adapter tells while it works. Never a token, a body or a field value. */
export type CrmEvent =
  | {
      readonly type: 'call';
      readonly method: string;
      /** The path with ids replaced: `/crm/objects/{version}/companies/search`. */
      readonly route: string;
      readonly status: number | 'no-answer';
      /** What the call was for, so that calls can be held against the minimum. */
      readonly purpose: 'connect' | 'read' | 'write' | 'schema' | 'auth';
    }
  | { readonly type: 'budget'; readonly used: number | null; readonly limit: number | null }
  | { readonly type: 'note'; readonly message: string };

export interface ConnectContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: (event: CrmEvent) => void;
  readonly signal?: AbortSignal;
}

/** Where an option comes from: the environment variable and what it is, for `init`, `--help` and the docs. */
export interface EnvVar {
  readonly variable: string;
  readonly option: string;
  readonly secret: boolean;
  readonly required: boolean;
  readonly help: string;
}

/** A permission or scope that the CRM asks for, derived from the maps and from the fields that we own. */
export interface Permission {
  readonly name: string;
  readonly purpose: 'read' | 'write' | 'install';
  /** What cannot be had without it. */
  readonly entities: readonly EntityName[];
}

/** What an adapter package exports: known without credentials. */
export interface CrmModule<Options = unknown> {
  readonly crm: string;
  readonly title: string;
  readonly options: ZodType<Options>;
  readonly env: readonly EnvVar[];
  readonly maps: Maps;
  readonly permissions: readonly Permission[];
  /** The profile that `init` starts from, before the org's own vocabulary is laid beside it. */
  readonly profile: Omit<OrgProfile, 'orgId' | 'confirmedAt' | 'currency' | 'timeZone'>;
  connect(options: Options, context: ConnectContext): Promise<CrmAdapter>;
}

/** How one entity is read, as data; the sync reducer needs nothing else. */
export interface EntityCapability {
  /** `modified`: records have a timestamp, changes can be asked for. `sweep`: whole sets are compared. */
  readonly changes: 'modified' | 'sweep';
  /** A relation that is read for given records of another entity, in sets of `pageSize.ids`. */
  readonly of?: EntityName;
  /** Most records (ids for `ids`) in one page of each kind of request. */
  readonly pageSize: { readonly all: number; readonly changed: number; readonly ids: number };
  /** How long after a write the change can still be missing from a `changed` read. */
  readonly indexLagMs: number;
  /** Smallest difference between two timestamps that the CRM keeps. */
  readonly clockResolutionMs: number;
  /** Whether deletions and merges can be asked for; otherwise only a sweep finds them. */
  readonly deletions: 'list' | 'sweep';
  /** Fields that this org does not have or this user may not read, with the reason. Their value is `null`. */
  readonly missing: Readonly<Record<string, string>>;
}

export interface WriteCapability {
  readonly batchSize: number;
  /** Fields that exist and may be written; the others are left out of plans and reported. */
  readonly fields: readonly string[];
  /** May records be created, upserted on our own unique key? A reason when not. */
  readonly create: true | string;
  /** Amounts are kept in the currency that the record itself names; in the org's where this is left out. */
  readonly amountsIn?: 'record';
}

/** A value of the org's own vocabulary, with what the CRM says of it. */
export interface VocabularyValue {
  readonly value: string;
  readonly label: string;
  /** The CRM's own word on a stage, where it has one. */
  readonly meaning?: 'open' | 'won' | 'lost' | 'closed';
  readonly pipeline?: string;
}

export interface Vocabulary {
  readonly lifecycles: readonly VocabularyValue[];
  readonly pipelines: readonly VocabularyValue[];
  readonly stages: readonly VocabularyValue[];
  readonly opportunityTypes: readonly VocabularyValue[];
  readonly opportunitySources: readonly VocabularyValue[];
  readonly ticketStages: readonly VocabularyValue[];
  readonly contractStatuses: readonly VocabularyValue[];
  readonly orderStatuses: readonly VocabularyValue[];
}

/** What this org can do, probed at connect. A missing entity carries its reason in `unavailable`. */
export interface CrmCapabilities {
  readonly crm: string;
  readonly org: {
    readonly id: string;
    readonly name: string;
    readonly edition: string;
    readonly kind: 'production' | 'sandbox' | 'developer' | 'unknown';
    readonly timeZone: string;
    readonly currency: string;
  };
  readonly read: { readonly [E in EntityName]?: EntityCapability };
  readonly unavailable: { readonly [E in EntityName]?: string };
  readonly write: { readonly [E in WritableEntity]?: WriteCapability };
  readonly vocabulary: Vocabulary;
  readonly budget: { readonly limit: number | null; readonly used: number | null };
}

export type ReadRequest =
  /** Records with `since <= updatedAt < until`, in the CRM's own stable order. */
  | { readonly kind: 'changed'; readonly since: Instant; readonly until: Instant; readonly cursor: string | null }
  /** Every live record. */
  | { readonly kind: 'all'; readonly cursor: string | null }
  /** The given records, or for an entity read `of` another, the relations of those records. */
  | {
      readonly kind: 'ids';
      readonly ids: readonly Id[];
      /** Only the record's own fields are needed: links may be left empty where they cost further calls. */
      readonly withoutLinks?: true;
    }
  /** Records that we created, by our own key. */
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  /** What was deleted or merged away since. */
  | { readonly kind: 'deleted'; readonly since: Instant; readonly cursor: string | null };

/** A record that did not pass its schema; the page goes on without it. Values are never repeated here. */
export interface Reject {
  readonly id: Id | null;
  readonly issues: readonly string[];
}

/** A record that is no longer there; `mergedInto` names the survivor of a merge. */
export interface Gone {
  readonly id: Id;
  readonly at: Instant | null;
  readonly mergedInto: Id | null;
}

export interface Page<E extends EntityName = EntityName> {
  readonly records: readonly Entities[E][];
  readonly rejects: readonly Reject[];
  /** Deletions and merges that this page shows, in any kind of request. */
  readonly gone: readonly Gone[];
  /** Where the next page starts; `null` after the last. */
  readonly next: string | null;
  /** The CRM's own clock when it answered, where it tells. */
  readonly servedAt: Instant | null;
}

/** A tie from a record that we create to one that exists. */
export interface Link {
  readonly to: EntityName;
  readonly id: Id;
}

/**
 * One record to write. `undefined` leaves a field, `null` clears it. A record read from the CRM is updated by its id;
 * only records that we create carry our key.
 */
export interface Write<E extends WritableEntity = WritableEntity> {
  readonly key: string;
  readonly target: { readonly id: Id } | { readonly externalKey: string };
  readonly set: Partial<WritableFields[E]>;
  readonly links?: readonly Link[];
  /** Only for records that we created. */
  readonly archive?: true;
}

/** One result per write, in the order of the writes. `unprocessed`: not attempted, or its outcome is unknown. */
export type WriteResult =
  | { readonly key: string; readonly status: 'written'; readonly id: Id }
  | { readonly key: string; readonly status: 'failed'; readonly error: CrmError }
  | { readonly key: string; readonly status: 'unprocessed'; readonly reason: string };

/** Something that a person must know or mend before a run, in one sentence with the next step. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
}

/** What `install` would change, computed from the live schema. */
export interface SchemaChange {
  readonly id: string;
  readonly action: 'create' | 'update' | 'remove' | 'assign';
  readonly what: string;
  readonly object: string;
  readonly name: string;
}
export interface SchemaPlan {
  readonly changes: readonly SchemaChange[];
  /** What stands in the way: a field of another type, an edited permission set. */
  readonly refusals: readonly Problem[];
  /** Who uses what would be removed, as far as the API tells. */
  readonly uses: readonly string[];
}
export interface SchemaResult {
  readonly id: string;
  readonly status: 'done' | 'failed';
  readonly error?: CrmError;
}

export interface CrmAdapter {
  readonly capabilities: CrmCapabilities;
  /** Credentials, permissions, maps and profile against the live schema. */
  check(profile: OrgProfile | null, signal?: AbortSignal): Promise<readonly Problem[]>;
  /** ONE page. Throws `CrmError`; never catches to continue. */
  read<E extends EntityName>(entity: E, request: ReadRequest, signal?: AbortSignal): Promise<Page<E>>;
  /** ONE batch of at most `batchSize`; one result per write, same order. Throws only when nothing is known of any item. */
  write<E extends WritableEntity>(
    entity: E,
    batch: readonly Write<E>[],
    signal?: AbortSignal,
  ): Promise<readonly WriteResult[]>;
  readonly schema?: {
    plan(target: 'installed' | 'removed', signal?: AbortSignal): Promise<SchemaPlan>;
    apply(changes: readonly SchemaChange[], signal?: AbortSignal): Promise<readonly SchemaResult[]>;
    /** The same as files of the vendor's source format, path to content, for an admin's own pipeline. */
    files?(): Readonly<Record<string, string>>;
  };
  /** Frees sockets; further calls fail. */
  close(): Promise<void>;
}
