/** Who gets the credit, and how long things count. All spans in days; a span that has passed ends at its last millisecond. */
export interface AttributionPolicy {
  readonly version: string;
  readonly model: AttributionModel;
  /** A touch may be used so long: `conversion < touch + days`. */
  readonly trackingDays: number;
  /** The referred party must do the qualifying act within so many days of the claim. */
  readonly creditDays: number;
  /** A claim keeps equal or weaker rivals out so long. */
  readonly protectionDays: number;
  /** A two-way contact in the last so many days before the introduction makes the claim `influenced` at most. */
  readonly contactedBeforeDays: number;
  /** A won referral is retained when the account still pays after so many days. */
  readonly retainedDays: number;
  /** Days that a claimant has to dispute a decision, and days until a ruling is due. */
  readonly disputeDays: number;
  readonly rulingDays: number;
  /** Basis points by rank for the model `split`, sum 10,000. */
  readonly splitWeights: readonly number[];
  /** Rewards for `influenced` too; only for `sourced` unless set. */
  readonly paysInfluence: boolean;
  /** What becomes of later conversions when the advocate has left: earned before stays. */
  readonly afterLeaving: 'none' | 'keeps';
  /** Open claims without progress that one participant may hold (claim squatting). */
  readonly openClaimsPerParticipant: number;
  /** Days from acceptance within which the party is to be contacted, and after which the delay goes up; 3 and 10 unless set. */
  readonly followUp?: { readonly contactWithinDays: number; readonly escalateAfterDays: number };
  /** Who may decide otherwise, and from which amount (minor units) a second person must agree; `null`: from none. */
  readonly override?: { readonly roles: readonly string[]; readonly secondAbove: number | null };
}

export const ATTRIBUTION_MODELS = [
  'best_evidence_then_first',
  'first_touch',
  'last_touch',
  'sourced_vs_influenced',
  'split',
] as const;
export type AttributionModel = (typeof ATTRIBUTION_MODELS)[number];
