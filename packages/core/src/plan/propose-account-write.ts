import type { AccountScore } from '../actions/score-account.ts';
import type { CalendarDay } from '../model/dates.ts';
import { displayName } from '../model/mask-addresses.ts';
import type { Money } from '../model/money.ts';
import type { OrgProfile } from '../model/profile.ts';
import type { Account, AccountWritten } from '../model/types.ts';
import { moneyIn } from '../snapshot/convert-money.ts';
import type { AccountSlice } from '../snapshot/slice.ts';
import { sameValue } from './decide-write.ts';
import { fieldAmount } from './field-amount.ts';
import type { HeldBack, Proposal } from './proposal.ts';

/** What the CRM can take, and which accounts may be written. */
export interface WriteScope {
  /** Fields of the entity that exist and may be written. */
  readonly fields: readonly string[];
  /** Ids of the pilot's accounts; empty means all. */
  readonly pilot: readonly string[];
  /** Where amounts are kept in another currency than they are scored in; as scored by default. */
  readonly amounts?: {
    readonly profile: Pick<OrgProfile, 'currency' | 'rates'>;
    /** The currency of an account's amounts: the org's, or the record's own. */
    readonly currencyOf: (account: Account) => string;
  };
}

/** Points by which a score, and share by which revenue at risk, must move to be worth a write. */
export const WORTH_POINTS = 5;
export const WORTH_SHARE = 0.1;

/**
 * The write for one account, or the reason that there is none. A record is written only when its band, main reason or
 * next step changed, its score moved by 5 or its revenue at risk by 10 %; then only the changed values are set. The
 * churn probability is written only once an accuracy card has passed, and taken back when it no longer does.
 */
export function proposeAccountWrite(
  slice: Pick<AccountSlice, 'account' | 'role'>,
  score: AccountScore,
  previous: AccountWritten,
  on: CalendarDay,
  scope: WriteScope,
): Proposal {
  const barred = whyBarred(slice, scope.pilot);
  if (barred) return { heldBack: barred };
  const amount = amountAtRisk(slice.account, score, scope);
  const wanted = wantedValues(score, on, amount === undefined ? previous.revenueAtRisk : amount);
  const installed = (field: keyof AccountWritten) => scope.fields.includes(field);
  const leftOut =
    amount === undefined && installed('revenueAtRisk') ? { leftOut: "no rate for the record's currency" as const } : {};
  const why = worthWriting(previous, wanted, installed);
  if (why === null) {
    const heldBack = worthWriting(previous, wanted, () => true) === null ? 'moved too little' : 'field not installed';
    return { heldBack, ...leftOut };
  }
  const { set, before } = changes(previous, wanted, installed);
  const { id } = slice.account;
  const write = { key: `account ${id}`, target: { id }, set };
  return { write: { entity: 'account', write, before, label: displayName(slice.account), why }, ...leftOut };
}

/** Accounts outside the book or the pilot, and those that a person left out, are never written. */
export function whyBarred(slice: Pick<AccountSlice, 'account' | 'role'>, pilot: readonly string[]): HeldBack | null {
  if (slice.role !== 'customer') return 'outside the book';
  if (slice.account.excluded === true) return 'left out by a person';
  return pilot.length > 0 && !pilot.includes(slice.account.id) ? 'outside the pilot' : null;
}

/** Revenue at risk as the record keeps it, in its currency. `undefined` when no rate leads to that currency. */
function amountAtRisk(account: Account, score: AccountScore, { amounts }: WriteScope): Money | null | undefined {
  if (score.healthScore === null || score.revenueAtRisk === null) return null;
  const currency = amounts?.currencyOf(account) ?? score.revenueAtRisk.currency;
  const money = amounts ? moneyIn(score.revenueAtRisk, currency, amounts.profile) : score.revenueAtRisk;
  return money === null ? undefined : fieldAmount(money);
}

function wantedValues(score: AccountScore, on: CalendarDay, revenueAtRisk: Money | null): AccountWritten {
  return {
    healthScore: score.healthScore,
    healthBand: score.band,
    bandSince: score.bandSince ?? on,
    mainReason: score.mainReason,
    reasons: score.reasons,
    nextStep: score.nextStep,
    revenueAtRisk,
    churnProbability: writtenChance(score),
    confidence: score.confidence,
  };
}

/** The chance of loss to a tenth of a per cent, which is what the field holds; empty until an accuracy card has passed. */
function writtenChance({ proved, healthScore, churnProbability }: AccountScore): number | null {
  return proved && healthScore !== null ? Math.round(churnProbability * 1000) / 1000 : null;
}

function worthWriting(
  before: AccountWritten,
  wanted: AccountWritten,
  installed: (field: keyof AccountWritten) => boolean,
): string | null {
  const said = (value: unknown) => value ?? 'empty';
  if (installed('healthBand') && before.healthBand !== wanted.healthBand) {
    return `band changed from ${said(before.healthBand)} to ${said(wanted.healthBand)}`;
  }
  if (installed('mainReason') && before.mainReason !== wanted.mainReason) {
    return `main reason changed from ${said(before.mainReason)} to ${said(wanted.mainReason)}`;
  }
  if (installed('churnProbability') && before.churnProbability !== null && wanted.churnProbability === null)
    return 'the chance of loss is no longer proved';
  if (installed('nextStep') && !sameValue(before.nextStep, wanted.nextStep)) return 'next step changed';
  if (installed('healthScore') && scoreMoved(before.healthScore, wanted.healthScore)) {
    return `score moved from ${said(before.healthScore)} to ${said(wanted.healthScore)}`;
  }
  if (installed('revenueAtRisk') && moneyMoved(before.revenueAtRisk, wanted.revenueAtRisk)) {
    return 'revenue at risk moved by 10 % or more';
  }
  return null;
}

function scoreMoved(before: number | null, now: number | null): boolean {
  if (before === null || now === null) return before !== now;
  return Math.abs(now - before) >= WORTH_POINTS;
}

function moneyMoved(before: Money | null, now: Money | null): boolean {
  if (before === null || now === null) return before !== now;
  if (before.currency !== now.currency) return true;
  return before.minor !== now.minor && Math.abs(now.minor - before.minor) >= WORTH_SHARE * Math.abs(before.minor);
}

function changes(
  previous: AccountWritten,
  wanted: AccountWritten,
  installed: (field: keyof AccountWritten) => boolean,
) {
  const changed = (Object.keys(wanted) as (keyof AccountWritten)[]).filter(
    (field) => installed(field) && !sameValue(previous[field], wanted[field]),
  );
  const pick = (values: AccountWritten): Partial<AccountWritten> =>
    Object.fromEntries(changed.map((field) => [field, values[field]]));
  return { set: pick(wanted), before: pick(previous) };
}
