import type { Instant } from '../../model/dates.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { ReasonCode } from '../entities/reason-code.ts';

/** What all signals together mean for the claim and for what is paid. */
export interface FraudOutcome {
  readonly claim: 'proceeds' | 'under_review' | 'blocked';
  /** Why the claim does not proceed; `null` when it does. */
  readonly claimReason: ReasonCode | null;
  readonly reward: 'proceeds' | 'waits' | 'held' | 'review_required' | 'blocked';
  /** Why the reward does not proceed; `null` when it does. */
  readonly rewardReason: ReasonCode | null;
  /** `false`: recognition only. */
  readonly cash: boolean;
}

/** Strongest first. */
const REWARD_STEPS = [
  ['block', 'blocked'],
  ['review', 'review_required'],
  ['hold', 'held'],
  ['wait', 'waits'],
] as const;

/**
 * Weighs signals that nobody cleared and that have not expired at `asOf` (the last millisecond before `expiresAt` still
 * counts). The strongest wins, and of equals the first. A claim that is refused or looked at takes its reward along; a check about rewards, or
 * one that failed, never touches the claim. Says nothing about claims that a person has already decided.
 */
export function weighSignals(signals: readonly FraudSignal[], asOf: Instant): FraudOutcome {
  const live = signals.filter((it) => !it.cleared && asOf < it.expiresAt);
  const find = (action: FraudSignal['action'], about?: 'claim') =>
    live.find((it) => it.action === action && (!about || (!it.failed && (it.about ?? 'claim') === about)));
  const blocked = find('block', 'claim');
  const reviewed = find('review', 'claim');
  const [action, reward] = REWARD_STEPS.find(([it]) => find(it)) ?? ([null, 'proceeds'] as const);
  return {
    claim: blocked ? 'blocked' : reviewed ? 'under_review' : 'proceeds',
    claimReason: reasonOf(blocked ?? reviewed),
    reward,
    rewardReason: reasonOf(action ? find(action) : undefined),
    cash: !live.some((it) => it.action === 'block_cash' || it.action === 'block'),
  };
}

function reasonOf(signal: FraudSignal | undefined): ReasonCode | null {
  return signal ? (signal.reason ?? 'fraud_check') : null;
}
