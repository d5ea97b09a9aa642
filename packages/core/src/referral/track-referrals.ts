import { addDays, type CalendarDay, dayInZone, type Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { OrgProfile } from '../model/profile.ts';
import type { ReferralState } from '../model/types.ts';
import { type Followed, followClaim } from './follow-claim.ts';
import { REFERRAL_POLICY, type ReferralPolicy } from './policy.ts';
import { type MergedClaim, readClaims } from './read-claims.ts';
import { CRM_EVIDENCE, type ReferralReason, type TrackedReferral } from './referral.ts';
import { indexReferralBook, type ReferralBook, type ReferralRows } from './referral-book.ts';
import { referrerParties, refuseClaim } from './refuse-claim.ts';

export interface ReferralReport {
  readonly policy: ReferralPolicy;
  /** By claim date, then id. */
  readonly referrals: readonly TrackedReferral[];
  readonly counts: Readonly<Partial<Record<ReferralState, number>>>;
}

/**
 * Every referral that the CRM records, with its state, credit and reason at an instant. The first valid claim on a party
 * holds it; a later one is a duplicate while the first is protected, waits where its evidence is stronger, and takes over
 * where the first came to nothing. The answer does not depend on the order of the rows.
 */
export function trackReferrals(
  rows: ReferralRows,
  profile: OrgProfile,
  asOf: Instant,
  policy: ReferralPolicy = REFERRAL_POLICY,
): ReferralReport {
  const book = indexReferralBook(rows, asOf);
  const context: Context = { book, profile, policy, today: dayInZone(asOf, profile.timeZone), graph: new Map() };
  const holders = new Map<Id, Held>();
  const settled: TrackedReferral[] = [];
  for (const claim of readClaims(book, profile, asOf)) {
    const { refusal, holds } = admit(claim, holders.get(claim.subject) ?? null, context);
    if (refusal) settled.push(referral(claim, refusal, context));
    if (!holds) continue;
    const before = holders.get(claim.subject);
    if (before) settled.push(referral(before.claim, follow(before.claim, context, holds.claimedOn), context));
    holders.set(claim.subject, holds);
    for (const party of referrerParties(claim, book)) addEdge(context.graph, party, claim.subject);
  }
  for (const { claim } of holders.values()) settled.push(referral(claim, follow(claim, context, null), context));
  const referrals = settled.sort(byDate);
  return { policy, referrals, counts: countStates(referrals) };
}

interface Context {
  readonly book: ReferralBook;
  readonly profile: OrgProfile;
  readonly policy: ReferralPolicy;
  readonly today: CalendarDay;
  readonly graph: Map<Id, Id[]>;
}
interface Held {
  readonly claim: MergedClaim;
  readonly claimedOn: CalendarDay;
}

function admit(
  claim: MergedClaim,
  held: Held | null,
  context: Context,
): { refusal: Followed | null; holds: Held | null } {
  const refuse = (state: ReferralState, reason: ReferralReason, credit: 'none' | null = 'none') => ({
    refusal: { state, credit, reason, opportunityId: claim.opportunityId },
    holds: null,
  });
  if (claim.referrerId === null) return refuse('under_review', 'referrer_unknown', null);
  const reason = refuseClaim(claim, context.book, context.graph);
  if (reason !== null) return refuse('rejected', reason);
  if (claim.claimedAt === null) return refuse('under_review', 'claim_undated', null);
  const claimedOn = dayInZone(claim.claimedAt, context.profile.timeZone);
  if (held === null || isReleased(held, claimedOn, context)) return { refusal: null, holds: { claim, claimedOn } };
  const stronger = CRM_EVIDENCE.indexOf(claim.evidence) < CRM_EVIDENCE.indexOf(held.claim.evidence);
  return stronger
    ? refuse('queued', 'waits_behind_earlier_claim', null)
    : refuse('duplicate', 'protected_by_earlier_claim');
}

/** A claim lets go when, on that day, it had been lost, or had led to no opportunity within its protection. */
function isReleased(held: Held, on: CalendarDay, context: Context): boolean {
  const then = follow(held.claim, { ...context, today: on }, on);
  if (then.state === 'lost' || then.state === 'expired') return true;
  return then.opportunityId === null && on > addDays(held.claimedOn, context.policy.protectionDays);
}

function follow(claim: MergedClaim, { book, profile, policy, today }: Context, untilOn: CalendarDay | null): Followed {
  const claimedOn = claim.claimedAt === null ? today : dayInZone(claim.claimedAt, profile.timeZone);
  const churnedOn = claim.accountId === null ? null : (book.churnedOn.get(claim.accountId) ?? null);
  const opportunities = book.opportunitiesOf.get(claim.subject) ?? [];
  return followClaim({ claimedOn, today, untilOn, opportunities, churnedOn, profile, policy });
}

function referral(claim: MergedClaim, followed: Followed, { book, profile, policy }: Context): TrackedReferral {
  const claimedOn = claim.claimedAt === null ? null : dayInZone(claim.claimedAt, profile.timeZone);
  return {
    id: `${claim.referrerId ?? 'unknown'}>${claim.subject}`,
    referrerId: claim.referrerId,
    referrerAccountId: claim.referrerId === null ? null : (book.people.get(claim.referrerId)?.accountIds[0] ?? null),
    referredContactId: claim.referredContactId,
    accountId: claim.accountId,
    opportunityId: followed.opportunityId,
    evidence: claim.all,
    claimedAt: claim.claimedAt,
    protectedUntil: claimedOn && addDays(claimedOn, policy.protectionDays),
    state: followed.state,
    credit: followed.credit,
    reason: followed.reason,
  };
}

function addEdge(graph: Map<Id, Id[]>, referrer: Id, referred: Id): void {
  const list = graph.get(referred);
  if (list) list.push(referrer);
  else graph.set(referred, [referrer]);
}

function countStates(referrals: readonly TrackedReferral[]): ReferralReport['counts'] {
  const counts: Partial<Record<ReferralState, number>> = {};
  for (const { state } of referrals) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function byDate(a: TrackedReferral, b: TrackedReferral): number {
  const [x, y] = [a.claimedAt ?? Number.MAX_SAFE_INTEGER, b.claimedAt ?? Number.MAX_SAFE_INTEGER];
  return x !== y ? x - y : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
