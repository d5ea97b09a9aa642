import { type CalendarDay, dayInZone, daysBetween } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { ReferralState } from '../../model/types.ts';
import type { ReferralClaim } from '../entities/referral.ts';

export type ClauseKind = 'introductions' | 'reference_calls' | 'logo';

/** What a contract's customer promised: so many introductions or reference calls, or the use of their logo. */
export interface ContractReferralClause {
  readonly id: string;
  readonly contractId: Id;
  readonly accountId: Id;
  readonly programId: string;
  readonly kind: ClauseKind;
  readonly count: number;
  /** Only what happens between these days counts, both included. */
  readonly fromOn: CalendarDay;
  readonly untilOn: CalendarDay;
  /** How many in all are due by when; empty: all by `untilOn`. */
  readonly due: readonly { readonly on: CalendarDay; readonly count: number }[];
  /** What the customer allowed to be said in public. */
  readonly permits: readonly ('logo' | 'name' | 'quote' | 'case_study')[];
  /** A reward rule that replaces the program's for introductions under this clause; `null`: none. */
  readonly rewardRuleId: string | null;
  /** A person gave it up; nothing is due any more. */
  readonly waivedOn: CalendarDay | null;
}

/** A clause whose introductions are rewarded by a rule of its own, and the zone in which its days are meant. */
export interface ClauseReward {
  readonly clause: ContractReferralClause & { readonly rewardRuleId: string };
  readonly timeZone: string;
}

/** A reference call held or a logo put up, as recorded in the CRM. */
export interface ReferenceDeed {
  readonly accountId: Id;
  readonly kind: 'reference_calls' | 'logo';
  readonly on: CalendarDay;
  readonly sourceId: Id;
}

export type ClauseState = 'not_started' | 'open' | 'due' | 'overdue' | 'fulfilled' | 'missed' | 'waived';

/** How far a clause has been met. */
export interface ClauseFulfilment {
  readonly clauseId: string;
  readonly state: ClauseState;
  readonly fulfilled: number;
  readonly committed: number;
  /** The first date by which something is still missing, and how much; `null`: nothing. */
  readonly next: { readonly on: CalendarDay; readonly missing: number } | null;
  /** Ids of the claims or records that were counted, by date. */
  readonly counted: readonly string[];
}

/** Days before a date from which something is `due`. */
const DUE_DAYS = 30;

/**
 * How far a contract's referral clause is met on a day. An introduction counts when its claim was accepted and made within
 * the window, each party once (the first); whether it was won makes no difference. What was refused, withdrawn or taken
 * back does not count.
 *
 * @example
 * followClause(clause, { claims: [], deeds: [] }, { today: '2026-03-01', timeZone: 'UTC' }).state; // 'open'
 */
export function followClause(
  clause: ContractReferralClause,
  seen: { readonly claims: readonly ReferralClaim[]; readonly deeds: readonly ReferenceDeed[] },
  at: { readonly today: CalendarDay; readonly timeZone: string },
): ClauseFulfilment {
  const counted = (
    clause.kind === 'introductions' ? introductions(clause, seen.claims, at.timeZone) : deeds(clause, seen.deeds)
  )
    .filter((it) => it.on >= clause.fromOn && it.on <= clause.untilOn && it.on <= at.today)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1));
  const unique = counted.filter((it, i) => counted.findIndex((other) => other.party === it.party) === i);
  const fulfilled = unique.length;
  const next = nextDue(clause, fulfilled);
  const state = stateOf(clause, next, at.today);
  return {
    clauseId: clause.id,
    state,
    fulfilled,
    committed: clause.count,
    next: state === 'waived' ? null : next,
    counted: unique.map((it) => it.id),
  };
}

interface Counted {
  readonly id: string;
  readonly party: string;
  readonly on: CalendarDay;
}

const TAKEN_BACK: ReadonlySet<ReferralState> = new Set([
  'duplicate',
  'rejected',
  'withdrawn',
  'disqualified',
  'reversed',
]);
const TAKEN_UP: ReadonlySet<ReferralState> = new Set([
  'accepted',
  'influenced',
  'contacted',
  'qualified',
  'opportunity',
  'won',
  'retained',
]);

function introductions(
  { accountId, programId }: ContractReferralClause,
  claims: readonly ReferralClaim[],
  timeZone: string,
): readonly Counted[] {
  return claims
    .filter((it) => it.referrerAccountId === accountId && it.programId === programId)
    .filter((it) => !TAKEN_BACK.has(it.state) && wasAccepted(it))
    .map((it) => ({ id: it.id, party: it.subjectId, on: dayInZone(it.introducedAt, timeZone) }));
}

function wasAccepted({ state, history }: ReferralClaim): boolean {
  return [state, ...history.map((it) => it.to)].some((it) => TAKEN_UP.has(it));
}

function deeds({ accountId, kind }: ContractReferralClause, all: readonly ReferenceDeed[]): readonly Counted[] {
  return all
    .filter((it) => it.accountId === accountId && it.kind === kind)
    .map((it) => ({ id: it.sourceId, party: it.sourceId, on: it.on }));
}

function nextDue({ due, count, untilOn }: ContractReferralClause, fulfilled: number): ClauseFulfilment['next'] {
  const dates = [...due, { on: untilOn, count }].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const next = dates.find((it) => it.count > fulfilled);
  return next ? { on: next.on, missing: next.count - fulfilled } : null;
}

function stateOf(clause: ContractReferralClause, next: ClauseFulfilment['next'], today: CalendarDay): ClauseState {
  if (clause.waivedOn !== null && clause.waivedOn <= today) return 'waived';
  if (next === null) return 'fulfilled';
  if (today > clause.untilOn) return 'missed';
  if (today < clause.fromOn) return 'not_started';
  if (today > next.on) return 'overdue';
  return daysBetween(today, next.on) <= DUE_DAYS ? 'due' : 'open';
}
