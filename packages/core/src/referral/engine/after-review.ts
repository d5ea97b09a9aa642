import type { Instant } from '../../model/dates.ts';
import { NO_RELATION } from '../claims/existing-relation.ts';
import { isRefused, moveClaim } from '../claims/move-claim.ts';
import { settleClaim } from '../claims/settle-claim.ts';
import type { Program } from '../entities/program.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { isDoubt } from './denials.ts';
import { claimsOn, type EngineState, putClaim } from './engine-state.ts';
import { standAgain } from './stand-again.ts';
import { closesLoopNow, standClaim } from './stand-claim.ts';

interface Doing {
  readonly at: Instant;
  readonly by: string;
  /** What else has to be known before its sales are decided again. */
  readonly stands?: () => void;
}

/**
 * The review of a claim is over. One that had stood before it was denied, or before what it rested on was gone, stands where
 * it stood; any other is placed now, as if nothing had been found, and refused where it closes a loop by now or another
 * holds the party.
 */
export function afterReview(
  state: EngineState,
  claim: ReferralClaim,
  program: Program,
  { at, by, stands = () => {} }: Doing,
): Refusal | null {
  const review = claim.history.findLast((it) => it.event === 'review');
  if (review && isDoubt(review.reason) && review.from !== null && review.from !== 'submitted') {
    stands();
    standAgain(state, claim, review.from, program, { at, by, reason: 'accepted' });
    return null;
  }
  const { policy } = program;
  if (closesLoopNow(state, claim)) {
    const rejected = moveClaim(claim, { event: 'reject', at, actor: by, reason: 'loop' }, policy);
    if (!isRefused(rejected)) putClaim(state, rejected);
    return refuse('loop');
  }
  const relation = state.relations.get(claim.subjectId) ?? NO_RELATION;
  const settling = { at, actor: by, policy, relation, signals: [] };
  const settled = settleClaim(claim, claimsOn(state, claim.subjectId), settling);
  if (settled.claim !== null) putClaim(state, settled.claim);
  if (settled.refused) return settled;
  stands();
  standClaim(state, settled);
  return null;
}
