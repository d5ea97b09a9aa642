import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { ReferralCredit, ReferralState } from '../../model/types.ts';
import type { EvidenceClass } from './evidence-class.ts';
import type { ReasonCode } from './reason-code.ts';

/** A claim that somebody introduced a party, as it stands; its past is in `history`. */
export interface ReferralClaim {
  /** Made of program, participant and subject: the same in every run. */
  readonly id: string;
  readonly programId: string;
  readonly policyVersion: string;
  readonly participantId: Id;
  readonly referrerAccountId: Id | null;
  /** The party that was referred: account where known, else contact. */
  readonly subjectId: Id;
  readonly referredContactId: Id | null;
  readonly evidence: EvidenceClass;
  readonly introducedAt: Instant;
  readonly claimedAt: Instant;
  /** `null`: not protected (evidence below a code, or a lapsed claim). */
  readonly protectedUntil: Instant | null;
  readonly expiresAt: Instant;
  readonly consent: ConsentBasis;
  readonly state: ReferralState;
  /** Decided at conversion; `null` until then. */
  readonly credit: ReferralCredit | null;
  readonly opportunityId: Id | null;
  readonly history: readonly StateChange[];
  /** Sales that were over before the introduction do not move it; what they say of the party is in the relation. */
  readonly leavesPast?: true;
  /** The parties that it was on before it went over to this one, and when it did; left out: it was on no other. */
  readonly stoodOn?: readonly { readonly subjectId: Id; readonly until: Instant }[];
}

/** Why the referred person's data may be held at all (referral domain model, 8). */
export type ConsentBasis = 'introduced_in_person' | 'own_request' | 'consent' | 'legitimate_interest' | 'none';

/** One step of a claim: who or what moved it, when, why, under which policy. */
export interface StateChange {
  readonly from: ReferralState | null;
  readonly to: ReferralState;
  readonly event: string;
  readonly at: Instant;
  readonly actor: string;
  readonly reason: ReasonCode;
  readonly policyVersion: string;
}
