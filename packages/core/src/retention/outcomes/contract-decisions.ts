import { addDays, type CalendarDay } from '../../model/dates.ts';
import { listed } from '../../model/listed.ts';
import type { Money } from '../../model/money.ts';
import type { OrgProfile } from '../../model/profile.ts';
import { sumMoney } from '../../snapshot/convert-money.ts';
import type { AccountRecords } from '../../snapshot/slice.ts';
import { type ContractSpan, type ContractTerm, contractSpan, spans, termsByDecision } from './contract-terms.ts';
import type { CompetingCause, Decision, DecisionOutcome } from './decision.ts';
import type { NoteLeftOut } from './left-out.ts';
import type { OutcomeSettings } from './outcome-settings.ts';

interface Question {
  readonly records: AccountRecords;
  readonly profile: OrgProfile;
  readonly settings: OutcomeSettings;
  readonly on: CalendarDay;
}

/**
 * The decisions of an account whose contracts are in the CRM, as far as a day (rules 1 and 4): contracts that end within
 * 45 days of each other are one; lost when no contract runs any more after the days of grace, otherwise contracted when
 * less is paid a year than before. A mid-term termination that ends the account competes; one that others outlive is
 * no decision and is counted as left out.
 */
export function contractDecisions(question: Question, leave: NoteLeftOut): readonly Decision[] {
  const { records, profile, settings, on } = question;
  const all = records.contracts.map((it) => contractSpan(it, records.account, profile, settings, on));
  const calendar = all.flatMap((it) => it ?? []);
  for (const [index, it] of all.entries()) if (it === null) noteUnusable(question, index, leave);
  const due = calendar.flatMap((it) => it.terms).filter((it) => it.decidesOn <= on || it.terminated);
  const decisions = termsByDecision(due).flatMap((terms) => decide(question, calendar, terms, leave) ?? []);
  return [...decisions, ...(churnedInTerm(question, calendar) ?? [])];
}

function noteUnusable({ records, profile, on }: Question, index: number, leave: NoteLeftOut): void {
  const { status, startsOn } = records.contracts[index]!;
  const meaning = status === null ? 'active' : listed(profile.contracts.statuses, status);
  if (meaning === 'draft' || (startsOn !== null && startsOn > on)) return;
  leave(meaning === undefined ? 'status not in the profile' : 'contract without its days');
}

function decide(
  question: Question,
  calendar: readonly ContractSpan[],
  terms: readonly ContractTerm[],
  leave: NoteLeftOut,
): Decision | null {
  const { records, profile, settings, on } = question;
  const firstEnd = terms[0]!.endsOn;
  const endsOn = latest(terms.map((it) => it.endsOn));
  const knownOn = addDays(endsOn, settings.graceDays + 1);
  const before = calendar.filter((it) => spans(it, firstEnd));
  const after = calendar.filter((it) => spans(it, knownOn) || (it.from > firstEnd && it.from <= knownOn));
  const terminated = terms.every((it) => it.terminated);
  if (terminated && after.length > 0) {
    leave('ended in its term, the customer stayed');
    return null;
  }
  const annualBefore = annualOf(before, profile);
  const annualAfter = after.length === 0 ? { minor: 0, currency: profile.currency } : annualOf(after, profile);
  const cause = after.length > 0 ? null : causeOf(question, terms, terminated);
  const ended = outcomeOf(before.length, after.length, annualBefore, annualAfter, cause);
  const outcome = on < knownOn ? 'pending' : ended;
  const gone = outcome === 'lost' || outcome === 'competing';
  const back = calendar.map((it) => it.from).filter((day) => day > knownOn);
  return {
    accountId: records.account.id,
    model: 'contract',
    decidesOn: terms.map((it) => it.decidesOn).sort()[0]!,
    startsOn: terms.map((it) => it.startsOn).sort()[0]!,
    endsOn,
    horizonDays: Math.max(...terms.map((it) => it.termDays)),
    outcome,
    knownOn: outcome === 'pending' ? null : knownOn,
    cause: outcome === 'competing' ? cause : null,
    reactivatedOn: gone ? (back.sort()[0] ?? null) : null,
    dates: {
      noticeOn: gone ? noticeOf(records, terms) : null,
      endOfTermOn: gone ? endsOn : null,
      lastPaymentOn: null,
    },
    annualBefore,
    annualAfter: outcome === 'pending' ? null : annualAfter,
  };
}

function outcomeOf(
  before: number,
  after: number,
  annualBefore: Money | null,
  annualAfter: Money | null,
  cause: CompetingCause | null,
): Exclude<DecisionOutcome, 'pending'> {
  if (after === 0) return cause === null ? 'lost' : 'competing';
  const smaller = annualBefore && annualAfter ? annualAfter.minor < annualBefore.minor : after < before;
  return smaller ? 'contracted' : 'kept';
}

/** What a year is worth by these contracts; `null` as soon as one has no amount or no rate. */
function annualOf(calendar: readonly ContractSpan[], profile: OrgProfile): Money | null {
  const amounts = calendar.flatMap((it) => it.contract.annual ?? []);
  return amounts.length < calendar.length ? null : sumMoney(amounts, profile).money;
}

/** A cause that the account's lifecycle or a contract's status names, else the termination itself. */
function causeOf(
  { records, settings }: Question,
  terms: readonly ContractTerm[],
  terminated: boolean,
): CompetingCause | null {
  const words = [records.account.lifecycle, ...terms.map((it) => it.contract.status)];
  const named = words.flatMap((it) => listed(settings.causes, it) ?? []);
  return named[0] ?? (terminated ? 'termination' : null);
}

function noticeOf({ account }: AccountRecords, terms: readonly ContractTerm[]): CalendarDay | null {
  const given = [account.noticeGivenOn, ...terms.map((it) => it.contract.noticeGivenOn)].flatMap((it) => it ?? []);
  const since = terms.map((it) => it.startsOn).sort()[0]!;
  return given.filter((day) => day >= since).sort()[0] ?? null;
}

/** The account was marked churned while a contract would still run, and nothing was signed since: ended in its term. */
function churnedInTerm(question: Question, calendar: readonly ContractSpan[]): readonly Decision[] | null {
  const { records, settings, on, profile } = question;
  const left = records.account.churnedOn;
  if (left === null || left > on || calendar.some((it) => it.from > left)) return null;
  const term = calendar
    .flatMap((it) => it.terms)
    .find((it) => it.startsOn <= left && it.endsOn > on && it.decidesOn > on);
  if (!term || term.terminated) return null;
  const knownOn = addDays(left, settings.graceDays + 1);
  const known = on >= knownOn;
  return [
    {
      accountId: records.account.id,
      model: 'contract',
      decidesOn: left,
      startsOn: term.startsOn,
      endsOn: left,
      horizonDays: term.termDays,
      outcome: known ? 'competing' : 'pending',
      knownOn: known ? knownOn : null,
      cause: known ? (causeOf(question, [term], true) ?? 'termination') : null,
      reactivatedOn: null,
      dates: { noticeOn: known ? noticeOf(records, [term]) : null, endOfTermOn: term.endsOn, lastPaymentOn: null },
      annualBefore: annualOf(
        calendar.filter((it) => spans(it, left)),
        profile,
      ),
      annualAfter: known ? { minor: 0, currency: profile.currency } : null,
    },
  ];
}

const latest = (days: readonly CalendarDay[]) => [...days].sort().at(-1)!;
