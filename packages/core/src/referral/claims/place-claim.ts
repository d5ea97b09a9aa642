import type { Instant } from '../../model/dates.ts';
import { isStronger } from '../entities/evidence-class.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { isProtected } from './clocks.ts';
import { isRunning } from './transitions.ts';

/** Where a claim stands among those on the same party, and which one stands in its way. */
export interface Placement {
  readonly event: 'accept' | 'block' | 'contest' | 'queue';
  readonly rival: ReferralClaim | null;
}

/**
 * Places a claim among the others of its program on one party (rule 1). A protected rival blocks equal or weaker evidence
 * (`block`); stronger evidence of an earlier introduction contests it; other stronger evidence waits behind it. A rival
 * whose protection is over, or that never had any, stands in nobody's way: both are weighed at the conversion.
 */
export function placeClaim(
  claim: Pick<ReferralClaim, 'id' | 'programId' | 'evidence' | 'introducedAt'>,
  others: readonly ReferralClaim[],
  at: Instant,
): Placement {
  const rivals = others
    .filter(
      (it) => it.id !== claim.id && it.programId === claim.programId && isRunning(it.state) && isProtected(it, at),
    )
    .sort(inQueueOrder);
  const blocking = rivals.find((it) => !isStronger(claim.evidence, it.evidence));
  if (blocking) return { event: 'block', rival: blocking };
  const later = rivals.find((it) => claim.introducedAt >= it.introducedAt);
  if (later) return { event: 'queue', rival: later };
  const first = rivals[0];
  return first ? { event: 'contest', rival: first } : { event: 'accept', rival: null };
}

/** Those who wait move up in the order in which they claimed, then by id. */
export function inQueueOrder(a: ReferralClaim, b: ReferralClaim): number {
  return a.claimedAt - b.claimedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
