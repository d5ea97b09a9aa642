/** What the generator knows and no CRM shows: who leaves and why, and who really introduced whom. */
export interface Truth {
  /** Every account that is or was a customer at `asOf`. */
  readonly accounts: readonly TruthAccount[];
  readonly introductions: readonly TruthIntroduction[];
  /** A verdict for every referral that the book claims. */
  readonly referrals: readonly TruthReferral[];
  /** Every decision of an honest book, in the order of accounts; otherwise absent. */
  readonly decisions?: readonly TruthDecision[];
}

/** One decision of an honest book: what the chance of loss was, and what anybody could have known of it. */
export interface TruthDecision {
  readonly accountId: string;
  readonly model: 'contract' | 'orders';
  /** The last day on which the customer could decide; for orders the last day of the window. */
  readonly decidesOn: string;
  readonly lost: boolean;
  /** Somebody acted on it (`actOn`); the chances below are those without. */
  readonly treated: boolean;
  /** The true chance of loss, with all that no record shows. */
  readonly hazard: number;
  /** The instant whose records `attainable` rests on; absent when the account is younger. */
  readonly cutoffAt?: string;
  /**
   * The chance of loss given everything that the CRM had recorded at the cut-off: no forecast can do better on average. The
   * hidden cause is weighed by what earlier stays tell of it; what was still to come is averaged out.
   */
  readonly attainable?: number;
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
