import { EVIDENCE_CLASSES, type EvidenceClass } from '../entities/evidence-class.ts';
import type { ReferralClaim } from '../entities/referral.ts';

/** A class of evidence that this org cannot give, and why: a permission or a setting that is missing. */
export interface UnavailableEvidence {
  readonly evidence: EvidenceClass;
  readonly reason: string;
}

/** Claims that rest on one class of evidence. */
export interface EvidenceCounts {
  readonly evidence: EvidenceClass;
  readonly claims: number;
  /** Of these, credited with a sale (`sourced`). */
  readonly credited: number;
  /** Why there can be none: that is not the same as none being there. `null`: available. */
  readonly unavailable: string | null;
}

/** Claims by class, strongest first; every class has its line, so that none is missing without a word. */
export function countEvidence(
  claims: readonly Pick<ReferralClaim, 'evidence' | 'credit'>[],
  unavailable: readonly UnavailableEvidence[] = [],
): readonly EvidenceCounts[] {
  return EVIDENCE_CLASSES.map((evidence) => {
    const of = claims.filter((it) => it.evidence === evidence);
    const credited = of.filter((it) => it.credit === 'sourced').length;
    const why = unavailable.find((it) => it.evidence === evidence)?.reason ?? null;
    return { evidence, claims: of.length, credited, unavailable: why };
  });
}
