import { type CalendarDay, dayInZone, type Instant } from '../model/dates.ts';
import type { OrgProfile, RecordRole } from '../model/profile.ts';
import { isRunning } from './contract-state.ts';
import { opportunityState } from './opportunity-meaning.ts';
import type { AccountRecords } from './slice.ts';

type Evidence = Pick<AccountRecords, 'account' | 'opportunities' | 'contracts'>;

/**
 * The account's part in the book by the profile's rules. A lifecycle value that the profile does not list gives `other`
 * whatever else is known: `findUnmapped` reports it, and nothing is scored by default. A former customer (churned, and
 * no contract begun since) is `other`.
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
  return role === 'customer' || bought(records, profile, today) ? 'customer' : role;
}

/** The role that the profile gives a lifecycle value; `null` when it is not listed. */
export function roleByLifecycle(lifecycle: string | null, profile: Pick<OrgProfile, 'book'>): RecordRole | null {
  if (lifecycle === null || lifecycle === '') return profile.book.blank;
  return profile.book.lifecycles[lifecycle] ?? null;
}

function bought(records: Evidence, profile: OrgProfile, today: CalendarDay): boolean {
  const { wonOpportunity, activeContract } = profile.book;
  return (
    (wonOpportunity && records.opportunities.some((it) => opportunityState(it, profile, today) === 'won')) ||
    (activeContract && records.contracts.some((it) => isRunning(it, profile, today)))
  );
}

function returned(records: Evidence, profile: OrgProfile, today: CalendarDay): boolean {
  const left = records.account.churnedOn ?? today;
  return records.contracts.some((it) => isRunning(it, profile, today) && it.startsOn !== null && it.startsOn > left);
}
