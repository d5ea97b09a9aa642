/** What a CRM shows of people who meet: raw texts, as people and mail systems left them. No row tells what is true. */
export interface IntroductionBook {
  readonly asOf: string;
  readonly users: readonly { readonly name: string; readonly email: string }[];
  readonly accounts: readonly IntroductionAccount[];
  readonly contacts: readonly IntroductionContact[];
  readonly opportunities: readonly IntroductionOpportunity[];
  readonly activities: readonly IntroductionActivity[];
  readonly links: readonly IntroductionLink[];
  readonly confirmations: readonly IntroductionConfirmation[];
}

/** `since`: the day it became a customer; absent when it never did. */
export interface IntroductionAccount {
  readonly id: string;
  readonly name: string;
  readonly domains: readonly string[];
  readonly relation: 'customer' | 'prospect' | 'other';
  readonly since?: string;
}

export interface IntroductionContact {
  readonly id: string;
  readonly name: string;
  readonly emails: readonly string[];
  readonly accountId?: string;
}

export interface IntroductionOpportunity {
  readonly id: string;
  readonly accountId: string;
  readonly contactIds: readonly string[];
  readonly createdAt: string;
}

/** `from`, `to`, `cc`, `attendees` read `Name <address>` or `address`; all absent, as the subject, where the CRM hides them. */
export interface IntroductionActivity {
  readonly id: string;
  readonly kind: 'email' | 'meeting' | 'call';
  readonly direction?: 'inbound' | 'outbound';
  readonly occurredAt: string;
  readonly loggedAt: string;
  readonly thread?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly attendees?: readonly string[];
  readonly contactIds: readonly string[];
}

export interface IntroductionLink {
  readonly id: string;
  readonly referrerId: string;
  readonly referredId: string;
  readonly setAt: string;
  readonly introducedAt?: string;
}

export interface IntroductionConfirmation {
  readonly id: string;
  readonly advocateId: string;
  readonly prospectId: string;
  readonly byAdvocate?: boolean;
  readonly byProspect?: boolean;
  readonly setAt: string;
}

/** What only the generator knows. */
export interface IntroductionTruth {
  readonly introductions: readonly TrueIntroduction[];
  readonly decoys: readonly Decoy[];
}

/**
 * One real introduction. `evidence` is the strongest that the records still hold: `confirmed`, `recorded` (a link),
 * `activity` (a mail or small meeting whose people can be told), `unreadable` (only records that hide their people), `none`.
 */
export interface TrueIntroduction {
  /** Absent: the advocate has no contact record. */
  readonly introducerContactId?: string;
  readonly introducerAccountId: string;
  readonly prospectContactId?: string;
  readonly prospectAccountId: string;
  readonly introducedAt: string;
  readonly channel: Channel;
  readonly evidence: 'confirmed' | 'activity' | 'recorded' | 'unreadable' | 'none';
  /** The activities that are it, whatever became of them. */
  readonly activityIds: readonly string[];
  readonly noises: readonly Noise[];
}

/** How it was made: a mail of the advocate to both; a forward, taken up by us; the party writes first; in a meeting; by word. */
export type Channel = 'mail' | 'forward' | 'named' | 'meeting' | 'spoken';

/** What was done to its records. */
export type Noise =
  | 'alias address'
  | 'private address'
  | 'no contact record'
  | 'wrong company'
  | 'late logging'
  | 'wrong date'
  | 'redacted'
  | 'not logged'
  | 'people in copy'
  | 'neutral words'
  | 'never answered'
  | 'not marked as prospect';

/** Something that looks like an introduction between two accounts, or of a stranger, and is none. */
export interface Decoy {
  readonly kind: DecoyKind;
  readonly advocateAccountId: string;
  readonly partyAccountId?: string;
  readonly activityIds: readonly string[];
}

export type DecoyKind =
  | 'webinar'
  | 'people in copy'
  | 'copy of a known prospect'
  | 'answer in the thread'
  | 'colleague'
  | 'earlier contact'
  | 'reference call'
  | 'mailing'
  | 'small meeting'
  | 'supplier'
  | 'namesake'
  | 'wrong link';
