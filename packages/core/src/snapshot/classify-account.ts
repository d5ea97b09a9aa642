import { addDays, type CalendarDay, dayInZone, type Instant } from '../model/dates.ts';
import { listed } from '../model/listed.ts';
import type { OrgProfile, RecordRole } from '../model/profile.ts';
import { isLapsed, isRunning } from './contract-state.ts';
import { opportunityState } from './opportunity-meaning.ts';
import type { AccountRecords } from './slice.ts';

type Evidence = Pick<AccountRecords, 'account' | 'opportunities' | 'contracts' | 'orders'>;

/** An end of term is pending for so long before it counts as a loss (retention model, rule 4). */
export const GRACE_DAYS = 60;

/**
 * The account's part in the book by the profile's rules. A lifecycle value that the profile does not list gives `other`
 * whatever else is known: `findUnmapped` reports it, and nothing is scored by default. A former customer is `other`:
 * churned and no contract begun since, or notice given and the term over for longer than the grace period.
 */
export function classifyAccount(records: Evidence, profile: OrgProfile, asOf: Instant): RecordRole {
  const { account } = records;
  if (account.createdAt !== null && account.createdAt > asOf) return 'other';
  const role = roleByLifecycle(account.lifecycle, profile);
  if (role === null) return 'other';
  const today = dayInZone(asOf, profile.timeZone);
  if (role === 'test' || role === 'partner') return role;
  if (account.churnedOn !== null && account.churnedOn <= today)
    return returned(records, profile, today) ? 'customer' : 'other';
  if (leftByNotice(records, profile, today)) return 'other';
  return role === 'customer' || bought(records, profile, today) ? 'customer' : role;
}

/** The role that the profile gives a lifecycle value; `null` when it is not listed. */
export function roleByLifecycle(lifecycle: string | null, profile: Pick<OrgProfile, 'book'>): RecordRole | null {
  if (lifecycle === null || lifecycle === '') return profile.book.blank;
  return listed(profile.book.lifecycles, lifecycle) ?? null;
}

function bought(records: Evidence, profile: OrgProfile, today: CalendarDay): boolean {
  const { wonOpportunity, activeContract } = profile.book;
  const over = lapsedLongAgo(records, profile, today);
  return (
    (wonOpportunity && !over && records.opportunities.some((it) => opportunityState(it, profile, today) === 'won')) ||
    (activeContract && records.contracts.some((it) => isRunning(it, profile, today)))
  );
}

function returned(records: Evidence, profile: OrgProfile, today: CalendarDay): boolean {
  const left = records.account.churnedOn ?? today;
  return records.contracts.some((it) => isRunning(it, profile, today) && it.startsOn !== null && it.startsOn > left);
}

/** Notice was given, and the term that it ended is over by more than the grace period, with nothing bought since. */
function leftByNotice({ account, contracts, orders }: Evidence, profile: OrgProfile, today: CalendarDay): boolean {
  const notices = [account.noticeGivenOn, ...contracts.map((it) => it.noticeGivenOn)];
  if (!notices.some((day) => day !== null && day <= today)) return false;
  if (contracts.length > 0) return lapsedLongAgo({ contracts, orders }, profile, today);
  return account.renewalOn !== null && account.renewalOn < addDays(today, -GRACE_DAYS);
}

/** All contracts had come to their end when the grace period began, and nothing has been signed or ordered since. */
function lapsedLongAgo(
  { contracts, orders }: Pick<Evidence, 'contracts' | 'orders'>,
  profile: OrgProfile,
  today: CalendarDay,
): boolean {
  const graceBegan = addDays(today, -GRACE_DAYS);
  return isLapsed(contracts, orders, profile, graceBegan) && isLapsed(contracts, orders, profile, today);
}
