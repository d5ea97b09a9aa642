import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { lockDecision } from '../attribution/decision-history.ts';
import { disputeStanding } from '../attribution/dispute.ts';
import { advanceClaims, nextClockAt } from '../claims/advance-claims.ts';
import type { RewardChanges } from '../rewards/index.ts';
import { advanceRewards, releaseCase } from '../rewards/index.ts';
import { anyParticipant } from './any-participant.ts';
import { claimsOn, type EngineState, programOf, putClaim } from './engine-state.ts';
import { screenRewardsAgain } from './screen-reward.ts';

/** Lets the windows of the claims on one party run to an instant, program by program. */
export function runClaimClocks(state: EngineState, subjectId: Id, at: Instant): void {
  const known = state.nextClocks.get(subjectId);
  if (known !== undefined && known > at) return;
  const programIds = new Set(claimsOn(state, subjectId).map((it) => it.programId));
  let nextAt = Number.POSITIVE_INFINITY;
  for (const programId of programIds) {
    const program = programOf(state, programId);
    if (!program) continue;
    const own = claimsOn(state, subjectId).filter((it) => it.programId === programId);
    const now = advanceClaims(own, program.policy, at);
    now.forEach((it, place) => {
      if (it !== own[place]) putClaim(state, it);
    });
    nextAt = Math.min(nextAt, nextClockAt(now, program.policy) ?? nextAt);
  }
  if (programIds.size > 0) state.nextClocks.set(subjectId, nextAt);
}

/** The day goes on for everybody: windows end, disputes become final, rewards move as far as the time allows. */
export function runAllClocks(state: EngineState, at: Instant): void {
  for (const subjectId of state.bySubject.keys()) runClaimClocks(state, subjectId, at);
  endDisputes(state, at);
  screenRewardsAgain(state);
  const participant = (id: Id) => anyParticipant(state, id);
  const changes = advanceRewards(state.rewards, {
    asOf: state.now,
    program: (id) => programOf(state, id),
    participant,
  });
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
  for (const [key, disputes] of state.disputes) {
    const last = disputes.at(-1);
    const program = last && programOf(state, last.programId);
    if (!last || !program) continue;
    const isOver = disputeStanding(last, program.policy, at) === 'final';
    if (isOver) releaseCase(state.rewards, key.slice(key.indexOf(' ') + 1), state.now);
  }
}
