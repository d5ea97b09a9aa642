import type { AttributionCandidate, AttributionDecision } from '../entities/attribution-decision.ts';
import { type Merge, repoint, repointClaimId } from './merge-claims.ts';

/**
 * A decision that speaks of claims and people by the ids that they have after a merge; itself where it names nobody of it.
 * Two candidates that became one are one: the better place and credit, both shares.
 */
export function repointDecision(decision: AttributionDecision, merge: Merge): AttributionDecision {
  const pointed = decision.candidates.map((it) => repointCandidate(it, merge));
  if (pointed.every((it, place) => it === decision.candidates[place])) return decision;
  const candidates = new Map<string, AttributionCandidate>();
  for (const it of pointed) {
    const twin = candidates.get(it.referralId);
    candidates.set(it.referralId, twin ? { ...twin, share: twin.share + it.share } : it);
  }
  return { ...decision, candidates: [...candidates.values()] };
}

function repointCandidate(candidate: AttributionCandidate, merge: Merge): AttributionCandidate {
  const referralId = repointClaimId(candidate.referralId, merge);
  return referralId === candidate.referralId ? candidate : { ...repoint(candidate, merge), referralId };
}
