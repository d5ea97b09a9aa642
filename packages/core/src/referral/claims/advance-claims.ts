import type { Instant } from '../../model/dates.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { endOf } from './clocks.ts';
import { lastStep } from './last-step.ts';
import { recordStep } from './move-claim.ts';
import { inQueueOrder } from './place-claim.ts';
import { acceptClaim } from './settle-claim.ts';
import { isRunning, isWaiting } from './transitions.ts';

const CLOCK = 'clock';
const UNOPENED = ['accepted', 'contacted', 'qualified'];

/**
 * Lets the clocks run to `asOf` for the claims of one program on one party: credit and tracking windows end; a claim
 * without progress whose protection ends gives way to the next that waits, or stays on unprotected where none does; the
 * first in the queue moves up when nobody protected stands before it. Each step is dated at its own instant, so that one
 * late run and many daily ones write the same history. Claims that nothing happened to come back as the same objects.
 */
export function advanceClaims(
  claims: readonly ReferralClaim[],
  policy: AttributionPolicy,
  asOf: Instant,
): readonly ReferralClaim[] {
  let now = claims;
  for (;;) {
    const next = findNext(now, policy, asOf);
    if (next === null) return now;
    now = now.map((it) => (it === next.claim ? next.becomes() : it));
  }
}

/** The next instant at which `advanceClaims` will change something; `null`: nothing is due any more. */
export function nextClockAt(claims: readonly ReferralClaim[], policy: AttributionPolicy): Instant | null {
  return findNext(claims, policy, Number.POSITIVE_INFINITY)?.at ?? null;
}

interface Next {
  readonly at: Instant;
  readonly claim: ReferralClaim;
  readonly becomes: () => ReferralClaim;
}

/** The earliest thing that the clock does; at one instant ends come before protections, and those before promotions. */
function findNext(claims: readonly ReferralClaim[], policy: AttributionPolicy, asOf: Instant): Next | null {
  const ordered = claims.length > 1 ? [...claims].sort(inQueueOrder) : claims;
  let first: Next | null = null;
  for (const it of ordered) first = earlier(first, expire(it, policy, asOf));
  for (const it of ordered) first = earlier(first, release(it, claims, policy, asOf));
  return earlier(first, promote(ordered, policy, asOf));
}

function earlier(first: Next | null, other: Next | null): Next | null {
  return first === null || (other !== null && other.at < first.at) ? other : first;
}

function expire(claim: ReferralClaim, policy: AttributionPolicy, asOf: Instant): Next | null {
  const { state, introducedAt, expiresAt, claimedAt } = claim;
  const isOpen = isRunning(state) || isWaiting(state);
  if (!isOpen) return null;
  const tracked = UNOPENED.includes(state) ? endOf(introducedAt, policy.trackingDays) : expiresAt;
  const at = Math.max(claimedAt, Math.min(tracked, expiresAt), since(claim));
  if (at > asOf) return null;
  const reason = tracked < expiresAt ? 'tracking_window_passed' : 'credit_window_passed';
  const step = { event: 'expire', at, actor: CLOCK, reason } as const;
  return { at, claim, becomes: () => recordStep(claim, 'expired', step, policy.version) };
}

function release(
  claim: ReferralClaim,
  claims: readonly ReferralClaim[],
  policy: AttributionPolicy,
  asOf: Instant,
): Next | null {
  const { protectedUntil, state } = claim;
  if (protectedUntil === null || state !== 'accepted' || protectedUntil > asOf) return null;
  const gaveWay = claims.some((it) => it.state === 'queued' && it.claimedAt < protectedUntil);
  const [event, reason] = gaveWay ? (['expire', 'lapsed'] as const) : (['release', 'released'] as const);
  const step = { event, at: protectedUntil, actor: CLOCK, reason };
  const becomes = () => ({
    ...recordStep(claim, gaveWay ? 'expired' : state, step, policy.version),
    protectedUntil: null,
  });
  return { at: protectedUntil, claim, becomes };
}

/** The first who waits moves up at the instant at which the last protection before it ended, unless the party has bought. */
function promote(ordered: readonly ReferralClaim[], policy: AttributionPolicy, asOf: Instant): Next | null {
  const first = ordered.find((it) => it.state === 'queued');
  if (first === undefined) return null;
  const others = ordered.filter((it) => it !== first);
  if (others.some(({ state }) => state === 'won' || state === 'retained')) return null;
  const at = Math.max(since(first), ...others.map(freeFrom));
  if (at > asOf) return null;
  const step = { event: 'promote', at, actor: CLOCK, reason: 'promoted' } as const;
  return { at, claim: first, becomes: () => acceptClaim(first, step, policy) };
}

/** When a claim stopped, or will stop, standing before others; one that never ran stands before nobody. */
function freeFrom(claim: ReferralClaim): Instant {
  if (isRunning(claim.state)) return claim.protectedUntil ?? Number.NEGATIVE_INFINITY;
  return claim.history.findLast((it) => it.from !== null && isRunning(it.from))?.at ?? Number.NEGATIVE_INFINITY;
}

/** The instant of the last step. */
function since(claim: ReferralClaim): Instant {
  return lastStep(claim)?.at ?? claim.claimedAt;
}
