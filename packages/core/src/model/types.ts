import type * as z from 'zod';
import type * as schemas from './entities.ts';
import type {
  CONFIDENCES,
  HEALTH_BANDS,
  MAIN_REASONS,
  REFERRAL_CREDITS,
  REFERRAL_STATES,
  REWARD_STATES,
} from './values.ts';

export type Account = z.infer<typeof schemas.account>;
export type AccountWritten = z.infer<typeof schemas.accountWritten>;
export type Contact = z.infer<typeof schemas.contact>;
export type ContactWritten = z.infer<typeof schemas.contactWritten>;
export type ContactRole = z.infer<typeof schemas.contactRole>;
export type AccountParent = z.infer<typeof schemas.accountParent>;
export type Opportunity = z.infer<typeof schemas.opportunity>;
export type OpportunityWritten = z.infer<typeof schemas.opportunityWritten>;
export type Lead = z.infer<typeof schemas.lead>;
export type LeadWritten = z.infer<typeof schemas.leadWritten>;
export type OrderLine = z.infer<typeof schemas.orderLine>;
export type Owner = z.infer<typeof schemas.owner>;
export type Contract = z.infer<typeof schemas.contract>;
export type Order = z.infer<typeof schemas.order>;
export type Ticket = z.infer<typeof schemas.ticket>;
export type Activity = z.infer<typeof schemas.activity>;
export type MailParties = z.infer<typeof schemas.mailParties>;
export type MeetingParties = z.infer<typeof schemas.meetingParties>;
export type Party = z.infer<typeof schemas.party>;
export type SurveyResponse = z.infer<typeof schemas.surveyResponse>;
export type Usage = z.infer<typeof schemas.usage>;
export type ReferralLink = z.infer<typeof schemas.referralLink>;
export type Task = z.infer<typeof schemas.task>;
export type Note = z.infer<typeof schemas.note>;
/** A referral as the CRM holds it; what the engine knows of one is `ReferralClaim`. */
export type ReferralRecord = z.infer<typeof schemas.referral>;
export type ReferralWritten = z.infer<typeof schemas.referralWritten>;
export type FieldChange = z.infer<typeof schemas.fieldChange>;

export type HealthBand = (typeof HEALTH_BANDS)[number];
export type MainReason = (typeof MAIN_REASONS)[number];
export type Confidence = (typeof CONFIDENCES)[number];
export type ReferralState = (typeof REFERRAL_STATES)[number];
export type ReferralCredit = (typeof REFERRAL_CREDITS)[number];
export type RewardState = (typeof REWARD_STATES)[number];

/** Every entity by name. */
export type Entities = {
  readonly [E in keyof typeof schemas.entitySchemas]: z.infer<(typeof schemas.entitySchemas)[E]>;
};
export type EntityName = keyof Entities;

/** What may be written, by entity; no other entity and no other field is ever written. */
export interface WritableFields {
  readonly account: AccountWritten;
  readonly contact: ContactWritten;
  readonly opportunity: OpportunityWritten;
  readonly lead: LeadWritten;
  readonly task: Pick<Task, 'subject' | 'body' | 'dueOn' | 'ownerId'>;
  readonly note: Pick<Note, 'body' | 'occurredOn'>;
  readonly referral: ReferralWritten;
  /** Only made and taken away, never changed: its two ends are its key. */
  readonly referralLink: Pick<ReferralLink, 'referredId' | 'referrerId'>;
}
export type WritableEntity = keyof WritableFields;
