import { groupBy } from '../../metrics/group-by.ts';
import type { CalendarDay } from '../../model/dates.ts';
import { addDays } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { type AccountValue, accountValue, contractionChance } from './account-value.ts';
import type { PortfolioHorizon } from './chance-within.ts';
import type { ValuedRisk } from './valued-risk.ts';

/** One account's part in a total: it happens with `probability`, and then costs `value`. */
export interface LossTerm {
  readonly accountId: Id;
  readonly probability: number;
  /** Of the log-odds. */
  readonly variance: number;
  /** Minor units. */
  readonly value: number;
}

/**
 * The 90 % interval of a group's total. It must hold what a sum of single intervals does not: the parameters that all
 * accounts share, and shocks that hit them together (retention model, rule 10). `null` where it cannot be given.
 */
export type TotalInterval = (terms: readonly LossTerm[]) => readonly [low: number, high: number] | null;

/** A group's expected loss and contraction within the horizon, in minor units. */
export interface GroupValue {
  /** Owner's id, segment, or tenure; `null`: nobody, none, or not known. */
  readonly key: string | null;
  readonly accounts: number;
  /** Accounts without an expected loss: their margin or decision day is not known. They are in no sum. */
  readonly withoutValue: number;
  /** Gross margin within the horizon. */
  readonly value: number;
  readonly expectedLoss: number;
  readonly lossInterval: readonly [low: number, high: number] | null;
  readonly expectedContraction: number;
  readonly contractionInterval: readonly [low: number, high: number] | null;
  /** Expected loss of gross retention: loss and contraction over value; `null` without value. */
  readonly grrLoss: number | null;
  /** For display. */
  readonly revenueAtRisk: number;
}

/** A book's value at risk, all of it for one stated horizon. */
export interface BookValue {
  readonly from: CalendarDay;
  readonly until: CalendarDay;
  readonly horizonDays: number;
  readonly currency: string;
  readonly book: GroupValue;
  readonly owners: readonly GroupValue[];
  readonly segments: readonly GroupValue[];
  /** Accounts in their first year apart from the others: key `first year`, `later` or `null`. */
  readonly tenure: readonly GroupValue[];
  readonly accounts: readonly AccountValue[];
}

const FIRST_YEAR_DAYS = 365;

/**
 * Expected loss and contraction for account, owner, segment and book. Loss and contraction are shown apart; their sum
 * over value is the expected loss of GRR. Groups are sorted by expected loss, then key.
 *
 * @example
 * const value = valueBook([], { horizon: { from: '2026-06-01', days: 365 }, currency: 'EUR', interval: () => null });
 * value.book.expectedLoss; // 0
 */
export function valueBook(
  risks: readonly ValuedRisk[],
  settings: { readonly horizon: PortfolioHorizon; readonly currency: string; readonly interval: TotalInterval },
): BookValue {
  const { horizon, currency, interval } = settings;
  const rows = risks.map((risk) => ({ risk, account: accountValue(risk, horizon) }));
  const by = (keyOf: (risk: ValuedRisk) => string | null) =>
    [...groupBy(rows, (it) => keyOf(it.risk))]
      .map(([key, members]) => groupValue(key, members, horizon, interval))
      .sort((a, b) => b.expectedLoss - a.expectedLoss || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
  return {
    from: horizon.from,
    until: addDays(horizon.from, horizon.days),
    horizonDays: horizon.days,
    currency,
    book: groupValue('book', rows, horizon, interval),
    owners: by((it) => it.ownerId),
    segments: by((it) => it.segment),
    tenure: by((it) => (it.tenureDays === null ? null : it.tenureDays < FIRST_YEAR_DAYS ? 'first year' : 'later')),
    accounts: rows.map((it) => it.account),
  };
}

interface Row {
  readonly risk: ValuedRisk;
  readonly account: AccountValue;
}

function groupValue(
  key: string | null,
  members: readonly Row[],
  horizon: PortfolioHorizon,
  interval: TotalInterval,
): GroupValue {
  const valued = members.filter((it) => it.account.reason === null);
  const sum = (amount: (it: AccountValue) => number | null) =>
    valued.reduce((total, it) => total + (amount(it.account) ?? 0), 0);
  const [value, expectedLoss] = [sum((it) => it.value), sum((it) => it.expectedLoss)];
  const expectedContraction = sum((it) => it.expectedContraction);
  return {
    key,
    accounts: members.length,
    withoutValue: members.length - valued.length,
    value,
    expectedLoss,
    lossInterval: interval(valued.map(lossTerm)),
    expectedContraction,
    contractionInterval: interval(valued.flatMap((it) => contractionTerm(it, horizon))),
    grrLoss: value > 0 ? (expectedLoss + expectedContraction) / value : null,
    revenueAtRisk: members.reduce((total, it) => total + (it.account.revenueAtRisk ?? 0), 0),
  };
}

function lossTerm({ risk, account }: Row): LossTerm {
  const { accountId, probability, value } = account;
  return { accountId, probability: probability ?? 0, variance: risk.variance, value: value ?? 0 };
}

function contractionTerm({ risk, account }: Row, horizon: PortfolioHorizon): readonly LossTerm[] {
  const probability = contractionChance(risk, horizon);
  if (probability === null || risk.contraction === null || account.value === null) return [];
  const value = Math.round(account.value * risk.contraction.share);
  return [{ accountId: risk.accountId, probability, variance: risk.variance, value }];
}
