/** What an amount on an invoice is for; only `paid` recurs. */
export type PlanLineKind = 'paid' | 'trial' | 'free-period' | 'reward-credit' | 'one-off';

/** A line of a plan, in minor units a month. */
export interface PlanLine {
  readonly kind: PlanLineKind;
  /** Before discount. */
  readonly listMonthly: number;
  /** After discount. */
  readonly netMonthly: number;
}

/** List and net recurring revenue of one account; both are kept, since a discount that ends moves only one. */
export interface MonthlyRecurring {
  readonly list: number;
  readonly net: number;
}

/**
 * Monthly recurring revenue of an account's lines. A free period within a paid plan and a reward credit leave it as it is:
 * give the plan's own line as `paid` and the credit apart. Trials and one-off fees are no recurring revenue, so an account
 * with nothing else is not in the cohort. No lines: 0.
 *
 * @example
 * monthlyRecurring([{ kind: 'paid', listMonthly: 100, netMonthly: 80 }, { kind: 'reward-credit', listMonthly: -30, netMonthly: -30 }]);
 * // { list: 100, net: 80 }
 */
export function monthlyRecurring(lines: readonly PlanLine[]): MonthlyRecurring {
  const paid = lines.filter((it) => it.kind === 'paid');
  return {
    list: paid.reduce((sum, it) => sum + it.listMonthly, 0),
    net: paid.reduce((sum, it) => sum + it.netMonthly, 0),
  };
}
