import type { Instant } from '../../model/dates.ts';
import type { ReferralState } from '../../model/types.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import { type ReasonCode, type Refusal, refuse } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { isCreditable, isTracked, isWithin } from './clocks.ts';
import { lastStep } from './last-step.ts';
import { type ClaimEvent, isRunning, TRANSITIONS } from './transitions.ts';

/** One step: what happened, when, who or what reports it, and why where it is not the plain next step. */
export interface ClaimStep {
  readonly event: ClaimEvent;
  readonly at: Instant;
  readonly actor: string;
  readonly reason?: ReasonCode;
}

/** A step that was refused; `claim` is the record as it was and stays. */
export interface RefusedStep extends Refusal {
  readonly claim: ReferralClaim;
}

const REPORTED: readonly string[] = ['contacted', 'qualified', 'opportunity_opened', 'won', 'lost', 'retained'];
const ENDED: readonly ReferralState[] = ['expired', 'withdrawn', 'disqualified', 'reversed', 'rejected', 'duplicate'];

/**
 * Moves a claim by the published table, or refuses and keeps it. A step that leaves the state as it is changes nothing.
 * Refused: what the table does not hold; a step before the one that it follows (what the CRM reports counts from the
 * introduction, what people do from the claim); an opportunity after the tracking window, a sale after the credit
 * window, `retained` before its day. An opportunity from before the introduction makes the claim `influenced` (rule 2).
 */
export function moveClaim(
  claim: ReferralClaim,
  step: ClaimStep,
  policy: AttributionPolicy,
): ReferralClaim | RefusedStep {
  const event = isOlderOpportunity(claim, step) ? 'note_influence' : step.event;
  const to = TRANSITIONS[claim.state][event];
  if (to === undefined) {
    const detail = `A claim that is ${claim.state} does not take the step "${event}".`;
    return { ...refuse('illegal_transition', detail), claim };
  }
  if (to === claim.state) return claim;
  const refusal = checkClocks(claim, { ...step, event }, policy);
  if (refusal) return { ...refusal, claim };
  const reason = step.reason ?? (event === 'note_influence' ? 'open_opportunity' : 'progressed');
  return recordStep(claim, to, { ...step, event, reason }, policy.version);
}

/** Whether `moveClaim` refused. */
export function isRefused(outcome: ReferralClaim | RefusedStep): outcome is RefusedStep {
  return 'refused' in outcome;
}

/** Writes a step into the history; whoever ends or is noted as influence protects no longer. */
export function recordStep(
  claim: ReferralClaim,
  to: ReferralState,
  step: { readonly event: string; readonly at: Instant; readonly actor: string; readonly reason: ReasonCode },
  policyVersion: string,
): ReferralClaim {
  const { event, at, actor, reason } = step;
  const keeps = !ENDED.includes(to) && to !== 'influenced';
  return {
    ...claim,
    state: to,
    protectedUntil: keeps ? claim.protectedUntil : null,
    // concat keeps a list as long as it is: a spread leaves room for sixteen more steps
    history: claim.history.concat({ from: claim.state, to, event, at, actor, reason, policyVersion }),
  };
}

function isOlderOpportunity(claim: ReferralClaim, { event, at }: ClaimStep): boolean {
  const mayTurn = TRANSITIONS[claim.state].note_influence !== undefined && isRunning(claim.state);
  return event === 'opportunity_opened' && at < claim.introducedAt && mayTurn;
}

function checkClocks(claim: ReferralClaim, { event, at }: ClaimStep, policy: AttributionPolicy): Refusal | null {
  if (event === 'note_influence') return null;
  const last = lastStep(claim);
  if (claim.state === 'expired' && last?.reason === 'lapsed' && at >= last.at) return refuse('lapsed');
  const follows = lastStepAt(claim, REPORTED.includes(event));
  if (at < follows) return refuse('clock_backwards');
  if (event === 'opportunity_opened' && claim.state !== 'lost' && !isTracked(claim.introducedAt, at, policy))
    return refuse('tracking_window_passed');
  const counts = event === 'won' || event === 'opportunity_opened';
  if (counts && !isCreditable(claim, at)) return refuse('credit_window_passed');
  const tooEarly = event === 'retained' && isWithin(at, wonAt(claim), policy.retainedDays);
  return tooEarly ? refuse('illegal_transition', `Retained is said ${policy.retainedDays} days after the sale.`) : null;
}

/** What a step may not lie before: the last one that the CRM reported, and the introduction or the claim. */
function lastStepAt(claim: ReferralClaim, reported: boolean): Instant {
  const steps = claim.history.filter((it) => REPORTED.includes(it.event)).map((it) => it.at);
  return Math.max(reported ? claim.introducedAt : claim.claimedAt, ...steps);
}

function wonAt(claim: ReferralClaim): Instant {
  return claim.history.findLast((it) => it.to === 'won')?.at ?? claim.introducedAt;
}
