import type { Instant } from '../../model/dates.ts';
import type { ReferralCredit } from '../../model/types.ts';
import type { AttributionCandidate, AttributionDecision } from '../entities/attribution-decision.ts';
import type { ReferralClaim } from '../entities/referral.ts';

/** All versions of the decision on one sale in one program, oldest first; only ever added to. */
export type DecisionHistory = readonly AttributionDecision[];

/** What became of a decision that was worked out again. */
export interface RecordedDecision {
  readonly history: DecisionHistory;
  readonly outcome: 'recorded' | 'unchanged' | 'kept';
  /** With `kept`: what the policy says now, for a person to look at; `null` where it says the same. */
  readonly proposal: AttributionDecision | null;
}

/**
 * Adds a decision as a new version, or says that it changes nothing. A decision that is locked (a reward was approved)
 * or that a person made stays, and the new one becomes a proposal: no merge and no late claim takes anything back by
 * itself (rule 4).
 */
export function recordDecision(history: DecisionHistory, decision: AttributionDecision): RecordedDecision {
  const last = history.at(-1);
  if (last === undefined) return { history: [{ ...decision, version: 1 }], outcome: 'recorded', proposal: null };
  const isSame = sameCandidates(last.candidates, decision.candidates);
  if (last.locked || last.override !== null)
    return { history, outcome: 'kept', proposal: sameCredit(last, decision) ? null : decision };
  if (isSame && last.reason === decision.reason) return { history, outcome: 'unchanged', proposal: null };
  return { history: appendVersion(history, decision), outcome: 'recorded', proposal: null };
}

/** After the first approval of a reward: a version that only a ruling or a second approver changes. Locked once. */
export function lockDecision(history: DecisionHistory, at: Instant): DecisionHistory {
  const last = history.at(-1);
  return last === undefined || last.locked ? history : appendVersion(history, { ...last, decidedAt: at, locked: true });
}

/** The decision as the next version. */
export function appendVersion(history: DecisionHistory, decision: AttributionDecision): DecisionHistory {
  return history.concat({ ...decision, version: (history.at(-1)?.version ?? 0) + 1 });
}

/**
 * The decisions of two sales that were merged into one: both pasts by day, then, as a new version, what stands: the last
 * of the sale that is left, or of the other where only that one is locked. It is locked where either was.
 */
export function joinHistories(
  kept: DecisionHistory,
  lost: DecisionHistory,
  merged: Pick<AttributionDecision, 'opportunityId' | 'decidedAt'> & { readonly mergeId: string },
): DecisionHistory {
  const [own, other] = [kept.at(-1), lost.at(-1)];
  const stands = other?.locked && !own?.locked ? other : (own ?? other);
  const past = [...kept, ...lost].sort((a, b) => a.decidedAt - b.decidedAt);
  const numbered = past.map((it, place) => ({ ...it, version: place + 1 }));
  if (stands === undefined) return numbered;
  const locked = stands.locked || (other?.locked ?? false);
  return appendVersion(numbered, { ...stands, ...merged, locked });
}

/**
 * Writes what was decided onto the claims: credit and sale. A claim goes on following its sale unless another one says
 * more of it: what a customer buys later takes no credit from the sale that the introduction brought. Claims that it says
 * nothing new of come back as they are.
 */
export function applyDecision(
  claims: readonly ReferralClaim[],
  { candidates, opportunityId }: AttributionDecision,
): readonly ReferralClaim[] {
  const credits = new Map(candidates.map((it) => [it.referralId, it.credit]));
  return claims.map((claim) => {
    const credit = credits.get(claim.id);
    if (credit === undefined) return claim;
    if (RANK[credit] > RANK[claim.credit ?? 'none'] && claim.opportunityId !== opportunityId)
      return { ...claim, credit, opportunityId };
    const isSpokenOf = claim.opportunityId === opportunityId || (claim.opportunityId === null && claim.credit === null);
    return isSpokenOf && claim.credit !== credit ? { ...claim, credit } : claim;
  });
}

const RANK: Readonly<Record<ReferralCredit, number>> = { none: 0, influenced: 1, sourced: 2 };

/** Whether two lists say the same of the same claims in the same order. */
export function sameCandidates(a: readonly AttributionCandidate[], b: readonly AttributionCandidate[]): boolean {
  return a.length === b.length && a.every((it, i) => sameCandidate(it, b[i]));
}

function sameCandidate(a: AttributionCandidate, b: AttributionCandidate | undefined): boolean {
  return b !== undefined && FIELDS.every((field) => a[field] === b[field]);
}
const FIELDS = ['referralId', 'participantId', 'evidence', 'introducedAt', 'credit', 'share', 'reason'] as const;

function sameCredit(a: AttributionDecision, b: AttributionDecision): boolean {
  const credited = ({ candidates }: AttributionDecision) =>
    candidates
      .filter((it) => it.share > 0)
      .map((it) => `${it.referralId} ${it.participantId} ${it.credit} ${it.share}`)
      .sort()
      .join();
  return credited(a) === credited(b);
}
