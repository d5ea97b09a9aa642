import {
  ACCOUNT_TELLS_NOTHING,
  type Backtest,
  type BacktestScope,
  backtest,
  CONTRACT_CARD,
  type CollectedDecisions,
  dayInZone,
  formatInstant,
  ORDERS_CARD,
  outcomeSettings,
  type RetentionModel,
  type TrainingCoverage,
} from '@holdfast/core';
import type { FitRefusal } from '@holdfast/core/stats';
import type { Store } from '../store/store.ts';
import { type CollectDecisionsOptions, type CollectVariant, collectVariants } from './collect-decisions.ts';

export interface BacktestBookOptions
  extends Pick<CollectDecisionsOptions, 'profile' | 'asOf' | 'signal' | 'onProgress' | 'history' | 'treated'> {
  /** Days before the decision from which accounts are seen; the profile's, 30 by default. */
  readonly leadDays?: number;
}

/** The backtest of both models of a book. */
export interface BacktestedBook {
  readonly leadDays: number;
  readonly results: Readonly<Record<RetentionModel, Backtest | FitRefusal>>;
  /** The ids behind the indexes of a backtest, for the private file. */
  readonly ids: Readonly<
    Record<RetentionModel, { readonly accounts: readonly string[]; readonly owners: readonly string[] }>
  >;
  readonly coverage: TrainingCoverage;
}

/** Leads that the card looks from besides its own, and days of grace that it counts losses under. */
const FURTHER_LEADS = [60, 90, 180] as const;
const GRACE_DAYS = [0, 30, 90] as const;
const CARDS = { contract: CONTRACT_CARD, orders: ORDERS_CARD } as const;

/**
 * Holds the scores of a stored book against what really happened: reads every decision with what was known before it,
 * from several leads and under several days of grace in the same two passes, and backtests both models.
 */
export async function backtestBook(store: Store, options: BacktestBookOptions): Promise<BacktestedBook> {
  const { profile, asOf, signal } = options;
  const settings = outcomeSettings(profile, options.leadDays === undefined ? {} : { leadDays: options.leadDays });
  const leads = FURTHER_LEADS.filter((lead) => lead > settings.leadDays);
  const { leadDays } = settings;
  const variants: CollectVariant[] = [
    { leadDays, withPrevious: true },
    ...leads.map((lead) => ({ leadDays: lead })),
    ...GRACE_DAYS.map((graceDays) => ({ leadDays, graceDays })),
  ];
  const [main, ...others] = await collectVariants(store, options, variants);
  const seen = {
    leads: leads.map((lead, k) => ({ leadDays: lead, collected: others[k] as CollectedDecisions })),
    graces: GRACE_DAYS.map((days, k) => ({ days, collected: others[leads.length + k] as CollectedDecisions })),
  };
  const { coverage, contract, orders } = main as CollectedDecisions;
  const scope = { on: dayInZone(asOf, profile.timeZone), leadDays, horizonDays: settings.ordersHorizonDays };
  const results = {
    contract: backtest(contract, CARDS.contract, { ...scope, ...scopeOf('contract', coverage, seen, signal) }),
    // A window is seen from the day before it begins, whatever the lead: there is nothing to look at from further away.
    orders: backtest(orders, CARDS.orders, {
      ...scope,
      ...scopeOf('orders', coverage, seen, signal),
      leadDays: 1,
      leads: [],
    }),
  };
  const idsOf = (model: RetentionModel) => {
    const rows = model === 'contract' ? contract : orders;
    return {
      accounts: Array.from(rows.account, (at) => rows.accountIds[at] ?? ''),
      owners: [...rows.ownerIds],
    };
  };
  return { leadDays, results, ids: { contract: idsOf('contract'), orders: idsOf('orders') }, coverage };
}

interface Seen {
  readonly leads: readonly { readonly leadDays: number; readonly collected: CollectedDecisions }[];
  readonly graces: readonly { readonly days: number; readonly collected: CollectedDecisions }[];
}

function scopeOf(
  model: RetentionModel,
  coverage: TrainingCoverage,
  { leads, graces }: Seen,
  signal: AbortSignal | undefined,
): Omit<BacktestScope, 'on' | 'leadDays' | 'horizonDays'> {
  const outcomes = coverage.outcomes[model];
  const reasons = Object.entries(coverage.leftOutOf[model]) as [string, number][];
  return {
    pending: outcomes.pending,
    leftOut: [
      ...(outcomes.competing > 0
        ? [{ reason: 'ended from outside (termination, insolvency, acquisition)', decisions: outcomes.competing }]
        : []),
      ...reasons.map(([reason, decisions]) => ({ reason, decisions })),
    ],
    byGraceDays: graces.map(({ days, collected }) => {
      const { kept, contracted, lost } = collected.coverage.outcomes[model];
      return { graceDays: days, decisions: kept + contracted + lost, losses: lost };
    }),
    lossesMissing: coverage.losses.missing ? `${coverage.losses.reasons.join('; ')}.` : null,
    leads: leads.map(({ leadDays, collected }) => ({ leadDays, rows: collected[model] })),
    notes: notesOf(coverage),
    ...(signal && { control: { signal } }),
  };
}

function notesOf({ imports, cutoffs, leftOut }: TrainingCoverage): readonly string[] {
  const silent = Object.entries(leftOut).filter(([reason]) => ACCOUNT_TELLS_NOTHING.has(reason));
  return [
    ...(silent.length > 0
      ? [`Accounts in neither model: ${silent.map(([reason, accounts]) => `${accounts} ${reason}`).join(', ')}.`]
      : []),
    ...imports.map(
      ({ entity, at, records }) =>
        `${records} records (${entity}) came in at one instant, ${formatInstant(at)}: nothing earlier is believed of them.`,
    ),
    ...(cutoffs ? [`Cut-offs from ${cutoffs.first} to ${cutoffs.last}.`] : []),
  ];
}
