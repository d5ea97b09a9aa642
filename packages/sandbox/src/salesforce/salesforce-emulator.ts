import type { Emulator } from '../server/emulator.ts';
import type { OrgUser } from './org.ts';
import type { FieldOptions, FieldType } from './schema/field.ts';
import type { Cell } from './store/row.ts';
import type { Rules } from './write/rules.ts';

/** A record as a test looks at it: stored values by field name; datetimes are ISO strings. */
export interface SalesforceRecord {
  readonly id: string;
  readonly deleted: boolean;
  readonly fields: Readonly<Record<string, Cell>>;
}

/** Values as a test writes them: datetimes as ISO strings. */
export type FieldValues = Readonly<Record<string, Cell>>;

/** What a person chooses when converting a lead. */
export interface LeadConversion {
  readonly accountId?: string;
  readonly opportunity?: string;
}

/** What became of a lead. */
export interface ConvertedLead {
  readonly accountId: string;
  readonly contactId: string;
  readonly opportunityId: string | null;
}

/** A change that is made but not yet visible: `commit` makes it appear with the stamp of when it was made. */
export interface LateChange {
  readonly id: string;
  commit(): void;
}

/**
 * A stateful Salesforce in memory. Beside answering requests it lets a test act as a person (no permissions, no rules),
 * as the admin (fields, rules, access) and look inside.
 */
export interface SalesforceEmulator extends Emulator {
  readonly crm: 'salesforce';
  readonly orgId: string;
  readonly users: readonly OrgUser[];
  /** Validation, duplicate and assignment rules; push to add one. */
  readonly rules: Rules;

  /** A record by id, deleted ones too; undefined when there is none. */
  get(object: string, id: string): SalesforceRecord | undefined;
  /** Ids of live records in id order. */
  ids(object: string): readonly string[];
  /** The record's id for a record of the seeded book: `idOf('accounts', 'a-1')`. */
  idOf(table: string, bookId: string): string | undefined;

  create(object: string, fields: FieldValues, id?: string): string;
  edit(object: string, id: string, fields: FieldValues): void;
  /** Merges the loser into the master: loser deleted with MasterRecordId, children re-parented. */
  merge(object: string, master: string, loser: string): void;
  /**
   * Converts a lead into a new or given account, a new contact there, and an opportunity where one is wanted; the lead
   * stays, marked as converted. Object Reference, "Lead".
   */
  convertLead(id: string, wanted?: LeadConversion): ConvertedLead;
  remove(object: string, id: string): void;
  undelete(object: string, id: string): void;
  /** Empties a record from the recycle bin. */
  purge(object: string, id: string): void;
  /** Forgets deletions up to an instant (milliseconds), as the platform's delete log does after 15 days. */
  purgeDeleteLog(until: number): void;
  /** Marks an activity archived: only queryAll returns it. */
  archive(object: 'Task' | 'Event', id: string): void;
  /** A record created now that others see only after `commit`, with now's older stamps. */
  createLate(object: string, fields: FieldValues): LateChange;
  editLate(object: string, id: string, fields: FieldValues): LateChange;

  /** Makes a field as the customer's admin would, with access for everyone. */
  defineField(object: string, name: string, type: FieldType, options?: FieldOptions): void;
  renameField(object: string, from: string, to: string): void;
  removeField(object: string, name: string): void;
  /** Makes an object, with access for everyone; key prefixes are a00, a01, … unless given. */
  defineObject(name: string, label: string, keyPrefix?: string): void;
  /** Takes an object away, as in an org without the feature. */
  removeObject(name: string): void;
  /** Hides (`none`) or freezes (`read`) a field for one user; `edit` gives it back. */
  setFieldAccess(username: string, field: string, access: 'none' | 'read' | 'edit'): void;
  setObjectAccess(username: string, object: string, access: 'none' | 'read' | 'edit'): void;
  /** Hides records by sharing from users who may not view all data. */
  hide(...ids: readonly string[]): void;

  /** The next `times` saves that touch the record answer UNABLE_TO_LOCK_ROW. */
  lock(id: string, times: number): void;
  /** Ends every session: INVALID_SESSION_ID from now on. */
  expireSessions(): void;
  /** Ends every open query: INVALID_QUERY_LOCATOR from now on. */
  expireCursors(): void;
  /** Calls counted today. */
  setApiUsage(calls: number): void;
}
