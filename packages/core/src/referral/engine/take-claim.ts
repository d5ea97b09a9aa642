import type { Id } from '../../model/ids.ts';
import { submitClaim } from '../claims/submit-claim.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ClaimSubmission, KnownAtClaim, ReferralEvent } from '../entities/referral-event.ts';
import {
  claimsOf,
  claimsOn,
  type EngineState,
  participantOf,
  programOf,
  putClaim,
  refuseEvent,
  resolveId,
} from './engine-state.ts';
import { runClaimClocks } from './run-clocks.ts';
import { standClaim } from './stand-claim.ts';
import { codeOf, countUse } from './take-code.ts';
import { takeTouch } from './take-touch.ts';

/** Takes a claim, or refuses it and keeps what may be kept of it. */
export function takeClaim(state: EngineState, event: ReferralEvent, said: ClaimSubmission, known: KnownAtClaim): void {
  const claim = repoint(state, said);
  runClaimClocks(state, claim.subjectId, event.occurredAt);
  state.relations.set(claim.subjectId, known.relation);
  const result = submitClaim(claim, {
    claimedAt: event.occurredAt,
    asOf: state.now,
    actor: event.key,
    program: (id) => programOf(state, id),
    participant: (id, programId) => participantOf(state, id, programId),
    claimsOn: (subjectId) => claimsOn(state, subjectId),
    claimsOf: (participantId) => claimsOf(state, participantId),
    code: (code) => codeOf(state, claim.programId, code),
    relation: () => known.relation,
    closesLoop: (referrer, subject) => state.graph.check(referrer, subject, claim.programId) === 'loop',
    signals: known.signals,
    isErased: known.isErased,
  });
  if (result.claim !== null) keep(state, result.claim, known);
  if (result.refused) {
    refuseEvent(state, event.key, result);
    return;
  }
  takeTouch(state, claim.touch);
  if (result.changed && claim.code !== null) countUse(state, claim.programId, claim.code);
  if (result.claim.state !== 'under_review') standClaim(state, result);
}

function keep(state: EngineState, claim: ReferralClaim, { signals }: KnownAtClaim): void {
  putClaim(state, claim);
  if (signals.length > 0) state.signals.set(claim.id, signals);
}

function repoint(state: EngineState, claim: ClaimSubmission): ClaimSubmission {
  const now = (id: Id | null) => (id === null ? null : resolveId(state, id));
  return {
    ...claim,
    participantId: resolveId(state, claim.participantId),
    referrerAccountId: now(claim.referrerAccountId),
    subjectId: resolveId(state, claim.subjectId),
    referredContactId: now(claim.referredContactId),
    opportunityId: now(claim.opportunityId),
  };
}
