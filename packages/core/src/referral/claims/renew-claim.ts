import type { Instant } from '../../model/dates.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import { isStronger } from '../entities/evidence-class.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { endOf, mayProtect } from './clocks.ts';
import { lastStep } from './last-step.ts';
import { recordStep } from './move-claim.ts';
import { placeClaim } from './place-claim.ts';
import { isRunning, isWaiting } from './transitions.ts';

type Evidence = Pick<ReferralClaim, 'evidence' | 'introducedAt'>;

/**
 * Whether a lapsed claim comes with something new (rule 9): a stronger class, or an introduction after it lapsed that
 * is at least a code.
 */
export function hasNewEvidence(lapsed: ReferralClaim, fresh: Evidence): boolean {
  if (isStronger(fresh.evidence, lapsed.evidence)) return true;
  const lapsedAt = lastStep(lapsed)?.at ?? lapsed.claimedAt;
  return mayProtect(fresh.evidence) && fresh.introducedAt > lapsedAt;
}

/**
 * Takes better evidence into a claim that stands: a stronger class, or the same class of an earlier day. A claim that had
 * no protection for want of evidence gets it, unless a rival is protected; one that waited may now contest. Anything else
 * leaves the record as it is: no protection is renewed.
 */
export function strengthenClaim(
  claim: ReferralClaim,
  fresh: Evidence,
  others: readonly ReferralClaim[],
  policy: AttributionPolicy,
  step: { readonly at: Instant; readonly actor: string },
): ReferralClaim {
  const isStanding = isRunning(claim.state) || isWaiting(claim.state);
  if (!isStanding || !isBetter(fresh, claim)) return claim;
  const { evidence, introducedAt } = fresh;
  const placement = placeClaim({ ...claim, evidence, introducedAt }, others, step.at);
  const contests = claim.state === 'queued' && placement.event === 'contest';
  const record = contests
    ? recordStep(claim, 'contested', { ...step, event: 'contest', reason: 'contested' }, policy.version)
    : recordStep(claim, claim.state, { ...step, event: 'evidence', reason: 'progressed' }, policy.version);
  const gains = isRunning(claim.state) && claim.state !== 'influenced' && !mayProtect(claim.evidence);
  const isFree = gains && mayProtect(evidence) && placement.rival === null;
  const protectedUntil = isFree ? endOf(step.at, policy.protectionDays) : record.protectedUntil;
  return { ...record, evidence, introducedAt, protectedUntil };
}

function isBetter(a: Evidence, b: Evidence): boolean {
  return isStronger(a.evidence, b.evidence) || (a.evidence === b.evidence && a.introducedAt < b.introducedAt);
}
