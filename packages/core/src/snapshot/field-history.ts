import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';

/** What a field held at an instant, where that is known. */
export type PastValue = { readonly known: true; readonly value: unknown } | { readonly known: false };

/**
 * What is on record of how fields changed. `valueAt` answers `known: false` for a record or field whose changes were not
 * kept, or not yet at that instant; it answers by when a value was entered, never by the day that it names.
 */
export interface FieldHistory {
  readonly valueAt: (recordId: Id, field: string, asOf: Instant) => PastValue;
}

/** An org that keeps no history of fields. */
export const NO_HISTORY: FieldHistory = { valueAt: () => ({ known: false }) };
