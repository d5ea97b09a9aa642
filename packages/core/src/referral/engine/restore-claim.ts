import { isWithin } from '../claims/clocks.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { clearFraud, withdrawRewards } from '../rewards/index.ts';
import { type EngineState, programOf, salesOf } from './engine-state.ts';
import { standAgain } from './stand-again.ts';

/**
 * The appeal of somebody whose claim was disqualified is won, within the policy's days: the claim stands where it stood, its
 * sales are decided again, and what the appeal had kept waiting goes on. What others were approved meanwhile stays theirs,
 * and a rival that is protected by now stays so.
 */
export function restoreClaim(
  state: EngineState,
  claim: ReferralClaim,
  { at, by }: { readonly at: number; readonly by: string },
): Refusal | null {
  const program = programOf(state, claim.programId);
  const ended = claim.history.findLast((it) => it.event !== 'merge');
  const isEnded = claim.state === 'disqualified' || claim.state === 'reversed';
  if (!program || !isEnded || ended?.event !== 'disqualify' || ended.from === null)
    return refuse('illegal_transition', `${claim.id} is not disqualified.`);
  const { disputeDays } = program.policy;
  if (!isWithin(state.now, ended.at, disputeDays))
    return refuse('dispute_closed', `The ${disputeDays} days to appeal against the disqualification are over.`);
  standAgain(state, claim, ended.from, program, { at, by, reason: 'ruled' });
  for (const saleId of salesOf(state, claim.subjectId)) goOn(state, claim, saleId, by);
  return null;
}

/** What waited for the end of the appeal goes on where the decision still credits the claim; elsewhere it ends. */
function goOn(state: EngineState, claim: ReferralClaim, saleId: string, source: string): void {
  const last = state.decisions.get(saleId)?.get(claim.programId)?.at(-1);
  const share = last?.candidates.find((it) => it.referralId === claim.id)?.share ?? 0;
  for (const { key, beneficiary, participantId, programId, fraudFinalAt, ...reward } of state.rewards.ofCase(saleId)) {
    const isOther = beneficiary.role === 'referrer' && participantId !== claim.participantId;
    if (programId !== claim.programId || fraudFinalAt === null || isOther) continue;
    clearFraud(state.rewards, key, state.now);
    const isOwn = beneficiary.role !== 'referrer' || reward.share === share;
    if (!isOwn) withdrawRewards(state.rewards, [key], { at: state.now, source, reason: 'ruled' });
  }
}
