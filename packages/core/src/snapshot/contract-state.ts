import { addDays, type CalendarDay, daysBetween } from '../model/dates.ts';
import { listed } from '../model/listed.ts';
import type { OrgProfile } from '../model/profile.ts';
import type { Contract, Order } from '../model/types.ts';

/**
 * Whether a contract runs on a day: its status is not draft or terminated, it has started, and its end (rolled on where
 * it renews itself) has not passed. Without a status the days decide; an unmapped status never runs and is reported.
 */
export function isRunning(contract: Contract, profile: Pick<OrgProfile, 'contracts'>, today: CalendarDay): boolean {
  const status = contract.status === null ? 'active' : listed(profile.contracts.statuses, contract.status);
  if (status !== 'active' && status !== 'ended') return false;
  if (contract.startsOn === null || contract.startsOn > today) return false;
  // "Ended" says what is true now; on an earlier day, before the end, the contract still ran.
  if (status === 'ended') return contract.endsOn !== null && contract.endsOn >= today;
  const end = currentEnd(contract, today);
  return end === null || end >= today;
}

/** Systems that must have an end write one like 9999-12-31 where there is none: nobody signs for so long. */
export const NO_END_FROM = '2200-01-01';

/**
 * The end of the term that a day falls in: the stated end, moved on by whole terms where the contract renews itself;
 * `null` for a contract without an end.
 */
export function currentEnd(contract: Contract, today: CalendarDay): CalendarDay | null {
  if (contract.endsOn !== null && contract.endsOn >= NO_END_FROM) return null;
  if (contract.endsOn === null || contract.endsOn >= today || contract.autoRenews !== true) return contract.endsOn;
  const term = contractTermDays(contract) ?? 365;
  const terms = Math.ceil(daysBetween(contract.endsOn, today) / term);
  return addDays(contract.endsOn, terms * term);
}

/** Length of a contract's term in days, both ends counted; `null` when a day is missing or they are out of order. */
export function contractTermDays(contract: Pick<Contract, 'startsOn' | 'endsOn'>): number | null {
  if (contract.startsOn === null || contract.endsOn === null) return null;
  const days = daysBetween(contract.startsOn, contract.endsOn) + 1;
  return days > 0 ? days : null;
}

/** What one contract says of its account's stay on a day; a draft says nothing. */
export function standingOf(
  contract: Contract,
  profile: Pick<OrgProfile, 'contracts'>,
  today: CalendarDay,
): { readonly begun: boolean; readonly goesOn: boolean } {
  const { status, startsOn } = contract;
  if (status !== null && listed(profile.contracts.statuses, status) === 'draft') return { begun: false, goesOn: false };
  return {
    begun: startsOn !== null && startsOn <= today,
    goesOn: isRunning(contract, profile, today) || (startsOn !== null && startsOn > today),
  };
}

/** Whether notice was given by a day on a contract that still runs. */
export function isNoticed(contract: Contract, profile: Pick<OrgProfile, 'contracts'>, today: CalendarDay): boolean {
  const { noticeGivenOn } = contract;
  return noticeGivenOn !== null && noticeGivenOn <= today && isRunning(contract, profile, today);
}

/**
 * Whether an account's contracts have all come to their end: one has begun, none runs or is signed for later, and nothing
 * was ordered in the last 365 days.
 */
export function isLapsed(
  contracts: readonly Contract[],
  orders: readonly Pick<Order, 'orderedOn'>[],
  profile: Pick<OrgProfile, 'contracts'>,
  today: CalendarDay,
): boolean {
  const standings = contracts.map((it) => standingOf(it, profile, today));
  const orderSince = addDays(today, -365);
  return (
    standings.some((it) => it.begun) &&
    !standings.some((it) => it.goesOn) &&
    !orders.some((it) => it.orderedOn !== null && it.orderedOn > orderSince)
  );
}
