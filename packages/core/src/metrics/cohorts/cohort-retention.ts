import type { Id } from '../../model/ids.ts';
import { type Figure, noFigure, ratioFigure } from '../figure.ts';
import { groupBy } from '../group-by.ts';
import { type CalendarMonth, monthsBetween, shiftMonth } from '../month.ts';

/** An account's months with revenue or activity. */
export interface AccountMonths {
  readonly accountId: Id;
  /** The cohort that it belongs to. */
  readonly startedIn: CalendarMonth;
  readonly activeIn: readonly CalendarMonth[];
}

/**
 * `bounded`: active in month k itself. `rolling`: active in month k or later, which rises again as data arrive and is
 * therefore never compared with a bounded table.
 */
export type CohortKind = 'bounded' | 'rolling';

/** One cohort; `cells[k]` is its retention in month k after the start. A cell is `null` while its month is not over. */
export interface CohortRow {
  readonly cohort: CalendarMonth;
  readonly size: number;
  readonly cells: readonly Figure[];
}

/**
 * Retention by starting month, oldest cohort first. Months after `lastWholeMonth` are masked, never shown as loss.
 *
 * @example
 * const accounts = [{ accountId: 'account:1', startedIn: '2026-01', activeIn: ['2026-01', '2026-03'] }];
 * cohortRetention(accounts, { kind: 'bounded', months: 3, lastWholeMonth: '2026-03' }); // cells 1, 0, 1
 */
export function cohortRetention(
  accounts: readonly AccountMonths[],
  options: { readonly kind: CohortKind; readonly months: number; readonly lastWholeMonth: CalendarMonth },
): readonly CohortRow[] {
  const cohorts = [...groupBy(accounts, (it) => it.startedIn)].sort(([a], [b]) => (a < b ? -1 : 1));
  return cohorts.map(([cohort, members]) => {
    const cells = Array.from({ length: options.months }, (_, k) => {
      const month = shiftMonth(cohort, k);
      if (monthsBetween(month, options.lastWholeMonth) < 0) return noFigure(members.length, 'the month is not over');
      const active = members.filter((it) => isActive(it, month, options)).length;
      return ratioFigure(active, members.length, members.length, 'an empty cohort');
    });
    return { cohort, size: members.length, cells };
  });
}

function isActive(
  account: AccountMonths,
  month: CalendarMonth,
  { kind, lastWholeMonth }: { readonly kind: CohortKind; readonly lastWholeMonth: CalendarMonth },
): boolean {
  if (kind === 'bounded') return account.activeIn.includes(month);
  return account.activeIn.some((it) => it >= month && it <= lastWholeMonth);
}
