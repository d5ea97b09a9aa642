import { groupBy } from '../../metrics/group-by.ts';
import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { ArmAssignment } from '../../retention/value/logged-action.ts';
import { type MeanDifference, meanDifference } from './mean-difference.ts';

/** What one credited introduction brought and cost, in minor units of the program's currency. */
export interface ReferralContribution {
  readonly referralId: string;
  readonly referrerAccountId: Id;
  readonly introducedAt: Instant;
  /** Whether the referred account was retained: only then its margin counts; what it cost counts in any case. */
  readonly retained: boolean;
  readonly grossMargin: number;
  /** Rewards of the referrer's side net of reversals, of the referred side, and the work on it. */
  readonly rewards: number;
  readonly referredDiscounts: number;
  readonly handlingCost: number;
}

/** What the books show, whoever would have come anyway. */
export interface CountedReturn {
  readonly referrals: number;
  readonly retained: number;
  readonly margin: number;
  readonly rewards: number;
  readonly referredDiscounts: number;
  readonly handlingCost: number;
  readonly fixedCost: number;
  /** Margin of retained referred accounts less rewards, discounts, handling and fixed cost. */
  readonly net: number;
}

/** What would be missing without asking, by the hold-out. */
export type IncrementalReturn =
  | {
      readonly known: true;
      readonly net: number;
      readonly interval: readonly [low: number, high: number];
      /** For each account that could be asked. */
      readonly perAccount: Extract<MeanDifference, { readonly known: true }>;
    }
  | { readonly known: false; readonly reason: string };

/** The two side by side; neither stands for the other. */
export interface ProgramReturn {
  readonly counted: CountedReturn;
  readonly incremental: IncrementalReturn;
}

/** Accounts that each arm needs before a difference is told. */
const FEW_ACCOUNTS = 30;

/**
 * The return of a program. Counted: all credited introductions. Incremental: net contribution of each account of the
 * hold-out's two arms since it was drawn (most bring nothing: 0), asked less not asked within strata, times the accounts
 * that may be asked, less the fixed cost; accounts stay in their arm whether they were asked or not. Exempt accounts are in
 * the counted figure only.
 */
export function programReturn(
  contributions: readonly ReferralContribution[],
  arms: readonly ArmAssignment[],
  fixedCost: number,
  level = 0.9,
): ProgramReturn {
  return { counted: count(contributions, fixedCost), incremental: compareArms(contributions, arms, fixedCost, level) };
}

function count(contributions: readonly ReferralContribution[], fixedCost: number): CountedReturn {
  const sum = (of: (it: ReferralContribution) => number) => contributions.reduce((total, it) => total + of(it), 0);
  return {
    referrals: contributions.length,
    retained: contributions.filter((it) => it.retained).length,
    margin: sum(marginOf),
    rewards: sum((it) => it.rewards),
    referredDiscounts: sum((it) => it.referredDiscounts),
    handlingCost: sum((it) => it.handlingCost),
    fixedCost,
    net: sum(netOf) - fixedCost,
  };
}

const marginOf = ({ retained, grossMargin }: ReferralContribution): number => (retained ? grossMargin : 0);

function netOf(it: ReferralContribution): number {
  return marginOf(it) - it.rewards - it.referredDiscounts - it.handlingCost;
}

function compareArms(
  contributions: readonly ReferralContribution[],
  arms: readonly ArmAssignment[],
  fixedCost: number,
  level: number,
): IncrementalReturn {
  const byAccount = groupBy(contributions, (it) => it.referrerAccountId);
  const cases = arms
    .filter((it) => it.arm !== 'exempt')
    .map(({ accountId, stratum, arm, assignedAt }) => {
      const since = (byAccount.get(accountId) ?? []).filter((it) => it.introducedAt >= assignedAt);
      return { stratum, looked: arm === 'treat', value: since.reduce((sum, it) => sum + netOf(it), 0) };
    });
  const perAccount = meanDifference(cases, FEW_ACCOUNTS, level);
  if (!perAccount.known) return perAccount;
  const inAll = (each: number) => each * perAccount.looked.n - fixedCost;
  const [low, high] = perAccount.interval;
  return { known: true, net: inAll(perAccount.difference), interval: [inAll(low), inAll(high)], perAccount };
}
