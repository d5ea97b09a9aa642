import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';

/** How the CRM knows, strongest first: people linked, a field that names the referrer, only a source value. */
export const CRM_EVIDENCE = ['link', 'field', 'source'] as const;
export type Evidence = (typeof CRM_EVIDENCE)[number];

/** What one record of the CRM claims: this person introduced that party. */
export interface RecordedClaim {
  readonly evidence: Evidence;
  /** The contact who introduced; `null` when the CRM only says that somebody did. */
  readonly referrerId: Id | null;
  readonly referredContactId: Id | null;
  readonly accountId: Id | null;
  readonly opportunityId: Id | null;
  readonly claimedAt: Instant | null;
}
