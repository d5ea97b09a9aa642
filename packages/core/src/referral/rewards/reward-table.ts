import type { RewardState } from '../../model/types.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';

export const REWARD_STEPS = [
  'earn',
  'hold',
  'clear',
  'review',
  'approve',
  'release',
  'pay',
  'fulfil',
  'expire',
  'cancel',
  'reverse',
] as const;
export type RewardStep = (typeof REWARD_STEPS)[number];

type Row = Readonly<Partial<Record<RewardStep, RewardState>>>;

/** What can end a reward before it is settled. */
const ENDS: Row = { expire: 'expired', cancel: 'canceled', review: 'review_required' };

/**
 * The life of a reward, state x step -> state; what is not here is refused. `approved` is approved before it is due,
 * `payable` is due; `cap_limited` is a reward that a cap has cut: what is left of it goes on, nothing left stays there.
 * From `review_required` a person goes on (hold, approve), ends it (cancel), or, of an applied benefit, takes it back
 * (reverse) or lets it stand (fulfil).
 */
export const REWARD_TABLE: Readonly<Record<RewardState, Row>> = {
  pending: { earn: 'earned', hold: 'held', ...ENDS },
  cap_limited: { earn: 'earned', hold: 'held', ...ENDS },
  earned: { hold: 'held', approve: 'approved', ...ENDS },
  held: { clear: 'earned', hold: 'held', approve: 'approved', ...ENDS },
  approved: { release: 'payable', hold: 'held', ...ENDS },
  payable: { pay: 'paid', fulfil: 'fulfilled', hold: 'held', reverse: 'reversed', ...ENDS },
  review_required: {
    hold: 'held',
    approve: 'approved',
    cancel: 'canceled',
    reverse: 'reversed',
    fulfil: 'fulfilled',
  },
  paid: { reverse: 'reversed' },
  fulfilled: { review: 'review_required' },
  reversed: {},
  expired: {},
  canceled: {},
};

/** The state after a step, or why the step cannot be taken from there. */
export function nextRewardState(state: RewardState, step: RewardStep): RewardState | Refusal {
  const next = REWARD_TABLE[state][step];
  return next ?? refuse('illegal_transition', `A reward that is ${state} cannot take the step "${step}".`);
}
