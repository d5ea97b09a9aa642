import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { AsOfField, EditedEntity } from './as-of-fields.ts';

/** What a field held at an instant, where that is known. */
export type PastValue = { readonly known: true; readonly value: unknown } | { readonly known: false };

/** What the same field holds today, for a history that keeps changes only: a value never changed is today's. */
export interface HeldToday {
  readonly entity: EditedEntity;
  readonly value: unknown;
  /** When the record was last edited, as far as the CRM tells. */
  readonly updatedAt: Instant | null;
}

/**
 * What is on record of how fields changed. `valueAt` answers `known: false` for a record or field whose changes were not
 * kept, or not yet at that instant; it answers by when a value was entered, never by the day that it names.
 */
export interface FieldHistory {
  /**
   * Fields whose changes are kept at all; left out, every field may be. A field that is not kept is unknown for every
   * account alike, also for one without such records: else "known" would say "has none".
   */
  readonly fields?: ReadonlySet<AsOfField>;
  /** From when on a field's changes are kept, where that is told: before it the field is unknown for every account alike. */
  readonly since?: ReadonlyMap<AsOfField, Instant>;
  readonly valueAt: (recordId: Id, field: string, asOf: Instant, today?: HeldToday) => PastValue;
}

/** An org that keeps no history of fields. */
export const NO_HISTORY: FieldHistory = { fields: new Set(), valueAt: () => ({ known: false }) };
