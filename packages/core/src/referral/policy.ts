/** The stated windows of the first form. Every number is an assumption that a company may change. */
export interface ReferralPolicy {
  readonly version: string;
  /** An opportunity opened so many days after the claim still counts as its result. */
  readonly trackingDays: number;
  /** It must be won within so many days of the claim. */
  readonly creditDays: number;
  /** So long a claim that has not led to an opportunity keeps later claims out. */
  readonly protectionDays: number;
  /** A won referral is retained when the account is still a customer so many days later. */
  readonly retainedDays: number;
}

export const REFERRAL_POLICY: ReferralPolicy = {
  version: 'referral-first-form-1',
  trackingDays: 90,
  creditDays: 365,
  protectionDays: 90,
  retainedDays: 180,
};
