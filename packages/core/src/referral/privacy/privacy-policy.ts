/** How long things are kept, in days. All four are assumptions: the company sets them by the law where it runs. */
export interface PrivacyPolicy {
  /** How long a digest still tells a deleted or erased party. */
  readonly tombstoneDays: number;
  /** How long the identity of somebody who was paid stays after the last payment (bookkeeping law: 6 to 10 years). */
  readonly vaultDays: number;
  /** How long a touch that led to nothing is kept after its tracking window. */
  readonly touchGraceDays: number;
  /** How long a claim that ended without a sale is kept. */
  readonly endedClaimDays: number;
}

export const PRIVACY_POLICY: PrivacyPolicy = {
  tombstoneDays: 1_095,
  vaultDays: 3_653,
  touchGraceDays: 30,
  endedClaimDays: 180,
};
