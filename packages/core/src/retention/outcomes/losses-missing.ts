import type { RetentionModel } from '../../features/facts.ts';
import { incompleteBeta } from '../../stats/special/incomplete-beta.ts';

/** Decisions of one calendar year by one model, as the book shows them today. */
export interface YearOfDecisions {
  readonly model: RetentionModel;
  readonly year: number;
  readonly decisions: number;
  /** Lost, and ended from outside. */
  readonly lost: number;
  /** How many would be lost at the scorecard's own base rate. */
  readonly usual: number;
}

/** What a book shows of customers who are no longer in it. */
export interface SurvivorshipEvidence {
  readonly years: readonly YearOfDecisions[];
  /** Won opportunities, orders and contracts whose account is known: the base for the next two. */
  readonly purchases: number;
  /** Those that name an account which is not in the book. */
  readonly dangling: number;
  /** Those that name no account at all. */
  readonly homeless: number;
  /** Accounts that were deleted without being merged, as far as the store knows. */
  readonly deletedAccounts: number;
  /** Accounts with a decision, by the year in which they were created; the newest year may be left out. */
  readonly cohorts: readonly { readonly year: number; readonly accounts: number; readonly lost: number }[];
}

/** Whether customers who left were taken out of the book; if so no accuracy may be given. */
export interface LossesMissing {
  readonly missing: boolean;
  /** One sentence each, for the card. */
  readonly reasons: readonly string[];
}

const MIN_GONE = 10;
const MAX_DANGLING = 0.01;
const MAX_HOMELESS = 0.05;
/** Far below any usual trade: a book that loses less than a third of the base rate is rare, one that loses none is none. */
const RARE = 1 / 3;
/** Losses go up and down from year to year, but not by five. */
const THIN = 1 / 5;
const ALARM = 0.001;

/**
 * Whether churned customers were purged from the book (rule 12): purchases remain whose account is gone; or there is no
 * loss at all among so many decisions that even a third of the base rate would have given some; or one year has far
 * fewer losses than later years of the same book lead to expect (chance below 1 in 1,000, and below a fifth);
 * or not one account of a whole year's newcomers was ever lost, where the others make that as unlikely.
 * Says nothing where too few decisions are known.
 */
export function lossesMissing(evidence: SurvivorshipEvidence): LossesMissing {
  const reasons = [
    ...goneAccounts(evidence),
    ...noLosses(evidence),
    ...thinYears(evidence),
    ...cohortsWithoutLoss(evidence),
  ];
  return { missing: reasons.length > 0, reasons };
}

function goneAccounts({ purchases, dangling, homeless, deletedAccounts }: SurvivorshipEvidence): readonly string[] {
  const all = purchases + dangling + homeless;
  const deleted = deletedAccounts > 0 ? `; accounts known to have been deleted: ${deletedAccounts}` : '';
  if (dangling >= MIN_GONE && dangling > MAX_DANGLING * all)
    return [`${dangling} of ${all} purchases belong to accounts that are no longer in the book${deleted}`];
  if (homeless >= MIN_GONE && homeless > MAX_HOMELESS * all)
    return [`${homeless} of ${all} purchases belong to no account${deleted}`];
  return [];
}

function noLosses({ years }: SurvivorshipEvidence): readonly string[] {
  return (['contract', 'orders'] as const).flatMap((model) => {
    const { decisions, lost, usual } = total(years.filter((it) => it.model === model));
    if (lost > 0 || decisions === 0 || atMost(0, decisions, (RARE * usual) / decisions) >= ALARM) return [];
    const words = model === 'contract' ? 'contract decisions' : 'order windows';
    return [`not one of ${decisions} ${words} was a loss, where ${Math.round(usual)} would be usual`];
  });
}

/** A purge takes old losses: each year is held against the later ones, given how many losses there are in all. */
function thinYears({ years }: SurvivorshipEvidence): readonly string[] {
  return years.flatMap((it) => {
    const later = total(years.filter((other) => other.model === it.model && other.year > it.year));
    const usual = later.decisions === 0 ? 0 : (later.lost / later.decisions) * it.decisions;
    // Two Poisson counts at one rate: given their sum, the first is binomial by its share of the decisions.
    const chance = atMost(it.lost, it.lost + later.lost, it.decisions / (it.decisions + later.decisions));
    if (it.lost >= THIN * usual || chance >= ALARM / years.length) return [];
    return [
      `${it.lost} of ${it.decisions} decisions of ${it.year} were losses, where the later years lead to expect ${Math.round(usual)}`,
    ];
  });
}

function cohortsWithoutLoss({ cohorts }: SurvivorshipEvidence): readonly string[] {
  return cohorts.flatMap((it) => {
    const others = cohorts.filter((other) => other !== it);
    const accounts = others.reduce((sum, other) => sum + other.accounts, 0);
    const lost = others.reduce((sum, other) => sum + other.lost, 0);
    if (it.lost > 0 || lost === 0 || atMost(0, it.accounts, lost / accounts) >= ALARM / cohorts.length) return [];
    return [
      `not one of the ${it.accounts} customers entered in ${it.year} was ever lost, against ${lost} of ${accounts}`,
    ];
  });
}

function total(years: readonly YearOfDecisions[]) {
  const sum = (key: 'decisions' | 'lost' | 'usual') => years.reduce((all, it) => all + it[key], 0);
  return { decisions: sum('decisions'), lost: sum('lost'), usual: sum('usual') };
}

/** Chance of at most `k` losses in `n` decisions at a rate: the binomial tail as an incomplete beta (DLMF 8.17.5). */
function atMost(k: number, n: number, rate: number): number {
  if (k >= n) return 1;
  return incompleteBeta(n - k, k + 1, 1 - rate);
}
