import type { CalendarDay, Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { ReferralCredit, ReferralState } from '../model/types.ts';

/** How the CRM knows, strongest first: people linked, a field that names the referrer, only a source value. */
export const CRM_EVIDENCE = ['link', 'field', 'source'] as const;
export type Evidence = (typeof CRM_EVIDENCE)[number];

/** Why a referral stands where it stands. For staff; a referrer is told a neutral reason and a date. */
export type ReferralReason =
  | 'first_valid_claim'
  | 'existing_customer'
  | 'open_opportunity'
  | 'claimed_after_won'
  | 'same_contact'
  | 'same_email'
  | 'same_account'
  | 'loop'
  | 'protected_by_earlier_claim'
  | 'waits_behind_earlier_claim'
  | 'referrer_unknown'
  | 'claim_undated'
  | 'tracking_window_passed'
  | 'credit_window_passed'
  | 'left_before_retained';

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

/** One introduction, credited on an account, as of the day it was computed. */
export interface TrackedReferral {
  /** Made of both ends, so that it is the same in every run: `contact:7>account:42`. */
  readonly id: string;
  readonly referrerId: Id | null;
  readonly referrerAccountId: Id | null;
  readonly referredContactId: Id | null;
  readonly accountId: Id | null;
  /** The opportunity that it is followed on. */
  readonly opportunityId: Id | null;
  readonly evidence: readonly Evidence[];
  readonly claimedAt: Instant | null;
  readonly protectedUntil: CalendarDay | null;
  readonly state: ReferralState;
  /** Decided at conversion; `null` until then. */
  readonly credit: ReferralCredit | null;
  readonly reason: ReferralReason;
}
