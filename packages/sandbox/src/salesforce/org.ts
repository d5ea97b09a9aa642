import type { JournalEntry, SandboxClock } from '../server/emulator.ts';
import type { ApiFault } from './errors.ts';
import type { IdSource } from './ids.ts';
import type { SalesforceOptions, SalesforceSettings, SalesforceUser } from './options.ts';
import type { Row } from './store/row.ts';
import type { SObject } from './store/sobject.ts';
import type { Rules } from './write/rules.ts';

/** A login. */
export interface Session {
  readonly token: string;
  readonly user: OrgUser;
  expiresAt: number;
}

/** A user who may log in, with its id in the org. */
export interface OrgUser extends SalesforceUser {
  readonly id: string;
}

/** A query whose further pages wait for their locator. */
export interface Cursor {
  readonly id: string;
  readonly rows: readonly Row[];
  readonly project: (row: Row) => unknown;
  readonly totalSize: number;
  readonly pageSize: number;
  readonly userId: string;
}

/** One deployment and what came of it. */
export interface Deployment {
  readonly id: string;
  readonly result: Readonly<Record<string, unknown>>;
  pollsLeft: number;
}

/** A deletion as `/deleted` remembers it, also after the recycle bin is emptied. */
interface DeleteLogEntry {
  readonly object: string;
  readonly id: string;
  readonly at: number;
}

/** What a user's permission sets grant, as of one schema version. */
export interface AccessCache {
  readonly schema: number;
  readonly fields: ReadonlyMap<string, 'read' | 'edit'>;
  readonly objects: ReadonlyMap<string, 'read' | 'edit'>;
}

/** The whole state of one emulated org. */
export interface Org {
  readonly id: string;
  readonly options: SalesforceOptions;
  readonly settings: SalesforceSettings;
  readonly clock: SandboxClock;
  readonly apiVersion: number;
  readonly objects: Map<string, SObject>;
  readonly ids: IdSource;
  readonly users: readonly OrgUser[];
  readonly sessions: Map<string, Session>;
  readonly refreshTokens: Map<string, OrgUser>;
  readonly authorizationCodes: Map<string, OrgUser>;
  readonly cursors: Map<string, Cursor>;
  readonly deployments: Map<string, Deployment>;
  readonly deleteLog: DeleteLogEntry[];
  readonly journal: JournalEntry[];
  readonly calls: Map<string, number>;
  readonly rules: Rules;
  /** Field and object access by user, until the schema or a permission changes. */
  readonly accessCache: Map<string, AccessCache>;
  /** Records that answer UNABLE_TO_LOCK_ROW, with the number of times they still will. */
  readonly locks: Map<string, number>;
  /** Records that sharing hides from everybody who may not view all data. */
  readonly hidden: Set<string>;
  /** When the schema or a permission last changed, in milliseconds. */
  readonly schemaChangedAt: () => number;
  readonly counters: {
    request: number;
    apiUsage: number;
    usageDay: number;
    token: number;
    cursor: number;
    schema: number;
    autoNumber: number;
  };
}

/** The org's time in whole seconds, as records keep it. */
export const seconds = (org: Org): number => Math.floor(org.clock.now() / 1000);

/** Object by name, in any case. */
export const objectOf = (org: Org, name: string): SObject | undefined => org.objects.get(name.toLowerCase());

/** Object by name; for names that the emulator itself relies on. */
export function knownObject(org: Org, name: string): SObject {
  const object = objectOf(org, name);
  if (object === undefined) throw new Error(`The emulated org has no object ${name}`);
  return object;
}

/** Object of an id, by its key prefix. */
export function objectOfId(org: Org, id: string): SObject | undefined {
  const prefix = id.slice(0, 3);
  for (const object of org.objects.values()) if (object.def.keyPrefix === prefix) return object;
  return undefined;
}

/** One request in progress: who asks, in which API version, with which headers. */
export interface Call {
  readonly org: Org;
  readonly user: OrgUser;
  readonly version: string;
  readonly versionNumber: number;
  /** `/services/data/v66.0`. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly number: number;
  /** What takes this call's writes back, newest last; absent when each write stands alone. */
  undo?: (() => void)[];
}

/** An answer before it is put on the wire; a body of undefined is empty. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What one write came to. */
export type Saved = { readonly id: string; readonly created: boolean } | { readonly faults: readonly ApiFault[] };
