import type { Instant } from '../model/dates.ts';
import type { OrgProfile } from '../model/profile.ts';
import { readClaims } from './read-claims.ts';
import { indexReferralBook, type ReferralRows } from './referral-book.ts';
import { type TrackedReferral, UNKNOWN } from './tracked-referrals.ts';

/**
 * What the CRM claims and no program can take as a claim: a source value that says that somebody introduced the party,
 * and a link to somebody whom the CRM does not show. Under review until a person mends the record.
 */
export function unclaimedReferrals(rows: ReferralRows, profile: OrgProfile, asOf: Instant): readonly TrackedReferral[] {
  const book = indexReferralBook(rows, asOf);
  const claims = readClaims(book, profile, asOf);
  return claims
    .filter(({ referrerId }) => referrerId === null || !book.people.has(referrerId))
    .map(
      ({ referrerId, subject, referredContactId, accountId, opportunityId, claimedAt }): TrackedReferral => ({
        id: referrerId === null ? `${UNKNOWN}${subject}` : `${referrerId}>${subject}`,
        ...{ programId: null, referrerId, referrerAccountId: null, referredContactId, accountId, opportunityId },
        evidence: referrerId === null ? 'free_text' : 'recorded',
        ...{ claimedAt, protectedUntil: null, state: 'under_review', credit: null },
        reason: referrerId === null ? 'referrer_unknown' : 'unknown_participant',
      }),
    );
}
