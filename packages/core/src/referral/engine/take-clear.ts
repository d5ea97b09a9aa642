import type { Instant } from '../../model/dates.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import type { PersonsAct } from '../entities/referral-event.ts';
import { type BarredClaim, noteCleared } from './check-notes.ts';
import { isDoubt } from './denials.ts';
import type { EngineState } from './engine-state.ts';
import { freeRewards } from './free-rewards.ts';
import { restoreClaim } from './restore-claim.ts';
import { runClaimClocks } from './run-clocks.ts';
import { screenRewardsAgain, signalsAbout } from './screen-reward.ts';
import { takeClaim } from './take-claim.ts';
import { endDenial } from './take-denial.ts';

type Clearing = Extract<PersonsAct, { readonly act: 'clear' }>;

/**
 * A person lifts what a check says of a claim: it stops and holds nothing from then on, for this claim alone. A claim that
 * the check had refused is taken up again as it came in, one under review can be confirmed, rewards that it held go on.
 * `disqualified` takes back that a person disqualified the claim; with `denied` or `evidence_gone` it stands again.
 */
export function takeClear(
  state: EngineState,
  { referralId, check, why }: Clearing,
  { at, by }: { readonly at: Instant; readonly by: string },
): Refusal | null {
  const claim = state.claims.get(referralId);
  if (!claim) return refuse('illegal_transition', `There is no claim ${referralId}.`);
  if (why.trim() === '') return refuse('why_missing');
  if (check === 'disqualified') return restoreClaim(state, claim, { at, by });
  const raised = signalsAbout(state, referralId).filter((it) => it.check === check && !it.cleared);
  if (raised.length === 0)
    return refuse('illegal_transition', `No check "${check}" stands against ${referralId}. See what explain lists.`);
  if (raised.some((it) => it.reason === 'needs_approval'))
    return refuse('illegal_transition', 'An amount is approved by a person: approve the reward instead.');
  noteCleared(state, referralId, check, { by, at, why });
  const barred = state.checks.barred.get(referralId);
  if (claim.state === 'rejected' && barred) takeUp(state, referralId, barred, at);
  else if (isDoubt(check)) endDenial(state, claim, { at, by });
  else {
    freeRewards(state, referralId, by);
    screenRewardsAgain(state);
  }
  return null;
}

/** In its old place: who was refused wrongly does not come later for it. What else stands against it refuses it again. */
function takeUp(state: EngineState, referralId: string, { event, said, known }: BarredClaim, at: Instant): void {
  state.checks.barred.delete(referralId);
  takeClaim(state, event, said, known);
  const claim = state.claims.get(referralId);
  if (claim) runClaimClocks(state, claim.subjectId, at);
}
