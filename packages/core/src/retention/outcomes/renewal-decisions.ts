import { addDays, type CalendarDay, daysBetween } from '../../model/dates.ts';
import { listed } from '../../model/listed.ts';
import type { OrgProfile } from '../../model/profile.ts';
import type { Opportunity } from '../../model/types.ts';
import { opportunityKind, opportunityState } from '../../snapshot/opportunity-meaning.ts';
import type { AccountRecords } from '../../snapshot/slice.ts';
import type { CompetingCause, Decision } from './decision.ts';
import type { NoteLeftOut } from './left-out.ts';
import type { OutcomeSettings } from './outcome-settings.ts';

/** An opportunity that was won or lost, on a day. */
interface Closed {
  readonly on: CalendarDay;
  readonly won: boolean;
  readonly renewal: boolean;
  readonly opportunity: Opportunity;
}

/** Renewals closed within so many days of each other are one decision (rule 1). */
const ONE_DECISION_DAYS = 45;
/** The term is not on record: a year. */
const USUAL_TERM_DAYS = 365;

/**
 * The decisions of an account whose contracts are not in the CRM: each renewal opportunity that was closed, and the day on
 * which a customer was marked churned where no lost renewal says so already. A lost renewal followed by a won one within
 * the days of grace is a late renewal, hence kept. What is paid a year is not known.
 */
export function renewalDecisions(
  records: AccountRecords,
  profile: OrgProfile,
  settings: OutcomeSettings,
  on: CalendarDay,
  leave: NoteLeftOut,
): readonly Decision[] {
  const closed = closedOpportunities(records, profile, on);
  const since = (day: CalendarDay) => closed.filter((it) => it.won && it.on < day).at(-1)?.on ?? null;
  const decisions = groups(closed.filter((it) => it.renewal)).map((group) => {
    const first = group[0]!.on;
    const last = group.at(-1)!.on;
    const knownOn = addDays(last, settings.graceDays + 1);
    const kept = group.some((it) => it.won) || closed.some((it) => it.won && it.on > last && it.on <= knownOn);
    const cause = causeOf(
      records,
      group.map((it) => it.opportunity),
      settings,
    );
    const back = closed.find((it) => it.won && it.on > knownOn)?.on ?? null;
    return renewalDecision({
      records,
      on,
      decidesOn: first,
      endsOn: last,
      knownOn,
      kept,
      cause,
      back,
      since: since(first),
    });
  });
  const open = records.opportunities.some((it) => overdue(it, profile, settings, on));
  if (open) leave('renewal still open');
  return [...decisions, ...churned(records, closed, decisions, settings, on)];
}

/** Whether an account without contracts has anything that tells how a term ended. */
export function tellsRenewals(records: AccountRecords, profile: OrgProfile, on: CalendarDay): boolean {
  const closed = closedOpportunities(records, profile, on);
  const { churnedOn } = records.account;
  return closed.some((it) => it.renewal) || (churnedOn !== null && closed.some((it) => it.won && it.on < churnedOn));
}

function closedOpportunities(records: AccountRecords, profile: OrgProfile, on: CalendarDay): readonly Closed[] {
  return records.opportunities
    .flatMap((opportunity): readonly Closed[] => {
      const state = opportunityState(opportunity, profile, on);
      if (opportunity.closeOn === null || (state !== 'won' && state !== 'lost')) return [];
      const renewal = opportunityKind(opportunity, profile) === 'renewal';
      return [{ on: opportunity.closeOn, won: state === 'won', renewal, opportunity }];
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.opportunity.id < b.opportunity.id ? -1 : 1));
}

function groups(renewals: readonly Closed[]): readonly (readonly Closed[])[] {
  const all: Closed[][] = [];
  for (const it of renewals) {
    const group = all.at(-1);
    if (group && daysBetween(group[0]!.on, it.on) <= ONE_DECISION_DAYS) group.push(it);
    else all.push([it]);
  }
  return all;
}

/** A renewal whose close day is past by more than the days of grace, and that nobody has closed. */
function overdue(it: Opportunity, profile: OrgProfile, settings: OutcomeSettings, on: CalendarDay): boolean {
  return (
    opportunityKind(it, profile) === 'renewal' &&
    opportunityState(it, profile, on) === 'open' &&
    it.closeOn !== null &&
    addDays(it.closeOn, settings.graceDays) < on
  );
}

/** Marked churned, after something was bought and with no lost renewal in the half year around it. */
function churned(
  records: AccountRecords,
  closed: readonly Closed[],
  decisions: readonly Decision[],
  settings: OutcomeSettings,
  on: CalendarDay,
): readonly Decision[] {
  const left = records.account.churnedOn;
  if (left === null || left > on) return [];
  const since = closed.filter((it) => it.won && it.on < left).at(-1)?.on;
  const told = decisions.some((it) => it.outcome !== 'kept' && Math.abs(daysBetween(it.decidesOn, left)) <= 183);
  if (since === undefined || told) return [];
  const knownOn = addDays(left, settings.graceDays + 1);
  const cause = causeOf(records, [], settings);
  const bought = closed.filter((it) => it.won && it.on > left);
  const kept = bought.some((it) => it.on <= knownOn);
  const back = bought.find((it) => it.on > knownOn)?.on ?? null;
  return [renewalDecision({ records, on, decidesOn: left, endsOn: left, knownOn, kept, cause, back, since })];
}

function causeOf(
  { account }: AccountRecords,
  opportunities: readonly Opportunity[],
  { causes }: OutcomeSettings,
): CompetingCause | null {
  const words = [account.lifecycle, ...opportunities.map((it) => it.stage)];
  return words.flatMap((it) => listed(causes, it) ?? [])[0] ?? null;
}

function renewalDecision(it: {
  readonly records: AccountRecords;
  readonly on: CalendarDay;
  readonly decidesOn: CalendarDay;
  readonly endsOn: CalendarDay;
  readonly knownOn: CalendarDay;
  readonly kept: boolean;
  readonly cause: CompetingCause | null;
  readonly back: CalendarDay | null;
  readonly since: CalendarDay | null;
}): Decision {
  const { account } = it.records;
  const ended = it.kept ? 'kept' : it.cause === null ? 'lost' : 'competing';
  const outcome = it.on < it.knownOn ? 'pending' : ended;
  const gone = outcome === 'lost' || outcome === 'competing';
  const aYearBefore = addDays(it.decidesOn, -USUAL_TERM_DAYS);
  const notice = account.noticeGivenOn;
  return {
    accountId: account.id,
    model: 'contract',
    decidesOn: it.decidesOn,
    startsOn: it.since !== null && it.since > aYearBefore ? it.since : aYearBefore,
    endsOn: it.endsOn,
    horizonDays: USUAL_TERM_DAYS,
    outcome,
    knownOn: outcome === 'pending' ? null : it.knownOn,
    cause: outcome === 'competing' ? it.cause : null,
    reactivatedOn: gone ? it.back : null,
    dates: {
      noticeOn: gone && notice !== null && notice >= aYearBefore && notice <= it.knownOn ? notice : null,
      endOfTermOn: null,
      lastPaymentOn: null,
    },
    annualBefore: null,
    annualAfter: null,
  };
}
