import type { CalendarDay } from '../../model/dates.ts';

/** The three days that a loss has. All are kept and never mixed; `null`: the records do not say. */
export interface ChurnDays {
  readonly noticeOn: CalendarDay | null;
  readonly endOfTermOn: CalendarDay | null;
  readonly lastPaymentOn: CalendarDay | null;
}

/**
 * The day of a churn by one stated kind, the end of the paid term by default. `null` when that kind is not known: another
 * kind never takes its place, since notice comes months before the end.
 *
 * @example
 * churnDay({ noticeOn: '2026-03-31', endOfTermOn: '2026-06-30', lastPaymentOn: null }); // '2026-06-30'
 */
export function churnDay(days: ChurnDays, kind: keyof ChurnDays = 'endOfTermOn'): CalendarDay | null {
  return days[kind];
}
