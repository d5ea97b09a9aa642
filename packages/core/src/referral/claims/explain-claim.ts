import { type CalendarDay, formatInstant, type Instant } from '../../model/dates.ts';
import type { AttributionDecision } from '../entities/attribution-decision.ts';
import { REASONS, type ReasonCode } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { lastStep } from './last-step.ts';

/** One line of a claim's life, for staff. */
export interface TimelineEntry {
  readonly at: Instant;
  readonly what: string;
  readonly reason: ReasonCode;
  /** The reason in a sentence, with the next step. */
  readonly text: string;
  readonly actor: string;
  readonly policyVersion: string;
}

/**
 * A claim's timeline for staff: the introduction, each step with who and why, when it went over to an account, and each
 * version of the decisions that weighed it; oldest first, at one instant steps before decisions.
 */
export function explainClaim(
  claim: ReferralClaim,
  decisions: readonly AttributionDecision[] = [],
): readonly TimelineEntry[] {
  const { policyVersion } = claim;
  const introduced: TimelineEntry = {
    at: claim.introducedAt,
    what: `introduced (${claim.evidence})`,
    reason: 'accepted',
    text: 'The introduction, by the evidence on record.',
    actor: claim.participantId,
    policyVersion,
  };
  const steps = claim.history.map(({ at, from, to, event, actor, reason, policyVersion }) => {
    const what = from === null || from === to ? `${event}: ${to}` : `${event}: ${from} -> ${to}`;
    return { at, what, reason, text: REASONS[reason].staff, actor, policyVersion };
  });
  const moved = (claim.stoodOn ?? []).map(({ subjectId, until: at }): TimelineEntry => {
    const text = REASONS.rolled_up.staff;
    return { at, what: `roll-up: from ${subjectId}`, reason: 'rolled_up', text, actor: 'policy', policyVersion };
  });
  return [introduced, ...steps, ...moved, ...decisions.flatMap((it) => explainDecision(claim, it))].sort(
    (a, b) => a.at - b.at,
  );
}

/** What the referrer may see: a neutral sentence and the day, whatever lies behind it (rule 11). */
export function neutralText(claim: ReferralClaim): { readonly text: string; readonly on: CalendarDay } {
  const last = lastStep(claim);
  const text = REASONS[last?.reason ?? 'accepted'].referrer;
  return { text, on: formatInstant(last?.at ?? claim.claimedAt).slice(0, 10) };
}

function explainDecision(claim: ReferralClaim, decision: AttributionDecision): readonly TimelineEntry[] {
  const candidate = decision.candidates.find((it) => it.referralId === claim.id);
  if (candidate === undefined) return [];
  const { override, policyVersion, decidedAt: at, version, opportunityId } = decision;
  const what = `decision ${version} on ${opportunityId}: ${candidate.credit}, ${candidate.share / 100} %`;
  const why = override ? ` ${override.why}` : '';
  const text = `${REASONS[candidate.reason].staff}${why}`;
  return [{ at, what, reason: candidate.reason, text, actor: override?.by ?? 'policy', policyVersion }];
}
