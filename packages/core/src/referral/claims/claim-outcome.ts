import type { Refusal } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';

/** A claim that was taken. */
export interface TakenClaim {
  readonly refused: false;
  readonly claim: ReferralClaim;
  /** `false`: the same claim again; the record stays as it was. */
  readonly changed: boolean;
  /** The claim that stands in the way; where it is contested, with that in its history. */
  readonly rival: ReferralClaim | null;
  /** What is refused although the claim stands: credit as sourced, for a customer or an open opportunity (rule 2). */
  readonly limit: Refusal | null;
}

/** A claim that was refused. `claim`: its record where one may be kept; `null` where nothing may be or can be. */
export interface RefusedClaim extends Refusal {
  readonly claim: ReferralClaim | null;
  /** The claim that keeps it out. */
  readonly rivalId: string | null;
}
