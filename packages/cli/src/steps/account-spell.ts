import {
  type AccountOutcomes,
  type AccountRecords,
  type CalendarDay,
  type Decision,
  dayInZone,
  daysBetween,
  type OrgProfile,
  opportunityState,
  readOutcomes,
} from '@holdfast/core';

/** How long one account was a customer, as far as the records tell. */
export interface AccountSpell {
  readonly startsOn: CalendarDay;
  /** Before this day nothing of it was on record, so nobody would have seen it leave. */
  readonly seenFrom: CalendarDay;
  readonly until: CalendarDay;
  readonly end: 'still there' | 'lost' | 'outside';
}

/** Why an account has no spell. `none`: it never was a customer. */
export type NoSpell = 'none' | 'orderBased' | 'unclear';

/** Terms that begin so soon after each other follow each other. */
const SAME_START_DAYS = 45;

/**
 * The spell of a contract account as far as a day: from the first contract or won opportunity to the end of the term that
 * was lost, or to the end from outside, whichever came first; an account whose last decision is pending counts until the
 * end of that term.
 */
export function accountSpell(
  records: AccountRecords,
  profile: OrgProfile,
  on: CalendarDay,
  { decisions, leftOut }: AccountOutcomes = readOutcomes(records, profile, on),
): AccountSpell | NoSpell {
  if (decisions.some((it) => it.model === 'orders')) return 'orderBased';
  const startsOn = firstTermOn(records, profile, on) ?? decisions[0]?.startsOn;
  if (startsOn === undefined || leftOut['partner or test']) return 'none';
  if (decisions.length === 0 && !isRunning(records, leftOut))
    return records.contracts.length === 0 ? 'none' : 'unclear';
  const { day, end } = endOf(records, decisions, on);
  if (day <= startsOn) return 'unclear';
  return { startsOn, seenFrom: seenFrom(records, profile, startsOn, decisions), until: day, end };
}

/** The day of the first contract or won opportunity on record; `undefined`: there is none yet. */
export function firstTermOn(
  { contracts, opportunities }: AccountRecords,
  profile: OrgProfile,
  on: CalendarDay,
): CalendarDay | undefined {
  const days = [
    ...contracts.map((it) => it.startsOn),
    ...opportunities.filter((it) => opportunityState(it, profile, on) === 'won').map((it) => it.closeOn),
  ];
  return days.flatMap((day) => (day !== null && day <= on ? [day] : [])).sort()[0];
}

/**
 * Without a decision so far: in the first term that the records tell of. To leave such accounts out would keep those of
 * their year that have decided, and more of these are losses.
 */
function isRunning({ account, contracts }: AccountRecords, leftOut: AccountOutcomes['leftOut']): boolean {
  return contracts.length > 0 ? Object.keys(leftOut).length === 0 : account.renewalOn !== null;
}

function endOf(
  { account }: AccountRecords,
  decisions: readonly Decision[],
  on: CalendarDay,
): { readonly day: CalendarDay; readonly end: AccountSpell['end'] } {
  const gone = decisions.find((it) => it.outcome === 'lost' || it.outcome === 'competing');
  if (gone) return { day: gone.endsOn, end: gone.outcome === 'lost' ? 'lost' : 'outside' };
  const pending = decisions.find((it) => it.outcome === 'pending')?.endsOn;
  const known = decisions.length === 0 ? (account.renewalOn ?? on) : (pending ?? on);
  return { day: known < on ? known : on, end: 'still there' };
}

/** The day from which its terms are on record, or from which the CRM held anything of it, whichever came later. */
function seenFrom(
  { account, contracts }: AccountRecords,
  profile: OrgProfile,
  startsOn: CalendarDay,
  decisions: readonly Decision[],
): CalendarDay {
  const made = [account, ...contracts].flatMap(({ createdAt }) => createdAt ?? []);
  const heldFrom = made.length === 0 ? startsOn : dayInZone(Math.min(...made), profile.timeZone);
  const terms = [...contracts, ...decisions].flatMap((it) => it.startsOn ?? []);
  const firstTerm = terms.sort()[0] ?? startsOn;
  const gap = daysBetween(startsOn, firstTerm) > SAME_START_DAYS;
  return [startsOn, heldFrom, gap ? firstTerm : startsOn].sort().at(-1) ?? startsOn;
}
