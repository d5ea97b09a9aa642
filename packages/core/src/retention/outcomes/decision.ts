import type { RetentionModel } from '../../features/facts.ts';
import type { CalendarDay } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Money } from '../../model/money.ts';

/**
 * How a decision ended. `lost`: recurring revenue 0 across all contracts (orders: none in the window). `contracted`: kept,
 * but smaller. `pending`: not known before the grace period ends. `competing`: ended from outside, see `CompetingCause`.
 */
export type DecisionOutcome = 'kept' | 'contracted' | 'lost' | 'pending' | 'competing';

/** What ends an account before or beside its decision. */
export type CompetingCause = 'termination' | 'insolvency' | 'acquisition';

/** The kinds of date that a loss has; they are never mixed. `null`: the records do not say. */
export interface LossDates {
  readonly noticeOn: CalendarDay | null;
  readonly endOfTermOn: CalendarDay | null;
  readonly lastPaymentOn: CalendarDay | null;
}

/** One decision of one account: the unit of training, of scoring and of the accuracy card (retention model, rule 1). */
export interface Decision {
  readonly accountId: Id;
  readonly model: RetentionModel;
  /** Contract: the last day on which the customer can decide (end less notice). Orders: the last day of the window. */
  readonly decidesOn: CalendarDay;
  /** First day of the term that ends, or of the window. */
  readonly startsOn: CalendarDay;
  /** Last day of the paid term, or of the window. */
  readonly endsOn: CalendarDay;
  /** Length of the term or of the window. */
  readonly horizonDays: number;
  readonly outcome: DecisionOutcome;
  /** The first day on which the outcome could be known; `null` while it is pending. */
  readonly knownOn: CalendarDay | null;
  readonly cause: CompetingCause | null;
  /** The customer came back after this loss, on this day. */
  readonly reactivatedOn: CalendarDay | null;
  readonly dates: LossDates;
  /** Recurring value a year before and after the decision, in the profile's currency; `null`: not known. */
  readonly annualBefore: Money | null;
  readonly annualAfter: Money | null;
}
