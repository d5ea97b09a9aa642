import { wilson } from '../../stats/calibration/index.ts';
import { ratioFigure, type ShareFigure } from '../figure.ts';
import type { BookMovements } from './book-movements.ts';

/** Logo churn with what came back beside it. */
export type LogoChurn = ShareFigure & {
  /** Accounts of the cohort that fell to 0 at least once. */
  readonly churned: number;
  /** Of these, back within the window. */
  readonly reactivated: number;
  /** At 0 at the end of the window. */
  readonly lost: number;
};

/**
 * Share of the cohort with at least one churn event in the window, however often; reactivation is shown beside it and
 * never taken off. Wilson's interval, since cohorts are small. `null` without a cohort. Retention model, rule 13.
 *
 * @example
 * logoChurn(bookMovements([{ accountId: 'account:1', m0: 100, m1: 0, path: [] }])).value; // 1, interval .21 to 1
 */
export function logoChurn(
  book: Pick<BookMovements, 'n' | 'churnedAccounts' | 'reactivatedAccounts' | 'lostAccounts'>,
  level = 0.95,
): LogoChurn {
  const { n, churnedAccounts: churned, reactivatedAccounts: reactivated, lostAccounts: lost } = book;
  const figure = ratioFigure(churned, n, n, 'no account had recurring revenue at the start');
  if (figure.value === null) return { ...figure, interval: null, churned, reactivated, lost };
  const { low, high } = wilson(churned, n, level);
  return { ...figure, interval: [low, high], churned, reactivated, lost };
}
