import type { Id } from '../../model/ids.ts';
import { groupBy } from '../group-by.ts';
import type { AccountRevenue } from './account-revenue.ts';

/**
 * Accounts summed under the unit that they belong to *at the end*, on both sides of the window: a merged or re-parented
 * account moves its past with it and is neither churn nor new. `unitOf` names the surviving record or the parent; accounts
 * that it does not name stand for themselves. All amounts must be in one currency.
 *
 * @example
 * const merged = { accountId: 'account:2', m0: 40, m1: 0, path: [] };
 * const survivor = { accountId: 'account:1', m0: 60, m1: 100, path: [] };
 * underParents([survivor, merged], new Map([['account:2', 'account:1']])); // one account, 100 to 100
 */
export function underParents(
  accounts: readonly AccountRevenue[],
  unitOf: ReadonlyMap<Id, Id>,
): readonly AccountRevenue[] {
  const units = groupBy(accounts, (it) => topOf(it.accountId, unitOf));
  return [...units].map(([accountId, members]) => ({
    accountId,
    m0: members.reduce((sum, it) => sum + it.m0, 0),
    m1: members.reduce((sum, it) => sum + it.m1, 0),
    path: members.flatMap((it) => it.path),
    paidBefore: members.some((it) => it.paidBefore === true),
  }));
}

/** Follows merges and parents to the end; a loop ends at the record where it closes. */
function topOf(accountId: Id, unitOf: ReadonlyMap<Id, Id>): Id {
  const seen = new Set<Id>();
  let unit = accountId;
  for (let next = unitOf.get(unit); next !== undefined && !seen.has(next); next = unitOf.get(unit)) {
    seen.add(unit);
    unit = next;
  }
  return unit;
}
