/** What the generator knows and no CRM shows: who leaves and why, and who really introduced whom. */
export interface Truth {
  /** Every account that is or was a customer at `asOf`. */
  readonly accounts: readonly TruthAccount[];
  readonly introductions: readonly TruthIntroduction[];
  /** A verdict for every referral that the book claims. */
  readonly referrals: readonly TruthReferral[];
}

/** Why an account leaves. The last three come from outside: no driver tells of them. */
export type LeavingReason =
  | 'usage decline'
  | 'low use'
  | 'open urgent tickets'
  | 'late deliveries'
  | 'champion gone'
  | 'price rise'
  | 'no touch'
  | 'no visible reason'
  | 'insolvency'
  | 'acquired';

/** The fate of one account. */
export interface TruthAccount {
  readonly accountId: string;
  /** `contract` decides at the end of a term, `orders` in any month. */
  readonly model: 'contract' | 'orders';
  readonly customerSinceOn: string;
  /** The day it is lost (end of the paid term, or of buying). Decisions are known to 12 months after `asOf`; absent when it stays. */
  readonly leftOn?: string;
  readonly reason?: LeavingReason;
  /** The day the decision was or will be made. */
  readonly decidedOn?: string;
  /** Chance a month to turn away, at `asOf`; absent when it has left, or has decided to leave, by then. */
  readonly monthlyHazard?: number;
  /** Chance to be lost by a decision in the 12 months after `asOf` if nothing changes; absent like `monthlyHazard`. */
  readonly leaveProbability?: number;
}

/** One real introduction. */
export interface TruthIntroduction {
  readonly introducerContactId: string;
  readonly introducedAccountId: string;
  readonly introducedAt: string;
}

/**
 * What a claimed referral really is. `self`: the referrer works at the referred account; `loop`: the referred account
 * had introduced the referrer's; `late`: claimed after the opportunity was won; `rival`: a later claim for an introduction
 * that somebody else made; `decoy`: nobody introduced the account.
 */
export interface TruthReferral {
  readonly referralId: string;
  readonly verdict: 'true' | 'self' | 'loop' | 'late' | 'rival' | 'decoy';
}
