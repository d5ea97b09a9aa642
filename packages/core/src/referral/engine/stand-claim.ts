import type { TakenClaim } from '../claims/claim-outcome.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { type EngineState, putClaim } from './engine-state.ts';
import { catchUp } from './move-by-sale.ts';

/**
 * What follows when a claim that is stored stands, taken at once or cleared by a person: the rival that it contests says
 * so, who led to whom is known, and what happened to the party before is caught up with.
 */
export function standClaim(state: EngineState, { claim, rival, changed }: TakenClaim): void {
  if (rival !== null && state.claims.get(rival.id) !== rival) putClaim(state, rival);
  state.graph.admit(referrerOf(claim), claim.subjectId, claim.programId);
  if (changed) catchUp(state, claim.id, claim.subjectId);
}

/** Whether others that were taken while a claim was under review have made it a loop. */
export function closesLoopNow(state: EngineState, claim: ReferralClaim): boolean {
  return state.graph.check(referrerOf(claim), claim.subjectId, claim.programId) === 'loop';
}

function referrerOf({ referrerAccountId, participantId }: ReferralClaim): string {
  return referrerAccountId ?? participantId;
}
