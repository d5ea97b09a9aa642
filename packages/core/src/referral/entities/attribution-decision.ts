import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { ReferralCredit } from '../../model/types.ts';
import type { EvidenceClass } from './evidence-class.ts';
import type { ReasonCode } from './reason-code.ts';

/** Who is credited for an opportunity, and why; append-only: a later decision is a new version beside this one. */
export interface AttributionDecision {
  readonly opportunityId: Id;
  readonly version: number;
  readonly programId: string;
  readonly policyVersion: string;
  readonly decidedAt: Instant;
  /** Best first; every candidate with its share in basis points, credit and reason. Shares of the credited sum to 10,000, or all are 0. */
  readonly candidates: readonly AttributionCandidate[];
  readonly reason: ReasonCode;
  /** A person who decided otherwise, and who approved it above the limit. */
  readonly override: { readonly by: string; readonly approvedBy: string | null; readonly why: string } | null;
  /** After the first approval of a reward only a ruling or a second approver changes it (rule 4). */
  readonly locked: boolean;
  /** The merge of records after which it was decided again. */
  readonly mergeId?: string;
}

export interface AttributionCandidate {
  readonly referralId: string;
  readonly participantId: Id;
  readonly evidence: EvidenceClass;
  readonly introducedAt: Instant;
  readonly credit: ReferralCredit;
  readonly share: number;
  readonly reason: ReasonCode;
}
