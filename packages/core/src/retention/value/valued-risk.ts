import type { RetentionModel } from '../../features/facts.ts';
import type { CalendarDay } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';

/** A second chance beside loss: that a kept account gets smaller, and by what share (retention model, rule 3). */
export interface ContractionRisk {
  /** Chance that the account is smaller, given that it is kept. */
  readonly probability: number;
  /** Expected share of its value that goes when it does. */
  readonly share: number;
}

/** One account's risk and what it is worth. Amounts are minor units of the book's one currency, for a year. */
export interface ValuedRisk {
  readonly accountId: Id;
  readonly ownerId: Id | null;
  readonly segment: string | null;
  readonly model: RetentionModel;
  /** Chance of loss at the next decision (contract) or within the window (orders). */
  readonly probability: number;
  /** Variance of that chance's log-odds, from the posterior. */
  readonly variance: number;
  /** Length of the term (contract) or of the window (orders). */
  readonly horizonDays: number;
  /** Contract: the day of the next decision; `null` when it is not known. Not used for orders. */
  readonly decidesOn: CalendarDay | null;
  /** `null`: no model of contraction. */
  readonly contraction: ContractionRisk | null;
  /** Gross margin a year: what decisions rest on. `null`: not known, and revenue never takes its place. */
  readonly annualMargin: number | null;
  /** Recurring revenue a year: for display. */
  readonly annualRevenue: number | null;
  readonly tenureDays: number | null;
}
