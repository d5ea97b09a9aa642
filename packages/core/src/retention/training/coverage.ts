import type { RetentionModel } from '../../features/facts.ts';
import type { CalendarDay } from '../../model/dates.ts';
import type { EntityName } from '../../model/types.ts';
import type { BulkImport } from '../../snapshot/bulk-imports.ts';
import type { RebuildRefusal } from '../../snapshot/rebuild-slice.ts';
import type { DecisionOutcome } from '../outcomes/decision.ts';
import type { LeftOutReason } from '../outcomes/left-out.ts';
import type { LossesMissing } from '../outcomes/losses-missing.ts';

/** Why a decision whose outcome is known gave no row. */
export type RowLeftOutReason = LeftOutReason | RebuildRefusal | 'outside the book at the cut-off';

/** How often each reason came up; one that never did is left out. */
export type LeftOutCounts = Readonly<Partial<Record<RowLeftOutReason, number>>>;

/** How decisions ended, by model. */
export type OutcomeCounts = Readonly<Record<RetentionModel, Readonly<Record<DecisionOutcome, number>>>>;

/** How far the history of a book reaches, and what became of everything that looked like a decision. */
export interface TrainingCoverage {
  readonly accounts: number;
  readonly outcomes: OutcomeCounts;
  readonly rows: Readonly<Record<RetentionModel, number>>;
  readonly leftOut: LeftOutCounts;
  /** The same by the model that the decision belongs to; accounts that tell of neither model are in neither. */
  readonly leftOutOf: Readonly<Record<RetentionModel, LeftOutCounts>>;
  /** First and last cut-off that gave a row; `null` without rows. */
  readonly cutoffs: { readonly first: CalendarDay; readonly last: CalendarDay } | null;
  /** From which day on each entity's records show what the company knew; an entity left out never does. */
  readonly recordedSince: Readonly<Partial<Record<EntityName, CalendarDay>>>;
  /** Bulk imports: cut-offs before them are refused for their entity. */
  readonly imports: readonly BulkImport[];
  readonly losses: LossesMissing;
}
