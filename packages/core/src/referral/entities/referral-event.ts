import type { ExchangeRate } from '../../ledger/index.ts';
import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { ArmAssignment } from '../../retention/value/logged-action.ts';
import type { ClauseReward } from '../ask/contract-clause.ts';
import type { AskAnswer, ReferralAsk } from '../ask/referral-ask.ts';
import type { Relation } from '../claims/existing-relation.ts';
import type { ReferralCode } from '../claims/referral-code.ts';
import type { HashedIdentity } from '../fraud/fraud-context.ts';
import type { Tombstone } from '../privacy/tombstone.ts';
import type { Payee } from '../rewards/limit-payout.ts';
import type { Denial } from './denial.ts';
import type { FraudSignal } from './fraud-signal.ts';
import type { Participant } from './participant.ts';
import type { Program } from './program.ts';
import type { QualifyingEvent } from './qualifying-event.ts';
import type { ConsentBasis } from './referral.ts';
import type { Touch } from './touch.ts';

/** What is said when a claim is submitted. `code` where one was typed in. */
export interface ClaimSubmission {
  readonly programId: string;
  readonly participantId: Id;
  readonly referrerAccountId: Id | null;
  readonly subjectId: Id;
  readonly referredContactId: Id | null;
  readonly opportunityId: Id | null;
  readonly introducedAt: Instant;
  readonly consent: ConsentBasis;
  readonly code: string | null;
  readonly touch: Touch;
  /** Sales that were over before the introduction do not move it; left out: as journals had it that did not say so. */
  readonly leavesPast?: true;
}

/** What the book knew of a party when the claim came in: it goes along, so that the journal alone tells the result. */
export interface KnownAtClaim {
  readonly relation: Relation;
  readonly signals: readonly FraudSignal[];
  /** Whether the party was erased at its request. */
  readonly isErased: boolean;
  /** Digests of who refers, by which one who takes part twice is found. */
  readonly identities?: readonly HashedIdentity[];
}

/** What a person does to a claim, a decision or a reward; `by` and `approvedBy` are ids of owners, never names. */
export type PersonsAct =
  | {
      readonly act: 'override';
      readonly programId: string;
      readonly opportunityId: Id;
      /** The claim that is to have the whole credit; `null`: nobody. */
      readonly referralId: string | null;
      readonly role: string;
      readonly approvedBy: string | null;
      readonly why: string;
    }
  | {
      readonly act: 'dispute';
      readonly programId: string;
      readonly opportunityId: Id;
      readonly referralId: string;
      readonly why: string;
    }
  | { readonly act: 'appeal'; readonly programId: string; readonly opportunityId: Id; readonly why: string }
  | {
      readonly act: 'rule';
      readonly programId: string;
      readonly opportunityId: Id;
      /** Who is to have the credit; `null`: the decision stands. */
      readonly referralId: string | null;
      readonly why: string;
    }
  /** Another channel (an advertisement, an affiliate) was credited with the sale at `since`. */
  | { readonly act: 'credit_elsewhere'; readonly opportunityId: Id; readonly since: Instant; readonly why: string }
  | { readonly act: 'approve' | 'reject' | 'fulfil'; readonly rewardKey: string; readonly why: string }
  | { readonly act: 'withdraw' | 'disqualify' | 'confirm'; readonly referralId: string; readonly why: string }
  /** The person who was referred was told who holds their data, from whom, and why. */
  | { readonly act: 'notify'; readonly referralId: string; readonly why: string }
  /** What a check says of a claim is lifted: an appeal was right, or a person has looked at it. */
  | { readonly act: 'clear'; readonly referralId: string; readonly check: string; readonly why: string };

/**
 * Everything that can happen to a program's referrals; the journal of these, batch by batch, is all that is kept, and
 * everything else is worked out from it. `key` is a hash of the source record: the same happening is taken once. Within
 * a batch the order is (`occurredAt`, `key`), whatever the order in which they came.
 */
export type ReferralEvent = {
  readonly key: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** The key of the same happening as it was refused for its dates; they were corrected since. */
  readonly mends?: string;
} & (
  | {
      readonly kind: 'participant';
      readonly participant: Participant;
      /** Who said so; left out, a reading of the CRM found them, which changes nothing that a person said. */
      readonly by?: string;
    }
  | { readonly kind: 'claim'; readonly claim: ClaimSubmission; readonly known: KnownAtClaim }
  | { readonly kind: 'touch'; readonly touch: Touch }
  | { readonly kind: 'progress'; readonly progress: QualifyingEvent }
  | { readonly kind: 'merge'; readonly loserId: Id; readonly survivorId: Id }
  /** Who was referred, a contact, a lead or a sale, belongs to this party by now: claims on them are on it. */
  | {
      readonly kind: 'roll_up';
      readonly fromId: Id;
      readonly toId: Id;
      /** What a lead became beside its account. */
      readonly contactId?: Id | null;
      readonly opportunityId?: Id | null;
      /** What the book knew of the party; what was known of it before, when left out. */
      readonly relation?: Relation;
    }
  | { readonly kind: 'act'; readonly by: string; readonly does: PersonsAct }
  | {
      readonly kind: 'settle';
      readonly programId: string;
      /** Month `YYYY-MM`. */
      readonly period: string;
      readonly by: string;
      /** What the vault says of those who may be paid; nobody else is. */
      readonly payees: Readonly<Record<Id, Payee>>;
    }
  | {
      readonly kind: 'erase';
      /** Stays as an opaque key: it leads nowhere once the CRM has deleted its record. */
      readonly partyId: Id;
      /** Claims on others, such as the person's account, that end with the person. */
      readonly withdrawn: readonly string[];
      /** By which the person is known again when somebody claims them anew. */
      readonly tombstones: readonly Tombstone[];
    }
  /** Somebody was asked for an introduction, and what came of it; `by` is who says so. */
  | { readonly kind: 'ask'; readonly ask: ReferralAsk; readonly by: string }
  | { readonly kind: 'answer'; readonly answer: AskAnswer; readonly by: string }
  /** An account was drawn to be asked, or to be left alone to measure by; the first draw stands. */
  | { readonly kind: 'ask_arm'; readonly arm: ArmAssignment }
  /** A code was given out; said again as withdrawn it ends. Its uses are counted from the claims of the journal. */
  | { readonly kind: 'code'; readonly code: ReferralCode; readonly by: string }
  /**
   * What a program says from here on: the journal is taken again under it, whatever its file says by then. `added`: it came
   * beside others, which keep what stands under them.
   */
  | { readonly kind: 'program'; readonly program: Program; readonly added?: true }
  /** How the table of exchange rates changed: the journal is taken again with the rates of its day. */
  | { readonly kind: 'rates'; readonly added: readonly ExchangeRate[]; readonly removed: readonly ExchangeRate[] }
  /** Which clauses of contracts reward by a rule of their own from here on: all of them, in place of those before. */
  | { readonly kind: 'clauses'; readonly clauses: readonly ClauseReward[] }
  /** By which somebody who is paid, a person or an account, is known again; digests only. */
  | { readonly kind: 'identity'; readonly partyId: Id; readonly identities: readonly HashedIdentity[] }
  /** The record of a sale was deleted in the CRM, and no other took its place. */
  | { readonly kind: 'sale_deleted'; readonly opportunityId: Id }
  /** What our own record in the CRM says by now: that there was no introduction, or no longer so. */
  | { readonly kind: 'denial'; readonly denial: Denial }
  /** Something was taken out here. Only its time stays, so that what follows is taken at the instant at which it was. */
  | { readonly kind: 'gone' }
  /** The day goes on: protections, windows and holding periods end. */
  | { readonly kind: 'day' }
);
