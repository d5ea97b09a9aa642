import type { ReasonCode } from '../entities/reason-code.ts';
import { moveReward } from '../rewards/index.ts';
import { isDoubt } from './denials.ts';
import { type EngineState, programOf, salesOf } from './engine-state.ts';
import { rewardAgain } from './reward-event.ts';
import { screenReward, screenRewardsOf } from './screen-reward.ts';

/**
 * What waited for a person because of checks or a denial alone is held by what is left of them; nothing left, and it goes
 * on. What was not given at all is given now.
 */
export function freeRewards(state: EngineState, referralId: string, by: string): void {
  for (const reward of [...state.rewards.all()].filter((it) => it.referralId === referralId)) {
    const program = programOf(state, reward.programId);
    const isChecks =
      reward.state === 'review_required' && (isDoubt(reward.reason) || CHECKS_REASONS.includes(reward.reason));
    if (!program || !isChecks || reward.owedBack > 0) continue;
    const { reward: now } = screenReward(state, program, { referralId, reward, at: state.now });
    if (now === 'review_required' || now === 'blocked') continue;
    moveReward(state.rewards, reward.key, { step: 'hold', at: state.now, by, reason: 'fraud_check' });
  }
  screenRewardsOf(state, referralId);
  const subjectId = state.claims.get(referralId)?.subjectId ?? '';
  for (const saleId of salesOf(state, subjectId)) rewardAgain(state, saleId);
}
const CHECKS_REASONS: readonly ReasonCode[] = ['fraud_check', 'check_failed', 'not_eligible_for_reward'];
