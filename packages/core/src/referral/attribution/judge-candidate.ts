import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Money } from '../../model/money.ts';
import type { ReferralCredit } from '../../model/types.ts';
import { isCreditable, isTracked } from '../claims/clocks.ts';
import { findRelation, type Relation } from '../claims/existing-relation.ts';
import { lastStep } from '../claims/last-step.ts';
import { provenAt } from '../claims/open-claim.ts';
import { statusAt } from '../claims/participant-status.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import { EVIDENCE_CLASSES, type EvidenceClass } from '../entities/evidence-class.ts';
import type { Participant } from '../entities/participant.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { Touch } from '../entities/touch.ts';

/** The sale that is decided on. `subjectIds`: its account and contacts, whichever claims may be on. */
export interface WonOpportunity {
  readonly id: Id;
  readonly subjectIds: readonly Id[];
  readonly openedAt: Instant;
  /** The conversion. */
  readonly wonAt: Instant;
  readonly amount: Money | null;
}

/** What a candidate is judged by. */
export interface Judging {
  readonly policy: AttributionPolicy;
  readonly participant: (id: Id, programId: string) => Participant | undefined;
  readonly touches: readonly Touch[];
  readonly relation: Relation;
}

/** A claim weighed for one sale: the most that it can be credited, and on what. */
export interface Candidate {
  readonly claim: ReferralClaim;
  /** The strongest class among its signs inside the tracking window, and the earliest day of that class. */
  readonly evidence: EvidenceClass;
  readonly introducedAt: Instant;
  readonly firstTouchAt: Instant;
  readonly lastTouchAt: Instant;
  readonly mostly: ReferralCredit;
  /**
   * Waits behind a protected claim, or has nothing newer than what led to a sale that was lost: it counts only where nobody
   * before it does (rules 1 and 3).
   */
  readonly waits: boolean;
  readonly reason: ReasonCode;
}

type Sign = Pick<Touch, 'evidence'> & { readonly at: Instant };

/** Judges one claim for a sale: whether it is eligible at all, and whether as `sourced` or as `influenced` at most. */
export function judgeCandidate(claim: ReferralClaim, sale: WonOpportunity, judging: Judging): Candidate {
  const own: Sign = { evidence: claim.evidence, at: claim.introducedAt };
  const signs = [own, ...signsOf(claim, sale, judging.touches)].filter(({ at }) => at <= sale.wonAt);
  const inTime = signs.filter(({ at }) => isTracked(at, sale.openedAt, judging.policy));
  const goesOn = inTime.length === 0 && isReopenedBy(claim, sale);
  const tracked = goesOn ? signs : inTime;
  const best = strongest(tracked.length > 0 ? tracked : [own]);
  const times = tracked.length > 0 ? tracked.map((it) => it.at) : [own.at];
  const excluded = exclude(claim, sale, judging, signs.length > 0, tracked.length > 0);
  const limited = excluded ? null : limit(claim, best.at, sale, judging);
  return {
    claim,
    evidence: best.evidence,
    introducedAt: best.at,
    firstTouchAt: times.reduce((a, b) => Math.min(a, b)),
    lastTouchAt: times.reduce((a, b) => Math.max(a, b)),
    mostly: excluded ? 'none' : limited ? 'influenced' : 'sourced',
    waits: goesOn || claim.state === 'queued',
    reason: excluded ?? limited ?? 'best_evidence',
  };
}

/** A sale that follows a lost one goes on from the same introduction: the credit window alone ends it (rule 3). */
function isReopenedBy({ history }: ReferralClaim, { openedAt }: WonOpportunity): boolean {
  return history.some(({ to, at }) => to === 'reopened' && at === openedAt);
}

function signsOf(claim: ReferralClaim, sale: WonOpportunity, touches: readonly Touch[]): readonly Sign[] {
  return touches
    .filter((it) => it.participantId === claim.participantId && sale.subjectIds.includes(it.subjectId))
    .map((it) => ({ evidence: it.evidence, at: provenAt(it) }));
}

function strongest(signs: readonly Sign[]): Sign {
  const rank = (it: Sign) => EVIDENCE_CLASSES.indexOf(it.evidence);
  return signs.reduce((a, b) => (rank(b) < rank(a) || (rank(b) === rank(a) && b.at < a.at) ? b : a));
}

/** Why a claim cannot be credited at all; `null`: it can. */
function exclude(
  claim: ReferralClaim,
  sale: WonOpportunity,
  { policy, participant }: Judging,
  isBefore: boolean,
  isInTracking: boolean,
): ReasonCode | null {
  const ended = endedBy(claim);
  if (ended) return ended;
  const person = participant(claim.participantId, claim.programId);
  if (person === undefined) return 'unknown_participant';
  const own = [person.id, person.accountId, claim.referrerAccountId];
  if (own.some((it) => it !== null && sale.subjectIds.includes(it))) return 'self_referral';
  // an introduction after the sale is one to a customer
  if (!isBefore) return 'existing_relation';
  if (!isInTracking) return 'tracking_window_passed';
  if (!isCreditable(claim, sale.wonAt)) return 'credit_window_passed';
  const status = statusAt(person, sale.wonAt);
  if (status === 'active') return null;
  const hasLeft = status === 'left' || status === 'suspended';
  if (hasLeft && policy.afterLeaving === 'keeps') return null;
  return hasLeft ? 'left_before_conversion' : 'participant_not_active';
}

/** A claim that the clocks ended is judged by the clocks themselves, so that the day of the run does not matter. */
function endedBy(claim: ReferralClaim): ReasonCode | null {
  const { state, history } = claim;
  const reason = lastStep(claim)?.reason ?? 'lapsed';
  if (state === 'duplicate') return 'earlier_claim_protected';
  if (state === 'under_review' || state === 'submitted')
    return history.findLast((it) => it.event === 'review')?.reason ?? 'fraud_check';
  if (state === 'expired') return reason === 'lapsed' ? 'lapsed' : null;
  const isOver = state === 'rejected' || state === 'withdrawn' || state === 'disqualified' || state === 'reversed';
  return isOver ? (reason === 'progressed' ? 'withdrawn' : reason) : null;
}

function limit(
  claim: ReferralClaim,
  introducedAt: Instant,
  sale: WonOpportunity,
  { relation, policy }: Judging,
): ReasonCode | null {
  if (sale.openedAt < introducedAt) return 'open_opportunity';
  const submitted = claim.history.findLastIndex((it) => it.to === 'submitted');
  const noted = claim.history.slice(submitted + 1).findLast((it) => it.event === 'note_influence');
  return noted?.reason ?? findRelation(introducedAt, claim.claimedAt, relation, policy);
}
