import { complement, type Figure, noFigure, ratioFigure } from '../figure.ts';
import type { BookMovements, MovementTotals } from './book-movements.ts';

const NO_COHORT = 'no account had recurring revenue at the start';

/**
 * Gross revenue retention, 0 to 1: the cohort's revenue at the end, capped for each *account* at its revenue at the start,
 * over its revenue at the start. Capping by product or in total gives other values. `null` without a cohort.
 *
 * @example
 * grr(bookMovements([{ accountId: 'account:1', m0: 100, m1: 150, path: [] }])).value; // 1
 */
export function grr(book: Pick<BookMovements, 'retained' | 'start' | 'n'>): Figure {
  return ratioFigure(book.retained, book.start, book.n, NO_COHORT);
}

/**
 * Net revenue retention, 0 and up: the cohort's revenue at the end over that at the start, point to point. New accounts
 * and those that had left before the start are not in it. `null` without a cohort.
 *
 * @example
 * nrr(bookMovements([{ accountId: 'account:1', m0: 100, m1: 150, path: [] }])).value; // 1.5
 */
export function nrr(book: Pick<BookMovements, 'cohortEnd' | 'start' | 'n'>): Figure {
  return ratioFigure(book.cohortEnd, book.start, book.n, NO_COHORT);
}

/**
 * Gross revenue churn: `1 - grr`.
 *
 * @example
 * grossRevenueChurn(bookMovements([{ accountId: 'account:1', m0: 100, m1: 75, path: [] }])).value; // 0.25
 */
export function grossRevenueChurn(book: Pick<BookMovements, 'retained' | 'start' | 'n'>): Figure {
  return complement(grr(book));
}

/**
 * Net revenue churn: `1 - nrr`; below 0 where expansion outweighs losses.
 *
 * @example
 * netRevenueChurn(bookMovements([{ accountId: 'account:1', m0: 100, m1: 150, path: [] }])).value; // -0.5
 */
export function netRevenueChurn(book: Pick<BookMovements, 'cohortEnd' | 'start' | 'n'>): Figure {
  return complement(nrr(book));
}

/**
 * A rate of loss for one period as a rate for a year: `1 - (1 - c)^periods`, never `periods * c`. `null` for a rate that is
 * none, or below 0 or above 1: a net churn below 0 does not compound this way.
 *
 * @example
 * annualise({ value: 0.02, n: 400, reason: null }).value; // 0.2153
 */
export function annualise(churn: Figure, periodsPerYear = 12): Figure {
  if (churn.value === null) return churn;
  if (churn.value < 0 || churn.value > 1) return noFigure(churn.n, 'only a rate from 0 to 1 can be annualised');
  return { ...churn, value: 1 - (1 - churn.value) ** periodsPerYear };
}

/**
 * Quick ratio (Mamoon Hamid): (new + expansion + reactivation) / (contraction + churn), from event movements; about 4 was
 * called good. Reactivation is counted unless told otherwise. `null` when nothing was lost: infinite is no figure.
 *
 * @example
 * const book = bookMovements([{ accountId: 'account:1', m0: 100, m1: 75, path: [] }, { accountId: 'account:2', m0: 0, m1: 100, path: [] }]);
 * quickRatio(book.events).value; // 100 / 25 = 4
 */
export function quickRatio(totals: MovementTotals, options: { readonly reactivation?: boolean } = {}): Figure {
  const back = options.reactivation === false ? 0 : totals.reactivation;
  const gained = totals.new + totals.expansion + back;
  return ratioFigure(gained, totals.contraction + totals.churn, 1, 'nothing was lost: the ratio has no bound');
}
