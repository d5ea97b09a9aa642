import type { EdgeAnswer } from '../../graph/open-referral-graph.ts';
import type { Id } from '../../model/ids.ts';
import { claimId } from '../claims/open-claim.ts';
import { submitClaim } from '../claims/submit-claim.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { Program } from '../entities/program.ts';
import type { ClaimSubmission, KnownAtClaim, ReferralEvent } from '../entities/referral-event.ts';
import { noteIdentities, noteSignals, standingSignals } from './check-notes.ts';
import { denialSignals } from './denials.ts';
import {
  claimsOf,
  claimsOn,
  type EngineState,
  participantOf,
  programOf,
  putClaim,
  refuseEvent,
  resolveId,
  subjectOf,
} from './engine-state.ts';
import { runClaimClocks } from './run-clocks.ts';
import { screenTaken } from './screen-taken.ts';
import { standClaim } from './stand-claim.ts';
import { codeOf, countUse } from './take-code.ts';
import { takeTouch } from './take-touch.ts';
import { notePerson } from './what-changed.ts';

/** Takes a claim, or refuses it and keeps what may be kept of it. */
export function takeClaim(state: EngineState, event: ReferralEvent, said: ClaimSubmission, known: KnownAtClaim): void {
  const claim = repoint(state, said);
  runClaimClocks(state, claim.subjectId, event.occurredAt);
  state.relations.set(claim.subjectId, known.relation);
  noteIdentities(state, claim.participantId, known.identities);
  const loopOf = loopsOnce(state, claim);
  const { book, raised, denied } = signalsOf(state, event, claim, known, loopOf);
  const signals = [...book, ...raised, ...denied];
  const result = submitClaim(claim, {
    claimedAt: event.occurredAt,
    asOf: state.now,
    actor: event.key,
    program: (id) => programFor(state, id, claim),
    participant: (id, programId) => participantOf(state, id, programId),
    claimsOn: (subjectId) => claimsOn(state, subjectId),
    claimsOf: (participantId) => claimsOf(state, participantId),
    code: (code) => codeOf(state, claim.programId, code),
    relation: () => known.relation,
    closesLoop: (referrer) => loopOf(referrer) === 'loop',
    signals,
    isErased: known.isErased,
  });
  if (result.claim !== null) {
    putClaim(state, result.claim);
    noteSignals(state.signals, result.claim.id, book);
    noteSignals(state.checks.ofClaims, result.claim.id, raised);
    if (signals.length > 0) notePerson(state, result.claim.participantId);
    // a check's refusal can be appealed: the claim is taken up again as it came in
    const isChecks = result.refused && signals.some((it) => it.action === 'block' && it.reason === result.reason);
    if (isChecks) state.checks.barred.set(result.claim.id, { event, said, known });
  }
  if (result.refused) {
    refuseEvent(state, event.key, result);
    return;
  }
  takeTouch(state, claim.touch);
  if (result.changed && claim.code !== null) countUse(state, claim.programId, claim.code);
  if (result.claim.state !== 'under_review') standClaim(state, result);
}

/** The program as it holds for a claim: a check that a person lifted is off for it. */
function programFor(
  state: EngineState,
  id: string,
  { participantId, subjectId }: ClaimSubmission,
): Program | undefined {
  const program = programOf(state, id);
  if (!program || state.checks.cleared.size === 0) return program;
  const cleared = state.checks.cleared.get(claimId(id, participantId, subjectId));
  if (!cleared) return program;
  return {
    ...program,
    checksOff: [...program.checksOff, ...[...cleared.keys()].map((check) => ({ check, participantId }))],
  };
}

/** What the book said of the claim and what the journal says now; nothing where it is refused anyway. */
function signalsOf(
  state: EngineState,
  event: ReferralEvent,
  said: ClaimSubmission,
  known: KnownAtClaim,
  loopOf: LoopOf,
): Readonly<Record<'book' | 'raised' | 'denied', readonly FraudSignal[]>> {
  const program = programFor(state, said.programId, said);
  const participant = program && participantOf(state, said.participantId, program.id);
  if (!program || !participant) return { book: [], raised: [], denied: [] };
  const of = { claimId: claimId(program.id, participant.id, said.subjectId), participantId: participant.id, program };
  const standing = known.signals.length === 0 ? [] : standingSignals(state, known.signals, of);
  const taking = { said, program, participant, claimedAt: event.occurredAt, actor: event.key, loopOf };
  const denied = standingSignals(state, denialSignals(state, said), of);
  return { book: standing, raised: screenTaken(state, taking), denied };
}

type LoopOf = (referrer: Id) => EdgeAnswer;

/** Whether an introduction of the party closes a circle: checks and guards ask for the same edges. */
function loopsOnce({ graph }: EngineState, { programId, subjectId }: ClaimSubmission): LoopOf {
  const answers = new Map<Id, EdgeAnswer>();
  return (referrer) => {
    const known = answers.get(referrer) ?? graph.check(referrer, subjectId, programId);
    answers.set(referrer, known);
    return known;
  };
}

function repoint(state: EngineState, claim: ClaimSubmission): ClaimSubmission {
  const now = (id: Id | null) => (id === null ? null : resolveId(state, id));
  const [participantId, subjectId] = [resolveId(state, claim.participantId), subjectOf(state, claim.subjectId)];
  const referrerAccountId = now(claim.referrerAccountId);
  // ids that other claims hold already are taken from them, so that each is in memory once
  const own = claimsOf(state, participantId)[0];
  return {
    ...claim,
    participantId: own?.participantId ?? participantId,
    referrerAccountId: own?.referrerAccountId === referrerAccountId ? own.referrerAccountId : referrerAccountId,
    subjectId: claimsOn(state, subjectId)[0]?.subjectId ?? subjectId,
    referredContactId: now(claim.referredContactId),
    opportunityId: now(claim.opportunityId),
  };
}
