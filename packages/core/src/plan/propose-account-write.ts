import type { AccountScore } from '../actions/score-account.ts';
import type { CalendarDay } from '../model/dates.ts';
import type { Money } from '../model/money.ts';
import type { AccountWritten } from '../model/types.ts';
import type { AccountSlice } from '../snapshot/slice.ts';
import { sameValue } from './decide-write.ts';
import type { HeldBack, Proposal } from './proposal.ts';

/** What the CRM can take, and which accounts may be written. */
export interface WriteScope {
  /** Fields of the entity that exist and may be written. */
  readonly fields: readonly string[];
  /** Ids of the pilot's accounts; empty means all. */
  readonly pilot: readonly string[];
}

/** Points by which a score, and share by which revenue at risk, must move to be worth a write. */
export const WORTH_POINTS = 5;
export const WORTH_SHARE = 0.1;

/**
 * The write for one account, or the reason that there is none. A record is written only when its band, main reason or
 * next step changed, its score moved by 5 or its revenue at risk by 10 %; then only the changed values are set. The
 * churn probability is not written in the first form: no accuracy card has passed.
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
  const wanted = wantedValues(score, on);
  const installed = (field: keyof AccountWritten) => scope.fields.includes(field);
  const why = worthWriting(previous, wanted, installed);
  if (why === null) {
    return {
      heldBack: worthWriting(previous, wanted, () => true) === null ? 'moved too little' : 'field not installed',
    };
  }
  const { set, before } = changes(previous, wanted, installed);
  const { id, name } = slice.account;
  return {
    write: { entity: 'account', write: { key: `account ${id}`, target: { id }, set }, before, label: name ?? id, why },
  };
}

/** Accounts outside the book or the pilot, and those that a person left out, are never written. */
export function whyBarred(slice: Pick<AccountSlice, 'account' | 'role'>, pilot: readonly string[]): HeldBack | null {
  if (slice.role !== 'customer') return 'outside the book';
  if (slice.account.excluded === true) return 'left out by a person';
  return pilot.length > 0 && !pilot.includes(slice.account.id) ? 'outside the pilot' : null;
}

type Wanted = Omit<AccountWritten, 'churnProbability'>;

function wantedValues(score: AccountScore, on: CalendarDay): Wanted {
  return {
    healthScore: score.healthScore,
    healthBand: score.band,
    bandSince: score.bandSince ?? on,
    mainReason: score.mainReason,
    reasons: score.reasons,
    nextStep: score.nextStep,
    revenueAtRisk: score.healthScore === null ? null : score.revenueAtRisk,
    confidence: score.confidence,
  };
}

function worthWriting(before: Wanted, wanted: Wanted, installed: (field: keyof Wanted) => boolean): string | null {
  const said = (value: unknown) => value ?? 'empty';
  if (installed('healthBand') && before.healthBand !== wanted.healthBand) {
    return `band changed from ${said(before.healthBand)} to ${said(wanted.healthBand)}`;
  }
  if (installed('mainReason') && before.mainReason !== wanted.mainReason) {
    return `main reason changed from ${said(before.mainReason)} to ${said(wanted.mainReason)}`;
  }
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

function changes(previous: Wanted, wanted: Wanted, installed: (field: keyof Wanted) => boolean) {
  const changed = (Object.keys(wanted) as (keyof Wanted)[]).filter(
    (field) => installed(field) && !sameValue(previous[field], wanted[field]),
  );
  const pick = (values: Wanted): Partial<Wanted> => Object.fromEntries(changed.map((field) => [field, values[field]]));
  return { set: pick(wanted), before: pick(previous) };
}
