import { closesLoop, type ReferrerGraph } from '../graph/closes-loop.ts';
import type { Id } from '../model/ids.ts';
import type { MergedClaim } from './read-claims.ts';
import type { ReferralReason } from './referral.ts';
import type { ReferralBook } from './referral-book.ts';

/**
 * Why a claim is refused: someone introduced themselves (same contact, same mailbox, same account), or the party had
 * itself led to the referrer. `null` when nothing speaks against it.
 */
export function refuseClaim(claim: MergedClaim, book: ReferralBook, graph: ReferrerGraph): ReferralReason | null {
  const { referrerId } = claim;
  if (referrerId === null) return null;
  const referred = referredPeople(claim, book);
  if (referred.includes(referrerId)) return 'same_contact';
  const email = book.people.get(referrerId)?.email ?? null;
  if (email !== null && referred.some((it) => book.people.get(it)?.email === email)) return 'same_email';
  const parties = referrerParties(claim, book);
  if (parties.includes(claim.subject)) return 'same_account';
  return parties.some((it) => closesLoop(graph, it, claim.subject)) ? 'loop' : null;
}

/** The accounts that the referrer speaks for; the person where no account is known. */
export function referrerParties(claim: MergedClaim, book: ReferralBook): readonly Id[] {
  if (claim.referrerId === null) return [];
  const accounts = book.people.get(claim.referrerId)?.accountIds ?? [];
  return accounts.length > 0 ? accounts : [claim.referrerId];
}

/** The person named and, where the claim names an opportunity, the people on it. */
function referredPeople(claim: MergedClaim, book: ReferralBook): readonly Id[] {
  const onOpportunity = (book.opportunitiesOf.get(claim.subject) ?? []).filter((it) => it.id === claim.opportunityId);
  return [
    ...(claim.referredContactId ? [claim.referredContactId] : []),
    ...onOpportunity.flatMap((it) => it.contactIds),
  ];
}
