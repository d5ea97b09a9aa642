import type { Instant } from '../../model/dates.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { Program } from '../entities/program.ts';
import type { Reward } from '../entities/reward.ts';
import { evaluateFraud } from '../fraud/evaluate-fraud.ts';
import { FRAUD_CHECKS } from '../fraud/fraud-checks.ts';
import { fraudContext } from '../fraud/fraud-context.ts';
import { type FraudOutcome, weighSignals } from '../fraud/weigh-signals.ts';
import { type RewardRecord, screenUnsettled } from '../rewards/index.ts';
import { joinSignals, signalsOfClaim, standingSignals } from './check-notes.ts';
import { denialSignals, isDoubt } from './denials.ts';
import { type EngineState, participantOf, programOf } from './engine-state.ts';
import { engineFacts, ownTimes, resultsOf } from './screen-taken.ts';
import { resolvePeople } from './what-changed.ts';

const REWARD_CHECKS = /* @__PURE__ */ FRAUD_CHECKS.filter((it) => it.about === 'reward');

const PROCEEDS: FraudOutcome = {
  claim: 'proceeds',
  claimReason: null,
  reward: 'proceeds',
  rewardReason: null,
  cash: true,
};

/**
 * What stands against what is paid for a claim at an instant: what was said of the claim when it came in, and the checks
 * of rewards on what the journal says now. `reward` null: before its amount is known. What is raised is kept by the
 * reward's key; a signal that stands goes on from the day on which it was raised first.
 */
export function screenReward(
  state: EngineState,
  program: Program,
  { referralId, reward, at }: { readonly referralId: string; readonly reward: Reward | null; readonly at: Instant },
): FraudOutcome {
  const signals = signalsNow(state, program, referralId, reward);
  return signals ? weighSignals(signals, at) : PROCEEDS;
}

/** All that counts against a reward until it expires; `null`: nobody knows the claim or who made it. */
function signalsNow(
  state: EngineState,
  program: Program,
  referralId: string,
  reward: Reward | null,
): readonly FraudSignal[] | null {
  const claim = state.claims.get(referralId);
  const participant = claim && participantOf(state, claim.participantId, program.id);
  if (!claim || !participant) return null;
  const of = { claimId: claim.id, participantId: participant.id, program };
  const context = fraudContext({
    ...engineFacts(state, program, participant, claim),
    ...resultsOf(state, participant.id),
    claimTimes: ownTimes(state, program, participant),
    reward,
  });
  const atClaim = signalsOfClaim(state, claim.id);
  const before = joinSignals(atClaim, (reward && state.checks.ofRewards.get(reward.key)) ?? []);
  const raised = evaluateFraud(context, REWARD_CHECKS).map((it) => sinceFirst(it, before));
  const fresh = standingSignals(state, raised, of);
  if (reward !== null && (fresh.length > 0 || state.checks.ofRewards.has(reward.key))) {
    state.checks.ofRewards.set(reward.key, fresh);
  }
  const book = state.signals.get(claim.id) ?? [];
  const said = joinSignals(lastingSignals(state, claim.id), book, denialSignals(state, claim));
  return [...standingSignals(state, said, of), ...fresh];
}

/** Of what the engine raised at a claim: what it says of rewards is said anew for each. */
function lastingSignals({ checks }: EngineState, claimId: string): readonly FraudSignal[] {
  return (checks.ofClaims.get(claimId) ?? []).filter((it) => it.failed || it.about !== 'reward');
}

/** Everything that was said of a claim and of its rewards; of one check what was said last. */
export function signalsAbout(state: EngineState, referralId: string): readonly FraudSignal[] {
  const rewards = [...state.rewards.all()].filter((it) => it.referralId === referralId);
  const ofClaim = rewards.length === 0 ? state.checks.ofClaims.get(referralId) : lastingSignals(state, referralId);
  const ofRewards = rewards.flatMap((it) => state.checks.ofRewards.get(it.key) ?? []);
  const claim = state.claims.get(referralId);
  const denied = claim ? denialSignals(state, claim) : [];
  const all = joinSignals(ofClaim ?? [], state.signals.get(referralId) ?? [], ofRewards, denied);
  const program = claim && programOf(state, claim.programId);
  return claim && program
    ? standingSignals(state, all, { claimId: referralId, participantId: claim.participantId, program })
    : all;
}

/**
 * Looks again at rewards that no person approved and that are not settled: waits and holds come and go. Those are looked at
 * of which, or of whose participant, something changed since, or one of whose signals has expired.
 */
export function screenRewardsAgain(state: EngineState): void {
  resolvePeople(state);
  const { toScreen, screenDue } = state.changed;
  const keys = new Set([...toScreen, ...screenDue.take(state.now)]);
  toScreen.clear();
  screenUnsettled(state.rewards, keys, (it) => outcomeOf(state, it), state.now);
}

/** Looks again at the rewards of one claim, and of no other: what is said of it concerns nobody else. */
export function screenRewardsOf(state: EngineState, referralId: string): void {
  const { participantId = '' } = state.claims.get(referralId) ?? {};
  const own = state.rewards.ofParticipant(participantId).filter((it) => it.referralId === referralId);
  const keys = own.map((it) => it.key);
  screenUnsettled(state.rewards, keys, (it) => outcomeOf(state, it), state.now);
}

function outcomeOf(state: EngineState, reward: RewardRecord): FraudOutcome | null {
  const program = programOf(state, reward.programId);
  if (!program || reward.approvedBy !== null || !state.claims.has(reward.referralId)) return null;
  const raised = signalsNow(state, program, reward.referralId, reward) ?? [];
  // what was approved stays until somebody rules otherwise, whatever stands against the introduction by then (rule 4)
  const signals = reward.approvedAt === null ? raised : raised.filter((it) => !isDoubt(it.check));
  for (const { expiresAt, cleared } of signals)
    if (!cleared && expiresAt > state.now) state.changed.screenDue.add(reward.key, expiresAt);
  const now = weighSignals(signals, state.now);
  // nothing that was given is ended by a check alone
  return now.reward === 'blocked' ? { ...now, reward: 'review_required' } : now;
}

function sinceFirst(signal: FraudSignal, before: readonly FraudSignal[]): FraudSignal {
  const first = before.find((it) => it.check === signal.check && it.failed === signal.failed);
  return first ? { ...signal, raisedAt: first.raisedAt, expiresAt: first.expiresAt } : signal;
}
