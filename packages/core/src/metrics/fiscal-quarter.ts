import type { CalendarDay } from '../model/dates.ts';
import { type CalendarMonth, calendarMonth, shiftMonth } from './month.ts';

/** Three months of the fiscal year, both ends counted. */
export interface FiscalQuarter {
  readonly from: CalendarMonth;
  readonly to: CalendarMonth;
}

/**
 * The quarter before the one that a day lies in, by the month (1 to 12) in which the fiscal year starts.
 *
 * @example
 * lastQuarter('2026-06-10', 1); // { from: '2026-01', to: '2026-03' }
 * lastQuarter('2026-06-10', 2); // { from: '2026-02', to: '2026-04' }
 */
export function lastQuarter(on: CalendarDay, fiscalYearStartMonth: number): FiscalQuarter {
  const month = calendarMonth(on);
  const within = (Number(month.slice(5)) - fiscalYearStartMonth + 12) % 3;
  return { from: shiftMonth(month, -within - 3), to: shiftMonth(month, -within - 1) };
}
