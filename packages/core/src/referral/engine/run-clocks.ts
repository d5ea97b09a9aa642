import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { lockDecision } from '../attribution/decision-history.ts';
import { disputeStanding } from '../attribution/dispute.ts';
import { advanceClaims, nextClockAt } from '../claims/advance-claims.ts';
import type { RewardChanges } from '../rewards/index.ts';
import { advanceRewards } from '../rewards/index.ts';
import { anyParticipant } from './any-participant.ts';
import { releaseDisputed } from './dispute-holds.ts';
import { claimsOn, type EngineState, programOf, putClaim } from './engine-state.ts';
import { reviewDenied } from './review-denied.ts';
import { screenRewardsAgain } from './screen-reward.ts';
import { nextMoveAt } from './what-changed.ts';

/** Lets the windows of the claims on one party run to an instant, program by program. */
export function runClaimClocks(state: EngineState, subjectId: Id, at: Instant): void {
  if ((state.nextClocks.get(subjectId) ?? at) > at) return;
  for (const { own, program } of byProgram(state, subjectId)) {
    advanceClaims(own, program.policy, at).forEach((it, place) => {
      if (it !== own[place]) putClaim(state, it);
    });
  }
}

/** When the clocks change something about a party next: no day before it looks at the party again. */
function noteNextClock(state: EngineState, subjectId: Id): void {
  const next = byProgram(state, subjectId).flatMap(({ own, program }) => nextClockAt(own, program.policy) ?? []);
  const at = Math.min(Number.POSITIVE_INFINITY, ...next);
  state.nextClocks.set(subjectId, at);
  state.changed.partiesDue.add(subjectId, at);
}

function byProgram(state: EngineState, subjectId: Id) {
  const claims = claimsOn(state, subjectId);
  return [...new Set(claims.map((it) => it.programId))].flatMap((programId) => {
    const program = programOf(state, programId);
    return program ? [{ program, own: claims.filter((it) => it.programId === programId) }] : [];
  });
}

/**
 * The day goes on for everybody: windows end, disputes become final, rewards move as far as the time allows. Looked at is
 * only what changed since, or what time changes by then: the rest would stay as it is.
 */
export function runAllClocks(state: EngineState, at: Instant): void {
  const { parties, partiesDue } = state.changed;
  const looked = new Set([...parties, ...partiesDue.take(at)]);
  for (const subjectId of looked) {
    runClaimClocks(state, subjectId, at);
    // one that was reopened, or moved up, is denied as before
    if (state.denials.size > 0)
      for (const it of claimsOn(state, subjectId)) reviewDenied(state, it, { at, by: 'clock' });
    noteNextClock(state, subjectId);
  }
  parties.clear();
  endDisputes(state, at);
  screenRewardsAgain(state);
  const participant = (id: Id) => anyParticipant(state, id);
  const { toAdvance, advanceDue } = state.changed;
  const among = new Set([...toAdvance, ...advanceDue.take(state.now)]);
  toAdvance.clear();
  const changes = advanceRewards(state.rewards, {
    among,
    asOf: state.now,
    program: (id) => programOf(state, id),
    participant,
  });
  for (const key of among) advanceDue.add(key, nextMoveAt(state.rewards.get(key)!, state.now));
  lockApproved(state, changes);
}

/** The first approval of a reward locks the decision that it rests on (rule 4). */
export function lockApproved(state: EngineState, { rewards }: RewardChanges): void {
  for (const { approvedAt, caseId, programId } of rewards) {
    if (approvedAt === null) continue;
    const histories = state.decisions.get(caseId);
    const history = histories?.get(programId);
    if (histories && history) histories.set(programId, lockDecision(history, state.now));
  }
}

function endDisputes(state: EngineState, at: Instant): void {
  const { disputes } = state.changed;
  for (const key of disputes) {
    const last = state.disputes.get(key)?.at(-1);
    const program = last && programOf(state, last.programId);
    if (!last || !program) continue;
    const isOver = disputeStanding(last, program.policy, at) === 'final';
    if (isOver && releaseDisputed(state, key.slice(key.indexOf(' ') + 1))) disputes.delete(key);
  }
}
