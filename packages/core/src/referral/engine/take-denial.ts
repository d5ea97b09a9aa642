import type { Denial } from '../entities/denial.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { afterReview } from './after-review.ts';
import { countAgain, deniedBy, doubtOf, doubtsOn, isDoubt, pointDenial, putDenial } from './denials.ts';
import { claimsOf, type EngineState, programOf } from './engine-state.ts';
import { freeRewards } from './free-rewards.ts';
import { type Denying, notBefore, reviewDenied } from './review-denied.ts';
import { screenRewardsOf, signalsAbout } from './screen-reward.ts';

/**
 * Takes what stands against the introduction of a pair by now: one of the two denies it, or what the CRM had of it is gone.
 * Claims that are not won wait for a person, rewards that nobody approved too; what was approved or paid stays (rule 4).
 * Taken back, or shown again: both go on. What a person lifted stays lifted until somebody else says so as well.
 */
export function takeDenial(state: EngineState, said: Denial, doing: Denying): void {
  const known = [...state.denials.values()].flat().find((it) => it.recordId === said.recordId);
  const denial = pointDenial(state, said);
  const people = new Set([known?.advocateId, denial.advocateId].flatMap((it) => it ?? []));
  const claims = [...people].flatMap((id) => claimsOf(state, id));
  const before = new Map(claims.map((it) => [it.id, deniedBy(state, it)]));
  const since = Math.min(known?.since ?? state.now, state.now);
  putDenial(state, said, denial.saidBy.length === 0 ? null : { ...denial, since });
  for (const { id } of claims) {
    const claim = state.claims.get(id);
    if (!claim) continue;
    const [was, now] = [before.get(id) ?? [], deniedBy(state, claim)];
    if (now.join() === was.join()) continue;
    countAgain(state, id, now.filter((side) => !was.includes(side)).map(doubtOf));
    if (doubtsOn(state, claim).length > 0) reviewDenied(state, claim, doing);
    else if (was.length > 0) endDenial(state, claim, doing);
    screenRewardsOf(state, id);
  }
}

/** It was taken back or is shown again, or a person lifted it: the claim stands again unless something else is to be looked at. */
export function endDenial(state: EngineState, claim: ReferralClaim, { at, by }: Denying): void {
  const program = programOf(state, claim.programId);
  const review = claim.history.findLast((it) => it.event === 'review');
  const isItsReview = claim.state === 'under_review' && isDoubt(review?.reason);
  const others = signalsAbout(state, claim.id).filter(({ action, about, failed, cleared, reason }) => {
    return action === 'review' && about !== 'reward' && !failed && !cleared && !isDoubt(reason);
  });
  if (program && isItsReview && doubtsOn(state, claim).length === 0 && others.length === 0)
    afterReview(state, claim, program, { at: notBefore(claim, at), by });
  freeRewards(state, claim.id, by);
}
