import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { AddressKeys } from './address-keys.ts';
import type { SubjectHints } from './read-subject.ts';

/**
 * What the CRM holds that can prove an introduction. Names and addresses are only compared, so they may be digests.
 * `activities` is called twice and may stream; the rest is kept by index.
 */
export interface IntroductionSource {
  readonly accounts: Iterable<EvidenceAccount>;
  readonly contacts: Iterable<EvidenceContact>;
  readonly opportunities: Iterable<EvidenceOpportunity>;
  readonly links: Iterable<EvidenceLink>;
  readonly confirmations: Iterable<EvidenceConfirmation>;
  readonly activities: () => Iterable<EvidenceActivity>;
  readonly capabilities: EvidenceCapabilities;
}

/** What the org lets us read. Without participants of mails (or meetings) that evidence is unavailable, not absent. */
export interface EvidenceCapabilities {
  readonly mailParticipants: boolean;
  readonly meetingParticipants: boolean;
  readonly links: boolean;
  readonly confirmations: boolean;
}

/** `relation` by the org profile; `since`: customer or partner since, `null` when unknown. `domains`: digests of own hosts. */
export interface EvidenceAccount {
  readonly id: Id;
  readonly domains: readonly string[];
  readonly relation: 'customer' | 'partner' | 'prospect' | 'other';
  readonly since: Instant | null;
}

/** A person with every address on record; accounts with the primary one first. `name` as `nameKey` gives it. */
export interface EvidenceContact {
  readonly id: Id;
  readonly name: string | null;
  readonly addresses: readonly AddressKeys[];
  readonly accountIds: readonly Id[];
}

export interface EvidenceOpportunity {
  readonly accountId: Id | null;
  readonly contactIds: readonly Id[];
  readonly createdAt: Instant | null;
}

/** A link "was referred by" between two contacts, or a field that names the referrer; `setAt`: when somebody entered it. */
export interface EvidenceLink {
  readonly id: Id;
  readonly referrerId: Id;
  readonly referredId: Id;
  readonly introducedAt: Instant | null;
  readonly setAt: Instant | null;
}

/** The own fields in which a person noted what the two said: `true` confirmed, `false` denied, `null` not asked. */
export interface EvidenceConfirmation {
  readonly id: Id;
  readonly advocateId: Id;
  /** `null`: the record names only the account. */
  readonly prospectId: Id | null;
  readonly accountId?: Id | null;
  readonly byAdvocate: boolean | null;
  readonly byProspect: boolean | null;
  readonly introducedAt: Instant | null;
  readonly setAt: Instant;
}

/**
 * A mail, meeting or call. `parties` is `null` where the CRM does not show them (redacted, no right, none kept);
 * `recordedAt`: when it was logged; `thread`: the mail system's conversation; `hints` is `null` without a subject.
 */
export interface EvidenceActivity {
  readonly id: Id;
  readonly kind: 'call' | 'email' | 'meeting' | 'note' | 'task';
  readonly direction: 'inbound' | 'outbound' | null;
  readonly occurredAt: Instant | null;
  readonly recordedAt: Instant | null;
  readonly thread: string | null;
  readonly hints: SubjectHints | null;
  readonly contactIds: readonly Id[];
  readonly parties: readonly EvidenceParty[] | null;
}

/** One participant. `contactId` where the CRM itself says who it is; `own`: works for us. */
export interface EvidenceParty {
  readonly role: 'from' | 'to' | 'cc' | 'attendee';
  readonly contactId: Id | null;
  readonly address: AddressKeys | null;
  readonly name: string | null;
  readonly own: boolean;
}
