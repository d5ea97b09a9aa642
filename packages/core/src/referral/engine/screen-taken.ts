import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { lastStep } from '../claims/last-step.ts';
import { openClaim } from '../claims/open-claim.ts';
import { hasNewEvidence } from '../claims/renew-claim.ts';
import { isUnprogressed } from '../claims/transitions.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { Participant } from '../entities/participant.ts';
import type { Program } from '../entities/program.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ClaimSubmission } from '../entities/referral-event.ts';
import { evaluateFraud } from '../fraud/evaluate-fraud.ts';
import { FRAUD_CHECKS } from '../fraud/fraud-checks.ts';
import { type FraudContext, fraudContext } from '../fraud/fraud-context.ts';
import { identityKeys, UNKNOWN_PARTY } from '../fraud/identity/identity-keys.ts';
import { anyParticipant } from './any-participant.ts';
import { claimsOf, type EngineState } from './engine-state.ts';

/** Checks whose facts are in the journal: the engine asks them itself, in the order in which things happened. */
const AT_CLAIM = [
  'owner_or_employee',
  'loop',
  'velocity',
  'duplicate_participant',
  'refund_rate',
  'claim_squatting',
] as const;
const CHECKS_AT_CLAIM = /* @__PURE__ */ FRAUD_CHECKS.filter((it) => (AT_CLAIM as readonly string[]).includes(it.id));

/** A claim that is about to be taken. */
interface Taking {
  readonly said: ClaimSubmission;
  readonly program: Program;
  readonly participant: Participant;
  readonly claimedAt: Instant;
  readonly actor: string;
  /** Whether an introduction of the party closes a circle in the program, or over several. */
  readonly loopOf: (referrer: Id) => 'accepted' | 'loop' | 'review';
}

/** What the journal says against a claim at the moment at which it is taken. */
export function screenTaken(state: EngineState, taking: Taking): readonly FraudSignal[] {
  const { said, program, participant, claimedAt, actor, loopOf } = taking;
  const claim = openClaim(said, program, claimedAt, actor);
  const others = ownClaims(state, program, participant).filter((it) => it.id !== claim.id);
  const context = fraudContext({
    ...engineFacts(state, program, participant, claim),
    ...(others.some((it) => it.credit !== null) && resultsOf(state, participant.id)),
    claimTimes: timesOf([...others, claim]),
    openClaims: holdsPlace(state, claim.id)
      ? 0
      : others.reduce((open, it) => (isUnprogressed(it.state) ? open + 1 : open), 0),
    lapsed: lapsedBefore(state, claim),
    closesLoop: (referrer) => loopOf(referrer) === 'loop',
    closesLoopAcross: (referrer) => loopOf(referrer) === 'review',
  });
  return evaluateFraud(context, CHECKS_AT_CLAIM);
}

/** A participant's claims in a program. */
function ownClaims(state: EngineState, program: Program, participant: Participant): readonly ReferralClaim[] {
  return claimsOf(state, participant.id).filter((it) => it.programId === program.id);
}

/** When a participant's claims in a program were made, ascending. */
export function ownTimes(state: EngineState, program: Program, participant: Participant): readonly Instant[] {
  const { times } = state.changed;
  const key = `${program.id} ${participant.id}`;
  const known = times.get(key) ?? timesOf(ownClaims(state, program, participant));
  times.set(key, known);
  return known;
}

function timesOf(claims: readonly ReferralClaim[]): readonly Instant[] {
  return claims.map((it) => it.claimedAt).sort((a, b) => a - b);
}

const NOBODY = /* @__PURE__ */ identityKeys(UNKNOWN_PARTY);

/** A claim that is on record and stands takes no other place when it is said again, with new evidence for instance. */
function holdsPlace({ claims }: EngineState, id: string): boolean {
  const known = claims.get(id);
  return known !== undefined && !NO_PLACE.includes(known.state);
}

const NO_PLACE: readonly ReferralClaim['state'][] = ['duplicate', 'rejected', 'expired'];

/** What the engine knows of any claim: digests and counts only, no name and no address. */
export function engineFacts(
  state: EngineState,
  program: Program,
  participant: Participant,
  claim: ReferralClaim,
): Parameters<typeof fraudContext>[0] {
  const { identities, holders } = state.checks;
  const { byAccount } = state.changed;
  const { accountId } = participant;
  if (accountId !== null) byAccount.set(accountId, (byAccount.get(accountId) ?? new Set()).add(participant.id));
  return {
    ...{ asOf: state.now, program, participant, claim, digest: () => '' },
    referrer: { ...NOBODY, contactIds: [participant.id] },
    referred: NOBODY,
    identities: [...(identities.get(participant.id) ?? []), ...(identities.get(participant.accountId ?? '') ?? [])],
    holdersOf: (hash) =>
      [...(holders.get(hash) ?? [])].sort().map((id) => {
        // who is paid may be an account, which is its own
        return { participantId: id, accountId: anyParticipant(state, id)?.accountId ?? id };
      }),
  };
}

/** Sales that were credited to a participant in any program: how many, how many of them came back, how many parties stay. */
export function resultsOf(state: EngineState, participantId: Id): Results {
  const { results } = state.changed;
  const known = results.get(participantId) ?? countResults(state, participantId);
  results.set(participantId, known);
  return known;
}

type Results = Pick<FraudContext, 'results' | 'activeCustomers'>;

function countResults(state: EngineState, participantId: Id): Results {
  const credited = claimsOf(state, participantId).filter(({ credit }) => credit !== null && credit !== 'none');
  if (credited.length === 0) return { results: { won: 0, refunded: 0 }, activeCustomers: 0 };
  const won = new Set<Id>();
  const refunded = new Set<Id>();
  const active = new Set<Id>();
  for (const { id, programId, subjectId } of credited) {
    for (const saleId of state.salesOn.get(subjectId) ?? []) {
      const decided = state.decisions.get(saleId)?.get(programId)?.at(-1);
      const sale = state.sales.get(saleId);
      if (!sale || !decided?.candidates.some((it) => it.referralId === id && it.share > 0)) continue;
      won.add(saleId);
      if (sale.won !== null) active.add(subjectId);
      if (sale.won === null || sale.events.some((it) => it.type === 'refunded')) refunded.add(saleId);
    }
  }
  return { results: { won: won.size, refunded: refunded.size }, activeCustomers: active.size };
}

/** The participant's claim on the same party that lapsed, unless this one comes with something new. */
function lapsedBefore({ claims }: EngineState, fresh: ReferralClaim): FraudContext['lapsed'] {
  const known = claims.get(fresh.id);
  if (known?.state !== 'expired' || hasNewEvidence(known, fresh)) return null;
  const lapsedAt = lastStep(known)?.at ?? known.claimedAt;
  return { referralId: known.id, lapsedAt, newestEvidenceAt: Math.min(fresh.introducedAt, lapsedAt) };
}
