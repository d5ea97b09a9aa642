import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { mayBackDate } from '../entities/evidence-class.ts';
import type { Program } from '../entities/program.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ClaimSubmission } from '../entities/referral-event.ts';
import type { Touch } from '../entities/touch.ts';
import { endOf } from './clocks.ts';

/** The id of a claim: program, who refers, who was referred. The same claim has the same id in every run. */
export function claimId(programId: string, participantId: Id, subjectId: Id): string {
  return `${programId}/${participantId}>${subjectId}`;
}

/** The day that evidence proves: the CRM's own records may lie before the claim, what is only said may not (rule 2). */
export function provenAt(touch: Touch): Instant {
  return mayBackDate(touch.evidence) ? touch.occurredAt : Math.max(touch.occurredAt, touch.recordedAt);
}

/** A new claim in the state `submitted`; protection comes when it is accepted, the credit window runs from the claim. */
export function openClaim(
  submission: ClaimSubmission,
  { policy }: Program,
  claimedAt: Instant,
  actor: string,
): ReferralClaim {
  const { programId, participantId, referrerAccountId, subjectId, referredContactId, opportunityId } = submission;
  const introducedAt = Math.min(claimedAt, Math.max(submission.introducedAt, provenAt(submission.touch)));
  const policyVersion = policy.version;
  const at = claimedAt;
  return {
    id: claimId(programId, participantId, subjectId),
    programId,
    policyVersion,
    participantId,
    referrerAccountId,
    subjectId,
    referredContactId,
    evidence: submission.touch.evidence,
    introducedAt,
    claimedAt,
    protectedUntil: null,
    expiresAt: endOf(claimedAt, policy.creditDays),
    consent: submission.consent,
    state: 'submitted',
    credit: null,
    opportunityId,
    ...(submission.leavesPast && { leavesPast: true }),
    history: [{ from: null, to: 'submitted', event: 'submit', at, actor, reason: 'accepted', policyVersion }],
  };
}
