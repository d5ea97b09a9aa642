/** The numbers at which checks speak. Those marked (ours) are assumptions; a program may set its own. */
export interface FraudLimits {
  /** More claims than this within an hour (GrowSurf's example). */
  readonly claimsPerHour: number;
  /** More claims than this within 24 hours (ours). */
  readonly claimsPerDay: number;
  /** At least so many claims within 24 hours, and so many times the usual (both ours). */
  readonly burstClaims: number;
  readonly burstTimes: number;
  /** Days before the last one from which the usual number is taken (ours). */
  readonly baselineDays: number;
  /** Names at least so alike, from 0 to 1, and at least so long (both ours). */
  readonly nameSimilarity: number;
  readonly nameLength: number;
  /** Addresses that differ by a number of at most this (ours). */
  readonly mailGap: number;
  /** Refunded over won, from this on (FirstPromoter's default), once so many were won (ours). */
  readonly refundRate: number;
  readonly refundRateFromWon: number;
  /** Fewer active referred customers than this: the payout waits (ours). */
  readonly activeCustomers: number;
  /** Text may date an introduction so many days before the claim (ours). */
  readonly textBackDays: number;
  /** Evidence taken down more than so many days after it happened (Kartra back-dates 60). */
  readonly lateRecordDays: number;
}

export const FRAUD_LIMITS: FraudLimits = {
  claimsPerHour: 5,
  claimsPerDay: 20,
  burstClaims: 6,
  burstTimes: 5,
  baselineDays: 28,
  nameSimilarity: 0.85,
  nameLength: 6,
  mailGap: 5,
  refundRate: 0.25,
  refundRateFromWon: 4,
  activeCustomers: 1,
  textBackDays: 1,
  lateRecordDays: 60,
};
