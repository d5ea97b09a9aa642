import type { Instant } from '../../model/dates.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { endOf } from './clocks.ts';
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
    now = now.map((it) => (it === next.claim ? next.becomes : it));
  }
}

/** The next instant at which `advanceClaims` will change something; `null`: nothing is due any more. */
export function nextClockAt(claims: readonly ReferralClaim[], policy: AttributionPolicy): Instant | null {
  return findNext(claims, policy, Number.POSITIVE_INFINITY)?.at ?? null;
}

interface Next {
  readonly at: Instant;
  readonly claim: ReferralClaim;
  readonly becomes: ReferralClaim;
}

/** The earliest thing that the clock does; at one instant ends come before protections, and those before promotions. */
function findNext(claims: readonly ReferralClaim[], policy: AttributionPolicy, asOf: Instant): Next | null {
  const ordered = [...claims].sort(inQueueOrder);
  const due = [
    ...ordered.map((it) => expire(it, policy)),
    ...ordered.map((it) => release(it, claims, policy)),
    promote(ordered, policy),
  ].filter((it): it is Next => it !== null && it.at <= asOf);
  return due.reduce<Next | null>((first, it) => (first === null || it.at < first.at ? it : first), null);
}

function expire(claim: ReferralClaim, policy: AttributionPolicy): Next | null {
  const { state, introducedAt, expiresAt, claimedAt } = claim;
  const isOpen = isRunning(state) || isWaiting(state);
  if (!isOpen) return null;
  const tracked = UNOPENED.includes(state) ? endOf(introducedAt, policy.trackingDays) : expiresAt;
  const reason = tracked < expiresAt ? 'tracking_window_passed' : 'credit_window_passed';
  const at = Math.max(claimedAt, Math.min(tracked, expiresAt), since(claim));
  const step = { event: 'expire', at, actor: CLOCK, reason } as const;
  return { at, claim, becomes: recordStep(claim, 'expired', step, policy.version) };
}

function release(claim: ReferralClaim, claims: readonly ReferralClaim[], policy: AttributionPolicy): Next | null {
  const { protectedUntil, state } = claim;
  if (protectedUntil === null || state !== 'accepted') return null;
  const gaveWay = claims.some((it) => it.state === 'queued' && it.claimedAt < protectedUntil);
  const step = { event: gaveWay ? 'expire' : 'release', at: protectedUntil, actor: CLOCK, reason: 'lapsed' } as const;
  const becomes = recordStep(claim, gaveWay ? 'expired' : state, step, policy.version);
  return { at: protectedUntil, claim, becomes: { ...becomes, protectedUntil: null } };
}

/** The first who waits moves up at the instant at which the last protection before it ended, unless the party has bought. */
function promote(ordered: readonly ReferralClaim[], policy: AttributionPolicy): Next | null {
  const first = ordered.find((it) => it.state === 'queued');
  if (first === undefined) return null;
  const others = ordered.filter((it) => it !== first);
  if (others.some(({ state }) => state === 'won' || state === 'retained')) return null;
  const at = Math.max(since(first), ...others.map(freeFrom));
  const step = { event: 'promote', at, actor: CLOCK, reason: 'promoted' } as const;
  return { at, claim: first, becomes: acceptClaim(first, step, policy) };
}

/** When a claim stopped, or will stop, standing before others; one that never ran stands before nobody. */
function freeFrom(claim: ReferralClaim): Instant {
  if (isRunning(claim.state)) return claim.protectedUntil ?? Number.NEGATIVE_INFINITY;
  return claim.history.findLast((it) => it.from !== null && isRunning(it.from))?.at ?? Number.NEGATIVE_INFINITY;
}

/** The instant of the last step. */
function since(claim: ReferralClaim): Instant {
  return claim.history.at(-1)?.at ?? claim.claimedAt;
}
