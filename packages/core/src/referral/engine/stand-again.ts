import type { Instant } from '../../model/dates.ts';
import type { ReferralState } from '../../model/types.ts';
import { endOf, mayProtect } from '../claims/clocks.ts';
import { recordStep } from '../claims/move-claim.ts';
import { placeClaim } from '../claims/place-claim.ts';
import { isRunning } from '../claims/transitions.ts';
import type { Program } from '../entities/program.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { claimsOn, type EngineState, putClaim } from './engine-state.ts';
import { catchUp } from './move-by-sale.ts';
import { runClaimClocks } from './run-clocks.ts';

/**
 * A claim stands where it stood before a person, or a denial, took it out. Its protection counts from the day on which it
 * was taken up, unless a rival is protected by now; what happened to the party meanwhile is caught up with, and its sales
 * are decided again.
 */
export function standAgain(
  state: EngineState,
  claim: ReferralClaim,
  to: ReferralState,
  { policy }: Program,
  { at, by, reason }: { readonly at: Instant; readonly by: string; readonly reason: ReasonCode },
): void {
  const back = recordStep(claim, to, { event: 'restore', at, actor: by, reason }, policy.version);
  const taken = back.history.findLast((it) => it.event === 'accept' || it.event === 'promote');
  const protects = isRunning(back.state) && back.state !== 'influenced' && mayProtect(back.evidence);
  const until = protects && taken ? endOf(taken.at, policy.protectionDays) : null;
  const isFree = placeClaim(back, claimsOn(state, claim.subjectId), at).rival === null;
  putClaim(state, { ...back, protectedUntil: until !== null && until > at && isFree ? until : null });
  runClaimClocks(state, claim.subjectId, at);
  catchUp(state, claim.id, claim.subjectId, new Set(claim.history.map((it) => it.actor)));
}
