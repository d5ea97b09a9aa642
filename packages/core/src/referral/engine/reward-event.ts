import type { Id } from '../../model/ids.ts';
import type { ReferralState } from '../../model/types.ts';
import type { AttributionDecision } from '../entities/attribution-decision.ts';
import type { Program } from '../entities/program.ts';
import type { QualifyingEvent } from '../entities/qualifying-event.ts';
import type { Reward } from '../entities/reward.ts';
import type { RewardInput, RewardOptions } from '../rewards/index.ts';
import { applyBatch, redecide } from '../rewards/index.ts';
import { anyParticipant } from './any-participant.ts';
import { clauseRuleOf } from './clause-rewards.ts';
import { holdDisputed } from './dispute-holds.ts';
import { claimsOn, type EngineState, programOf, ratesOf, refuseEvent } from './engine-state.ts';
import { screenReward } from './screen-reward.ts';

/** Gives the rewards of an event by the decisions on its sale, or takes them back where it is a refund. */
export function rewardEvent(state: EngineState, event: QualifyingEvent): void {
  const { refused } = applyBatch(state.rewards, inputsOf(state, event), optionsOf(state));
  for (const it of refused) refuseEvent(state, it.key, it);
  if (event.opportunityId !== null) holdDisputed(state, event.opportunityId);
}

/** Carries a later decision on a sale to its rewards. */
export function rewardAgain(state: EngineState, saleId: Id): void {
  const events = state.sales.get(saleId)?.events ?? [];
  const inputs = events
    .filter((it) => it.type !== 'refunded' && it.type !== 'cancelled')
    .flatMap((it) => inputsOf(state, it));
  for (const it of redecide(state.rewards, inputs, optionsOf(state)).refused) refuseEvent(state, it.key, it);
  holdDisputed(state, saleId);
}

function optionsOf(state: EngineState): RewardOptions {
  return { asOf: state.now, rates: ratesOf(state), participant: (id) => anyParticipant(state, id) };
}

function inputsOf(state: EngineState, event: QualifyingEvent): readonly RewardInput[] {
  const histories = event.opportunityId === null ? undefined : state.decisions.get(event.opportunityId);
  const programs = new Set([
    ...(histories?.keys() ?? []),
    ...claimsOn(state, event.subjectId).map((it) => it.programId),
  ]);
  const meant = [...programs].filter((id) => event.programId === undefined || event.programId === id);
  return meant.sort().flatMap((id) => {
    const program = programOf(state, id);
    return program ? [inputOf(state, event, program, histories?.get(id)?.at(-1) ?? null)] : [];
  });
}

/** Whose claims on a party were ended: they get nothing more for it, whatever a locked decision says. */
export function endedParticipants(state: EngineState, subjectId: Id, programId: string): readonly Id[] {
  return claimsOn(state, subjectId)
    .filter((it) => it.programId === programId && ENDED.includes(it.state))
    .map((it) => it.participantId);
}
const ENDED: readonly ReferralState[] = ['withdrawn', 'disqualified', 'reversed'];

/** Before a sale is decided there is nobody to credit; each credited claim is looked at for itself. */
function inputOf(
  state: EngineState,
  event: QualifyingEvent,
  program: Program,
  decision: AttributionDecision | null,
): RewardInput {
  const ended = endedParticipants(state, event.subjectId, program.id);
  const screen = (referralId: string, reward: Reward | null) =>
    screenReward(state, program, { referralId, reward, at: event.occurredAt });
  const recognised = event.ownerId === undefined ? {} : { accountManagerId: event.ownerId };
  const ruleOf = (referralId: string) => clauseRuleOf(state, referralId, event.occurredAt);
  return { event, decision, program, ended, screen, ...recognised, ...(state.clauses !== null && { ruleOf }) };
}
