import type { Instant } from '../model/dates.ts';
import type { FieldChange } from '../model/types.ts';
import type { AsOfField } from './as-of-fields.ts';

/** From when on the history of a field says something. */
export interface FieldReach {
  readonly since: Instant;
  /** Whether every change since then is kept, so that a record without any held the same value all the time. */
  readonly complete: boolean;
}
/** Of every field with a history; the others have none. */
export type HistoryReach = ReadonlyMap<AsOfField, FieldReach>;

/**
 * How far the stored rows reach, field by field: since the instant that the CRM names for every record (`start` without
 * a record), else since the first change of any record, for then the field was being tracked. A CRM keeps rows for so
 * long and drops them by age (Salesforce: 18 months, 24 by API), so that the oldest one left is where knowledge begins.
 * Where only entries are kept (`entry`), a record without one is not known. Memory: one entry a field.
 */
export function readHistoryReach(): {
  readonly add: (row: FieldChange) => void;
  readonly finish: () => HistoryReach;
} {
  const told = new Map<string, Instant>();
  const changed = new Map<string, Instant>();
  const met = new Map<string, Instant>();
  const earliest = (map: Map<string, Instant>, { field, at }: FieldChange) =>
    map.set(field, Math.min(at, map.get(field) ?? Number.POSITIVE_INFINITY));
  return {
    add: (row) => {
      if (row.recordId === null) earliest(told, row);
      else earliest(met, row);
      if (row.recordId !== null && row.kind === 'change') earliest(changed, row);
    },
    finish: () => {
      const fields = [...new Set([...told.keys(), ...met.keys()])].sort();
      const reachOf = (field: string): FieldReach => {
        const complete = told.get(field) ?? changed.get(field);
        if (complete !== undefined) return { since: complete, complete: true };
        return { since: met.get(field) ?? Number.POSITIVE_INFINITY, complete: false };
      };
      return new Map(fields.map((field) => [field as AsOfField, reachOf(field)]));
    },
  };
}
