import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import { type EvidenceClass, isStronger } from '../entities/evidence-class.ts';
import type { ReferralClaim } from '../entities/referral.ts';

/** The end of a span of whole days of 24 hours: the first instant that is no longer in it. */
export function endOf(from: Instant, days: number): Instant {
  return from + days * DAY_MS;
}

/** Whether `at` lies in the span: `at < from + days`, so its last millisecond still counts (domain model, 3.1). */
export function isWithin(at: Instant, from: Instant, days: number): boolean {
  return at < endOf(from, days);
}

/** Whether evidence of this class keeps rivals out at all: nothing below a code does (rule 9). */
export function mayProtect(evidence: EvidenceClass): boolean {
  return !isStronger('code', evidence);
}

/** Whether a claim keeps equal or weaker rivals out at an instant: the protection clock. */
export function isProtected(claim: ReferralClaim, at: Instant): boolean {
  return claim.protectedUntil !== null && at < claim.protectedUntil;
}

/** Whether an opportunity that was opened at an instant may be this claim's result: the tracking clock. */
export function isTracked(introducedAt: Instant, openedAt: Instant, policy: AttributionPolicy): boolean {
  return isWithin(openedAt, introducedAt, policy.trackingDays);
}

/** Whether a sale at an instant may still be credited to the claim: the credit clock, fixed when it was claimed. */
export function isCreditable(claim: ReferralClaim, wonAt: Instant): boolean {
  return wonAt < claim.expiresAt;
}
