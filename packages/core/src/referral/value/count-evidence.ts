import { EVIDENCE_CLASSES, type EvidenceClass } from '../entities/evidence-class.ts';
import type { ReferralClaim } from '../entities/referral.ts';

/** A class of evidence that this org cannot give, and why: a permission or a setting that is missing. */
export interface UnavailableEvidence {
  readonly evidence: EvidenceClass;
  readonly reason: string;
  /** What of the class is missing, where the rest of it is there; left out: all of it. */
  readonly part?: string;
}

/** Claims that rest on one class of evidence. */
export interface EvidenceCounts {
  readonly evidence: EvidenceClass;
  readonly claims: number;
  /** Of these, credited with a sale (`sourced`). */
  readonly credited: number;
  /** Why there can be none: that is not the same as none being there. `null`: available. */
  readonly unavailable: string | null;
  /** What of the class is unavailable while the rest is there: "mails: why". */
  readonly partly: readonly string[];
}

/** Claims by class, strongest first; every class has its line, so that none is missing without a word. */
export function countEvidence(
  claims: readonly Pick<ReferralClaim, 'evidence' | 'credit'>[],
  unavailable: readonly UnavailableEvidence[] = [],
): readonly EvidenceCounts[] {
  return EVIDENCE_CLASSES.map((evidence) => {
    const of = claims.filter((it) => it.evidence === evidence);
    const credited = of.filter((it) => it.credit === 'sourced').length;
    const missing = unavailable.filter((it) => it.evidence === evidence);
    const why = missing.find((it) => it.part === undefined)?.reason ?? null;
    const partly = missing.flatMap(({ part, reason }) => (part === undefined ? [] : [`${part}: ${reason}`]));
    return { evidence, claims: of.length, credited, unavailable: why, partly };
  });
}
