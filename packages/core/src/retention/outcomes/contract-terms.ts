import { addDays, type CalendarDay, daysBetween } from '../../model/dates.ts';
import { listed } from '../../model/listed.ts';
import type { OrgProfile } from '../../model/profile.ts';
import type { Account, Contract } from '../../model/types.ts';
import { contractTermDays, NO_END_FROM } from '../../snapshot/contract-state.ts';
import type { OutcomeSettings } from './outcome-settings.ts';

/** One term of one contract; a contract that renews itself has several. */
export interface ContractTerm {
  readonly contract: Contract;
  readonly startsOn: CalendarDay;
  readonly endsOn: CalendarDay;
  /** End less notice: the last day on which the customer can decide. */
  readonly decidesOn: CalendarDay;
  readonly termDays: number;
  readonly terminated: boolean;
}

/** A contract on the calendar: it runs on every day from `from` to `to`; `to` is `null` for one without an end. */
export interface ContractSpan {
  readonly contract: Contract;
  readonly from: CalendarDay;
  readonly to: CalendarDay | null;
  readonly terms: readonly ContractTerm[];
}

/** Whether a contract runs on a day. */
export const spans = (span: ContractSpan, day: CalendarDay): boolean =>
  span.from <= day && (span.to === null || span.to >= day);

/**
 * A contract on the calendar as far as `on`, by what the records say now; `null` for a draft, a status that the profile
 * does not list, and days that are missing or out of order. One that renews itself rolls on by whole terms until notice
 * is given, the account is marked churned, or its status says that it is over.
 */
export function contractSpan(
  contract: Contract,
  account: Pick<Account, 'noticeGivenOn' | 'churnedOn'>,
  profile: Pick<OrgProfile, 'contracts'>,
  settings: Pick<OutcomeSettings, 'graceDays' | 'noticeDays'>,
  on: CalendarDay,
): ContractSpan | null {
  const { status, startsOn, endsOn } = contract;
  const meaning = status === null ? 'active' : listed(profile.contracts.statuses, status);
  if (meaning === undefined || meaning === 'draft' || startsOn === null || startsOn > on) return null;
  if (endsOn === null || endsOn >= NO_END_FROM) {
    return meaning === 'active' ? { contract, from: startsOn, to: null, terms: [] } : null;
  }
  const termDays = contractTermDays(contract);
  if (termDays === null) return null;
  const rolls = contract.autoRenews === true && meaning === 'active';
  const terms: ContractTerm[] = [];
  for (let [first, last] = [startsOn, endsOn]; ; [first, last] = [addDays(last, 1), addDays(last, termDays)]) {
    const decidesOn = addDays(last, -(contract.noticeDays ?? settings.noticeDays));
    terms.push({ contract, startsOn: first, endsOn: last, decidesOn, termDays, terminated: meaning === 'terminated' });
    if (!rolls || last >= on || leftIn(contract, account, first, last, settings.graceDays)) break;
  }
  return { contract, from: startsOn, to: terms.at(-1)?.endsOn ?? endsOn, terms };
}

/** Notice was given in the term, or the account marked churned in it or in the days of grace after it. */
function leftIn(
  contract: Contract,
  account: Pick<Account, 'noticeGivenOn' | 'churnedOn'>,
  first: CalendarDay,
  last: CalendarDay,
  graceDays: number,
): boolean {
  const within = (day: CalendarDay | null, until: CalendarDay) => day !== null && day >= first && day <= until;
  return (
    within(contract.noticeGivenOn, last) ||
    within(account.noticeGivenOn, last) ||
    within(account.churnedOn, addDays(last, graceDays))
  );
}

/** Contracts that end within so many days of each other, and ran at the same time, are one decision (rule 1). */
const ONE_DECISION_DAYS = 45;

/** Terms in groups that are one decision each, in the order of their first end. */
export function termsByDecision(terms: readonly ContractTerm[]): readonly (readonly ContractTerm[])[] {
  const left = [...terms].sort((a, b) => compare(a.endsOn, b.endsOn) || compare(a.contract.id, b.contract.id));
  const groups: ContractTerm[][] = [];
  while (left.length > 0) {
    const { endsOn } = left[0]!;
    const together = left.filter((it) => it.startsOn <= endsOn && daysBetween(endsOn, it.endsOn) <= ONE_DECISION_DAYS);
    groups.push(together);
    for (const it of together) left.splice(left.indexOf(it), 1);
  }
  return groups;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
