import { addDays, type CalendarDay, daysBetween } from '../model/dates.ts';
import type { OrgProfile } from '../model/profile.ts';
import { contractTermDays, currentEnd, isRunning } from '../snapshot/contract-state.ts';
import { opportunityKind, opportunityState } from '../snapshot/opportunity-meaning.ts';
import type { AccountRecords } from '../snapshot/slice.ts';

/** The next decision of a contract account. */
export interface Term {
  readonly source: 'contract' | 'account' | 'opportunity';
  readonly endsOn: CalendarDay;
  /** Contract end minus the notice period: after it the customer can no longer leave at this end. */
  readonly decisionOn: CalendarDay;
  /** Length of the term in days; a year where the records do not say. */
  readonly termDays: number;
  readonly autoRenews: boolean | null;
}

/** Contracts that end within so many days of each other are one decision (retention model, rule 1). */
const ONE_DECISION_DAYS = 45;
/** Where a renewal day is known and the term is not. */
const USUAL_TERM_DAYS = 365;

/**
 * The next decision, by the first source that has one: running contracts, the account's renewal day, an open renewal
 * opportunity's close day. `null` for accounts that order without a term.
 */
export function nextTerm(records: AccountRecords, profile: OrgProfile, today: CalendarDay): Term | null {
  if (last?.records === records && last.profile === profile && last.today === today) return last.term;
  const term = findTerm(records, profile, today);
  last = { records, profile, today, term };
  return term;
}

/** Half a dozen features ask one after the other for the term of the same records. */
let last: {
  readonly records: AccountRecords;
  readonly profile: OrgProfile;
  readonly today: CalendarDay;
  readonly term: Term | null;
} | null = null;

function findTerm(records: AccountRecords, profile: OrgProfile, today: CalendarDay): Term | null {
  return (
    termByContracts(records, profile, today) ?? termByAccount(records) ?? termByOpportunity(records, profile, today)
  );
}

function termByContracts(records: AccountRecords, profile: OrgProfile, today: CalendarDay): Term | null {
  const running = records.contracts
    .filter((it) => isRunning(it, profile, today))
    .flatMap((contract) => {
      const endsOn = currentEnd(contract, today);
      return endsOn === null ? [] : [{ contract, endsOn }];
    })
    .sort((a, b) => (a.endsOn < b.endsOn ? -1 : a.endsOn > b.endsOn ? 1 : 0));
  const first = running[0];
  if (!first) return null;
  const together = running.filter((it) => daysBetween(first.endsOn, it.endsOn) <= ONE_DECISION_DAYS);
  const decisions = together.map((it) => addDays(it.endsOn, -(it.contract.noticeDays ?? 0))).sort();
  const terms = together.map((it) => contractTermDays(it.contract) ?? USUAL_TERM_DAYS);
  return {
    source: 'contract',
    endsOn: first.endsOn,
    decisionOn: decisions[0] ?? first.endsOn,
    termDays: Math.max(...terms),
    autoRenews: first.contract.autoRenews,
  };
}

function termByAccount({ account }: AccountRecords): Term | null {
  const endsOn = account.renewalOn;
  if (endsOn === null) return null;
  return { source: 'account', endsOn, decisionOn: endsOn, termDays: USUAL_TERM_DAYS, autoRenews: null };
}

function termByOpportunity(records: AccountRecords, profile: OrgProfile, today: CalendarDay): Term | null {
  const days = records.opportunities
    .filter((it) => opportunityKind(it, profile) === 'renewal' && opportunityState(it, profile, today) === 'open')
    .flatMap((it) => it.closeOn ?? [])
    .sort();
  const endsOn = days[0];
  if (endsOn === undefined) return null;
  return { source: 'opportunity', endsOn, decisionOn: endsOn, termDays: USUAL_TERM_DAYS, autoRenews: null };
}
