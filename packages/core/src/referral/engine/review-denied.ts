import type { Instant } from '../../model/dates.ts';
import { isRefused, moveClaim } from '../claims/move-claim.ts';
import { TRANSITIONS } from '../claims/transitions.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { doubtsOn } from './denials.ts';
import { type EngineState, programOf, putClaim } from './engine-state.ts';

/** When something was said of a claim, and by whom or what: an id. */
export interface Denying {
  readonly at: Instant;
  readonly by: string;
}

/** A claim that stands although it is denied, or what it rested on is gone, goes to where a person looks at it; any other stays as it is. */
export function reviewDenied(state: EngineState, claim: ReferralClaim, { at, by }: Denying): void {
  const program = programOf(state, claim.programId);
  const [reason] = doubtsOn(state, claim);
  if (!program || reason === undefined || TRANSITIONS[claim.state].review === undefined) return;
  const step = { event: 'review', at: notBefore(claim, at), actor: by, reason } as const;
  const moved = moveClaim(claim, step, program.policy);
  if (!isRefused(moved)) putClaim(state, moved);
}

/** The instant, or that of the claim's last step where that is later: no step lies before another. */
export function notBefore({ history, claimedAt }: ReferralClaim, at: Instant): Instant {
  return Math.max(at, claimedAt, ...history.map((it) => it.at));
}
