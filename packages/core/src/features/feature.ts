import type { CalendarDay } from '../model/dates.ts';
import type { OrgProfile } from '../model/profile.ts';
import type { EntityName, MainReason } from '../model/types.ts';
import type { AsOfField } from '../snapshot/as-of-fields.ts';
import type { BookIndexes } from '../snapshot/book-indexes.ts';
import type { AccountSlice } from '../snapshot/slice.ts';
import type { FactId } from './facts.ts';

/** What a feature may know beside the account's own slice. */
export interface FeatureContext {
  readonly profile: OrgProfile;
  readonly indexes: BookIndexes;
  /** The civil day of the slice's `asOf` in the org's zone. */
  readonly today: CalendarDay;
}

/**
 * One fact about one account as of one instant. `asOfSource` says whether the past can be rebuilt: from dated
 * records alone, only where the CRM keeps the history of the fields in `edited`, or not at all (`none`: links without
 * a date; such a feature enters no backtest before our own first snapshot).
 */
export interface Feature {
  readonly id: FactId;
  readonly title: string;
  readonly group: MainReason;
  readonly unit: 'days' | 'share' | 'count' | 'log ratio' | 'ratio' | 'yes or no' | 'score 0 to 10' | 'view -1 to 1';
  readonly asOfSource: 'record' | 'history' | 'none';
  /** What it reads that is edited in place or not dated: in a rebuild of the past it is `null` unless all of it is known. */
  readonly edited?: readonly AsOfField[];
  /** It counts over so many days of an entity's events: in a rebuild it is `null` where the events do not reach so far back. */
  readonly window?: { readonly of: EntityName; readonly days: number };
  /** In words: when the value is `null`, and what stands for zero. */
  readonly missingRule: string;
  readonly compute: (slice: AccountSlice, context: FeatureContext) => number | null;
}

/** Whether the book keeps such records at all; without, an account's empty list says nothing. */
export function keeps(context: FeatureContext, entity: EntityName): boolean {
  return context.indexes.holds.has(entity);
}
