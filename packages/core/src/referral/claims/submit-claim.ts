import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { Participant } from '../entities/participant.ts';
import type { Program } from '../entities/program.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ClaimSubmission } from '../entities/referral-event.ts';
import { checkCode } from './check-code.ts';
import type { RefusedClaim, TakenClaim } from './claim-outcome.ts';
import type { Relation } from './existing-relation.ts';
import { guardClaim } from './guard-claim.ts';
import { recordStep } from './move-claim.ts';
import { openClaim } from './open-claim.ts';
import { placeClaim } from './place-claim.ts';
import type { ReferralCode } from './referral-code.ts';
import { hasNewEvidence, strengthenClaim } from './renew-claim.ts';
import { settleClaim } from './settle-claim.ts';

/** What is known when a claim comes in; everything is looked up by the caller, nothing is changed. */
export interface ClaimContext {
  /** When it was submitted, and the instant of the run: a claim from later than that is refused. */
  readonly claimedAt: Instant;
  readonly asOf: Instant;
  /** Who or what submits it; an id, never a name. */
  readonly actor: string;
  readonly program: (id: string) => Program | undefined;
  readonly participant: (id: Id, programId: string) => Participant | undefined;
  /** All claims on the party, of every participant and program; and the participant's, of which those without progress suffice. */
  readonly claimsOn: (subjectId: Id) => readonly ReferralClaim[];
  readonly claimsOf: (participantId: Id) => Iterable<ReferralClaim>;
  readonly code: (code: string) => ReferralCode | undefined;
  readonly relation: (subjectId: Id) => Relation;
  readonly closesLoop: (referrerId: Id, subjectId: Id) => boolean;
  readonly signals: readonly FraudSignal[];
  /** Whether the party was erased at its request: nothing may be stored of it. */
  readonly isErased: boolean;
}

/**
 * Takes a claim or refuses it with one reason. Refused without a record: what cannot be read (unknown program or
 * participant, a wrong code, a clock that runs backwards) or may not be kept (no basis, an erased party). Refused with a
 * record `rejected` or `duplicate`: what the guards or a protected rival stop. The same claim again changes nothing;
 * stronger evidence for it makes it stronger.
 */
export function submitClaim(submission: ClaimSubmission, context: ClaimContext): TakenClaim | RefusedClaim {
  const read = readSubmission(submission, context);
  if ('refused' in read) return { ...read, claim: null, rivalId: null };
  const { program, participant } = read;
  const others = context.claimsOn(submission.subjectId);
  const fresh = openClaim(submission, program, context.claimedAt, context.actor);
  const known = others.find((it) => it.id === fresh.id);
  const again = known && answerAgain(known, fresh, others, program, context);
  if (again) return again;
  const claim = known ? reopen(known, fresh, program) : fresh;
  const { claimedAt, closesLoop, signals } = context;
  const ownClaims = context.claimsOf(participant.id);
  const refusal = guardClaim({ submission, program, participant, claimedAt, ownClaims, closesLoop, signals });
  if (refusal) {
    const step = { event: 'reject', at: claimedAt, actor: context.actor, reason: refusal.reason };
    return { ...refusal, claim: recordStep(claim, 'rejected', step, program.policy.version), rivalId: null };
  }
  const relation = context.relation(submission.subjectId);
  return settleClaim(claim, others, { at: claimedAt, actor: context.actor, policy: program.policy, relation, signals });
}

function readSubmission(
  submission: ClaimSubmission,
  context: ClaimContext,
): { readonly program: Program; readonly participant: Participant } | Refusal {
  const program = context.program(submission.programId);
  if (program === undefined) return refuse('unknown_program');
  const participant = context.participant(submission.participantId, program.id);
  if (participant === undefined) return refuse('unknown_participant');
  const { touch, introducedAt, code, consent } = submission;
  if (context.claimedAt > context.asOf) return refuse('future_event');
  if (introducedAt > context.claimedAt || touch.occurredAt > touch.recordedAt) return refuse('clock_backwards');
  if (code !== null) {
    const checked = checkCode(code, program.id, context.code, context.claimedAt);
    if ('refused' in checked) return checked;
    if (checked.participantId !== participant.id) return refuse('code_not_valid', "The code is another participant's.");
  }
  if (consent === 'none') return refuse('no_consent');
  return context.isErased ? refuse('ineligible') : { program, participant };
}

/** The answer to a claim that is on record already; `undefined` where it is to be looked at afresh. */
function answerAgain(
  known: ReferralClaim,
  fresh: ReferralClaim,
  others: readonly ReferralClaim[],
  program: Program,
  context: ClaimContext,
): TakenClaim | RefusedClaim | undefined {
  const { claimedAt, actor } = context;
  const { state } = known;
  if (state === 'duplicate' || state === 'rejected') return undefined;
  if (state === 'expired')
    return hasNewEvidence(known, fresh) ? undefined : { ...refuse('no_new_evidence'), claim: known, rivalId: null };
  if (state === 'withdrawn' || state === 'disqualified' || state === 'reversed')
    return {
      ...refuse('illegal_transition', `The claim was ${state}; it is not taken up again.`),
      claim: known,
      rivalId: null,
    };
  const claim = strengthenClaim(known, fresh, others, program.policy, { at: claimedAt, actor });
  const rival =
    claim.state === 'contested' && state !== 'contested' ? contestedRival(claim, others, program, context) : null;
  return { refused: false, claim, changed: claim !== known, rival, limit: null };
}

/** The claim that better evidence contests now, with that in its history. */
function contestedRival(
  claim: ReferralClaim,
  others: readonly ReferralClaim[],
  program: Program,
  { claimedAt: at, actor }: ClaimContext,
): ReferralClaim | null {
  const { rival } = placeClaim(claim, others, at);
  const step = { event: 'contest', at, actor, reason: 'contested' } as const;
  return rival && recordStep(rival, rival.state, step, program.policy.version);
}

/** A record that came to nothing, taken up again: the past stays in its history. */
function reopen(known: ReferralClaim, fresh: ReferralClaim, program: Program): ReferralClaim {
  const first = fresh.history[0];
  if (first === undefined) return fresh;
  const step = { event: 'resubmit', at: first.at, actor: first.actor, reason: 'accepted' } as const;
  const { history } = recordStep(known, 'submitted', step, program.policy.version);
  return { ...fresh, history };
}
