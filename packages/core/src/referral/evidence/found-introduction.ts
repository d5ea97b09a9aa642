import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Denial } from '../entities/denial.ts';
import type { EvidenceClass } from '../entities/evidence-class.ts';

export const INTRODUCTION_STANDINGS = ['credited_automatically', 'needs_confirmation', 'not_an_introduction'] as const;
export type IntroductionStanding = (typeof INTRODUCTION_STANDINGS)[number];

/** Why a finding stands as it does, in words for staff. */
export const EVIDENCE_REASONS = {
  confirmed_by_both: 'A person noted that both confirmed the introduction.',
  confirmed_by_one: 'A person noted that one of the two confirmed the introduction.',
  recorded_in_crm: 'Somebody recorded in the CRM who referred whom.',
  mail_introduces: 'A mail between the three brings the two together, and says so in its subject.',
  mail_then_engaged: 'The advocate wrote to both, and the new party took it up without the advocate.',
  copied_then_engaged: 'The advocate was in copy of the first mail with the new party, which took it up.',
  mail_without_words: 'The advocate wrote to both, but nothing says or shows that it was an introduction.',
  copied_without_words: 'The advocate was in copy of the first mail; nothing says why.',
  same_meeting: 'The two were in the same small meeting, and the party was new. That alone proves nothing.',
  meeting_introduces: 'A small meeting with the new party was called an introduction, and the party took it up.',
  found_by_name: 'The advocate wrote from an address that is not on record; only the name fits.',
  advocate_unknown: 'Somebody of this account introduced the party; the address is nobody’s on record.',
  introducer_unclear: 'Several people may have made the introduction.',
  organisation_unclear: 'The new person is recorded at the advocate’s account, but writes from another domain.',
  not_marked_as_prospect: 'The new party is not marked as a prospect, and no opportunity came of it.',
  customer_since_unknown: 'The party is a customer, and the CRM does not say since when.',
  contact_recorded_later: 'An earlier contact with the party was entered only after the introduction.',
  introduced_by_other: 'Another introduction of the same party came before it.',
  denied: 'One of the two said that there was no introduction.',
  already_customer: 'The party was a customer before.',
  earlier_contact: 'We had been in two-way contact with the party shortly before.',
  reply_in_thread: 'It answers a mail in which somebody else had brought in the party.',
  in_copy: 'The party was in copy or written to, and nothing came of it.',
  same_account: 'Both belong to the same account.',
  crowd: 'Too many people took part for it to say anything about two of them.',
  bulk: 'An event or a mailing to many.',
  party_not_in_crm: 'The CRM knows neither the person nor the company; read again once it does.',
} as const;
export type EvidenceReason = keyof typeof EVIDENCE_REASONS;

/** That somebody brought in a party, as far as the CRM's own records tell. */
export interface FoundIntroduction {
  /** Advocate (or their account) and party: the same in every run. */
  readonly key: string;
  /** `null`: somebody of `advocateAccountId`, without a contact record. */
  readonly advocateId: Id | null;
  readonly advocateAccountId: Id | null;
  /** The account of the party where known, else the contact. */
  readonly subjectId: Id;
  readonly prospectContactId: Id | null;
  readonly evidence: EvidenceClass;
  readonly introducedAt: Instant;
  readonly recordedAt: Instant;
  /** The records that prove it, the decisive one first. */
  readonly sourceIds: readonly Id[];
  readonly standing: IntroductionStanding;
  readonly reasons: readonly EvidenceReason[];
}

/** What was found and what could not be read. */
export interface EvidenceReport {
  /** By date, then key; dismissed ones too where they had the shape of an introduction. */
  readonly introductions: readonly FoundIntroduction[];
  readonly counts: Readonly<Record<IntroductionStanding, number>>;
  /** Records with several parties that never had the shape of an introduction, by reason. */
  readonly passedOver: Readonly<Partial<Record<EvidenceReason, number>>>;
  /** What our own records deny, each pair under every id of its party. */
  readonly denied: readonly Denial[];
  /** By source: whether the org shows it at all, and how many records it hides. */
  readonly sources: Readonly<Record<EvidenceSourceName, SourceAvailability>>;
}

export type EvidenceSourceName = 'mail' | 'meeting' | 'link' | 'confirmation';

export interface SourceAvailability {
  readonly state: 'available' | 'unavailable';
  /** Records read, and records whose parties are hidden: not evidence of absence. */
  readonly read: number;
  readonly hidden: number;
}
