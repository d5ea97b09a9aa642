import type { Instant } from '../../model/dates.ts';
import { isRefused, moveClaim } from '../claims/move-claim.ts';
import type { Program } from '../entities/program.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { PersonsAct } from '../entities/referral-event.ts';
import { type RewardRecord, upholdFraud, withdrawRewards } from '../rewards/index.ts';
import { afterReview } from './after-review.ts';
import { clearReviewed } from './check-notes.ts';
import { decideSale } from './decide-sale.ts';
import { doubtsOn } from './denials.ts';
import { type EngineState, programOf, putClaim, salesOf } from './engine-state.ts';
import { freeRewards } from './free-rewards.ts';
import { endedParticipants, rewardAgain } from './reward-event.ts';

type OnClaim = Extract<PersonsAct, { readonly act: 'withdraw' | 'disqualify' | 'confirm' }>;

interface Doing {
  readonly key: string;
  readonly by: string;
  readonly at: Instant;
}

/** A person clears a claim after its review, or ends it. */
export function actOnClaim(state: EngineState, { act, referralId, why }: OnClaim, doing: Doing): Refusal | null {
  const claim = state.claims.get(referralId);
  const program = claim && programOf(state, claim.programId);
  if (!claim || !program) return refuse('illegal_transition', `There is no claim ${referralId}.`);
  if (act === 'confirm') return confirm(state, claim, program, { ...doing, why });
  const reason = act === 'withdraw' ? 'withdrawn' : 'fraud_upheld';
  const moved = moveClaim(claim, { event: act, at: doing.at, actor: doing.by, reason }, program.policy);
  if (isRefused(moved)) return moved;
  putClaim(state, moved);
  endSales(state, moved, (it) => {
    if (act === 'disqualify') upholdFraud(state.rewards, it.key, state.now, program.policy.disputeDays);
    else withdrawRewards(state.rewards, [it.key], { at: state.now, source: doing.key, reason });
  });
  return null;
}

function confirm(
  state: EngineState,
  claim: ReferralClaim,
  program: Program,
  { at, by, why }: Doing & { readonly why: string },
): Refusal | null {
  if (claim.state !== 'under_review')
    return refuse('illegal_transition', 'Only a claim under review can be confirmed.');
  const isDoubted = doubtsOn(state, claim).length > 0;
  const stands = () => clearReviewed(state, claim.id, { by, at, why });
  const refusal = afterReview(state, claim, program, { at, by, stands });
  if (refusal === null && isDoubted) freeRewards(state, claim.id, by);
  return refusal;
}

/**
 * The sales of a claim that a person ended are decided again (a locked decision stays, what is said now is proposed to a
 * person), and its rewards end; what the other side was given for it ends where nobody else is credited.
 */
function endSales(state: EngineState, claim: ReferralClaim, end: (reward: RewardRecord) => void): void {
  const { programId, participantId, subjectId } = claim;
  for (const saleId of salesOf(state, subjectId)) {
    const last = () => state.decisions.get(saleId)?.get(programId)?.at(-1);
    const before = last();
    const sale = state.sales.get(saleId);
    if (sale) decideSale(state, sale);
    const ended = endedParticipants(state, subjectId, programId);
    const isNobodys = last()?.candidates.every((it) => it.share === 0 || ended.includes(it.participantId)) ?? true;
    for (const it of state.rewards.ofCase(saleId)) {
      const isOwn = it.beneficiary.role === 'referrer' ? it.participantId === participantId : isNobodys;
      if (it.programId === programId && isOwn) end(it);
    }
    if (last() !== before) rewardAgain(state, saleId);
  }
}
