import { groupBy } from '../group-by.ts';
import { type CalendarMonth, monthInZone } from '../month.ts';
import type { RevenueMovement } from './account-movements.ts';
import { addUp, type MovementTotals } from './book-movements.ts';

/** The movements of one civil month. */
export interface MonthOfMovements {
  /** `null`: movements that the records do not date. */
  readonly month: CalendarMonth | null;
  readonly totals: MovementTotals;
}

/**
 * Movements by civil month of the org's own time zone, oldest first, undated ones last. A month is a month whatever its
 * length: nothing is scaled by days. Months without a movement are not listed.
 *
 * @example
 * const { movements } = bookMovements([{ accountId: 'account:1', m0: 0, m1: 50, path: [{ at: 0, change: 50 }] }]);
 * movementsByMonth(movements, 'UTC')[0]?.month; // '1970-01', with 50 new
 */
export function movementsByMonth(movements: readonly RevenueMovement[], timeZone: string): readonly MonthOfMovements[] {
  const months = groupBy(movements, (it) => (it.at === null ? null : monthInZone(it.at, timeZone)));
  return [...months]
    .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
    .map(([month, of]) => ({ month, totals: addUp(of) }));
}
