import type { Id } from '../../model/ids.ts';
import {
  accountMovements,
  fallsBelowZero,
  type MovementKind,
  movementKind,
  notWon,
  type RevenueMovement,
} from './account-movements.ts';
import { type AccountRevenue, isCounted } from './account-revenue.ts';

/** Amounts by kind of movement, in minor units a month. */
export interface MovementTotals extends Readonly<Record<MovementKind, number>> {
  /** Of `expansion`: price rises that were agreed before. */
  readonly escalated: number;
  /** Of `expansion`: discounts that ran out. */
  readonly discountEnded: number;
}

/** What a book's recurring revenue did between two instants. The cohort is every account with revenue at the start. */
export interface BookMovements {
  /** Accounts of the cohort. */
  readonly n: number;
  /** The cohort's revenue at the start, at the end, and at the end capped for each account at its start. */
  readonly start: number;
  readonly cohortEnd: number;
  readonly retained: number;
  /** All accounts' revenue at the end, new and returned ones too. */
  readonly end: number;
  /** Each account netted over the whole window: `(start + expansion - contraction - churn) / start` is NRR. */
  readonly netted: MovementTotals;
  /** Event by event. Both forms satisfy `start + new + expansion + reactivation - contraction - churn = end`. */
  readonly events: MovementTotals;
  /** Accounts of the cohort that fell to 0 at least once, though they may be back. */
  readonly churnedAccounts: number;
  /** Of these, the ones that came back within the window. */
  readonly reactivatedAccounts: number;
  /** Accounts of the cohort that are at 0 at the end. */
  readonly lostAccounts: number;
  readonly movements: readonly RevenueMovement[];
  readonly leftOut: readonly { readonly accountId: Id; readonly reason: string }[];
}

/**
 * Adds up a book: the one source of GRR, NRR, churn and movements. Accounts whose amounts are not whole minor units, are
 * negative, or whose changes would pass below 0 are left out with the reason and never counted as 0.
 * Source: ChartMogul's movement definitions; retention model, section 6.
 *
 * @example
 * const book = bookMovements([{ accountId: 'account:1', m0: 10_000, m1: 12_000, path: [] }]);
 * book.netted.expansion; // 2000
 */
export function bookMovements(
  accounts: readonly AccountRevenue[],
  options: { readonly groupMs?: number } = {},
): BookMovements {
  const counted: AccountRevenue[] = [];
  const leftOut: { accountId: Id; reason: string }[] = [];
  for (const account of accounts) {
    const reason = whyLeftOut(account, options.groupMs);
    if (reason === null) counted.push(account);
    else leftOut.push({ accountId: account.accountId, reason });
  }
  const movementsOf = counted.map((it) => accountMovements(it, options.groupMs));
  const cohort = counted.flatMap((account, i) =>
    account.m0 > 0 ? [{ account, movements: movementsOf[i] ?? [] }] : [],
  );
  const churned = cohort.filter((it) => has(it.movements, 'churn'));
  const movements = movementsOf.flat();
  return {
    n: cohort.length,
    start: total(cohort, (it) => it.account.m0),
    cohortEnd: total(cohort, (it) => it.account.m1),
    retained: total(cohort, (it) => Math.min(it.account.m0, it.account.m1)),
    end: total(counted, (it) => it.m1),
    netted: addUp(counted.flatMap(nettedMovement)),
    events: addUp(movements),
    churnedAccounts: churned.length,
    reactivatedAccounts: churned.filter((it) => has(it.movements, 'reactivation')).length,
    lostAccounts: cohort.filter((it) => it.account.m1 === 0).length,
    movements,
    leftOut,
  };
}

function whyLeftOut(account: AccountRevenue, groupMs: number | undefined): string | null {
  const { m0, m1, path } = account;
  if (![m0, m1, ...path.map((it) => it.change)].every(Number.isSafeInteger)) return 'amounts are not whole minor units';
  if (m0 < 0 || m1 < 0) return 'a negative amount';
  return fallsBelowZero(account, groupMs) ? 'its changes fall below zero' : null;
}

function nettedMovement(account: AccountRevenue): readonly RevenueMovement[] {
  const { accountId, m0, m1, path } = account;
  const kind = movementKind(m0, m1, account.paidBefore === true);
  if (kind === null) return [];
  const changes = path.filter(isCounted);
  return [{ accountId, kind, at: null, amount: Math.abs(m1 - m0), ...notWon(kind, m1 - m0, changes) }];
}

/** Movements added up by kind. */
export function addUp(movements: readonly RevenueMovement[]): MovementTotals {
  const totals = { new: 0, expansion: 0, contraction: 0, churn: 0, reactivation: 0, escalated: 0, discountEnded: 0 };
  for (const { kind, amount, escalated, discountEnded } of movements) {
    totals[kind] += amount;
    totals.escalated += escalated;
    totals.discountEnded += discountEnded;
  }
  return totals;
}

const has = (movements: readonly RevenueMovement[], kind: MovementKind): boolean =>
  movements.some((it) => it.kind === kind);

function total<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((sum, it) => sum + amount(it), 0);
}
