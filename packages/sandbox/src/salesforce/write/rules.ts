import type { Cell } from '../store/row.ts';

/** A record about to be saved, as an admin's rule sees it. */
type RuleRecord = (field: string) => Cell;

/** A validation rule: when `fails` is true the save is refused with the admin's message. */
export interface ValidationRule {
  readonly object: string;
  readonly fails: (record: RuleRecord) => boolean;
  readonly message: string;
  /** Field beside which the message is shown; the top of the page otherwise. */
  readonly field?: string;
  /** FIELD_CUSTOM_VALIDATION_EXCEPTION unless a flow refuses: CANNOT_EXECUTE_FLOW_TRIGGER. */
  readonly code?: string;
}

/** A duplicate rule: another live record with the same values in all `fields` (case-insensitive) is a match. */
export interface DuplicateRule {
  readonly object: string;
  readonly name: string;
  readonly fields: readonly string[];
  /** Whether `Sforce-Duplicate-Rule-Header: allowSave=true` may save all the same. */
  readonly allowSave: boolean;
}

/** What the org's admin has set up; tests add to it. */
export interface Rules {
  readonly validation: ValidationRule[];
  readonly duplicates: DuplicateRule[];
  /** Owner that the active assignment rule gives, by object (Account, Case, Lead). */
  readonly assignment: Map<string, string>;
}

/** An org without rules. */
export const noRules = (): Rules => ({ validation: [], duplicates: [], assignment: new Map() });
