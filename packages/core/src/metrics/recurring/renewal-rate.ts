import type { Id } from '../../model/ids.ts';
import { type Figure, ratioFigure } from '../figure.ts';
import { groupBy } from '../group-by.ts';

/** Recurring revenue that came up for renewal in a period, and what was renewed of it; minor units a month. */
export interface DueRevenue {
  readonly accountId: Id;
  readonly due: number;
  readonly renewed: number;
}

/** Renewal and retention beside each other: with multi-year contracts the two differ. */
export interface RenewalRates {
  /** Renewed, capped at what was due for each account, over what was due. */
  readonly renewal: Figure;
  readonly nonRenewal: Figure;
  /** The same loss over all revenue of the cohort: never above `nonRenewal` while what is due is part of it. */
  readonly churnFromRenewals: Figure;
}

/**
 * Renewal rate of the revenue due in a period, beside the churn that it makes over all revenue. `cohortRevenue` is the
 * whole cohort's at the start of the period. Several rows of one account are one decision: they are netted first.
 * Source: KBCM private SaaS survey (non-renewal is at least churn).
 *
 * @example
 * renewalRates([{ accountId: 'account:1', due: 100, renewed: 80 }], 400);
 * // renewal .8, nonRenewal .2, churnFromRenewals .05
 */
export function renewalRates(rows: readonly DueRevenue[], cohortRevenue: number): RenewalRates {
  const accounts = [...groupBy(rows, (it) => it.accountId).values()].map((of) => ({
    due: of.reduce((sum, it) => sum + it.due, 0),
    renewed: of.reduce((sum, it) => sum + it.renewed, 0),
  }));
  const due = accounts.reduce((sum, it) => sum + it.due, 0);
  const kept = accounts.reduce((sum, it) => sum + Math.min(it.due, it.renewed), 0);
  const n = accounts.filter((it) => it.due > 0).length;
  return {
    renewal: ratioFigure(kept, due, n, 'nothing was due'),
    nonRenewal: ratioFigure(due - kept, due, n, 'nothing was due'),
    churnFromRenewals: ratioFigure(due - kept, cohortRevenue, n, 'no account had recurring revenue at the start'),
  };
}
