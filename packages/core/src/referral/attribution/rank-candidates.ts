import type { AttributionModel } from '../entities/attribution-policy.ts';
import { EVIDENCE_CLASSES } from '../entities/evidence-class.ts';
import type { Candidate } from './judge-candidate.ts';

type Order = (a: Candidate, b: Candidate) => number;

const byEvidence: Order = (a, b) => EVIDENCE_CLASSES.indexOf(a.evidence) - EVIDENCE_CLASSES.indexOf(b.evidence);
const byIntroduction: Order = (a, b) => a.introducedAt - b.introducedAt;
const byKey: Order = (a, b) => (a.claim.id < b.claim.id ? -1 : a.claim.id > b.claim.id ? 1 : 0);
const byFirstTouch: Order = (a, b) => a.firstTouchAt - b.firstTouchAt;
const byLastTouch: Order = (a, b) => b.lastTouchAt - a.lastTouchAt;

const CREDITS = ['sourced', 'influenced', 'none'] as const;
/** Eligibility before everything: sourced, influenced, none; who waits comes after who does not. */
const byEligibility: Order = (a, b) =>
  CREDITS.indexOf(a.mostly) - CREDITS.indexOf(b.mostly) || Number(a.waits) - Number(b.waits);

/** What each model looks at after eligibility, in this order (rule 1); the claim's id settles what is left. */
const ORDERS: Readonly<Record<AttributionModel, readonly Order[]>> = {
  best_evidence_then_first: [byEvidence, byIntroduction],
  sourced_vs_influenced: [byEvidence, byIntroduction],
  split: [byEvidence, byIntroduction],
  first_touch: [byFirstTouch, byEvidence],
  last_touch: [byLastTouch, byEvidence],
};

/** The candidates of one sale, best first, in an order that does not depend on how they came. */
export function rankCandidates(candidates: readonly Candidate[], model: AttributionModel): readonly Candidate[] {
  const orders = [byEligibility, ...ORDERS[model], byKey];
  return [...candidates].sort((a, b) => {
    for (const order of orders) {
      const difference = order(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}
