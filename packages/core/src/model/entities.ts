import * as z from 'zod';
import {
  ADVOCATE_STATUSES,
  CONFIDENCES,
  CONFIRMATIONS,
  HEALTH_BANDS,
  MAIN_REASONS,
  MANAGER_VIEWS,
  REFERRAL_CREDITS,
  REFERRAL_STATES,
  REWARD_STATES,
} from './values.ts';

/**
 * The records that Holdfast reads from a CRM, in the field's standard words. One schema per entity; the types are
 * inferred from it. `null` means the CRM holds nothing; a field that the org does not have is `null` too and is
 * listed as unavailable by the adapter's capabilities. Texts such as `lifecycle`, `stage` and `type` hold the org's
 * own stable values; what they mean is said by the org profile, never guessed here.
 */
const id = z.string().min(3);
const idOrNull = id.nullable();
const text = z.string().nullable();
const instant = z.number().int();
const instantOrNull = instant.nullable();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const dayOrNull = day.nullable();
const numberOrNull = z.number().nullable();
const flag = z.boolean().nullable();
const money = z.object({ minor: z.number().int(), currency: z.string().length(3) });
const moneyOrNull = money.nullable();
const address = z.object({ mailbox: z.string(), domain: text });
const base = { id, createdAt: instantOrNull, updatedAt: instantOrNull };

/** What Holdfast writes on an account; `null` until it has written. */
export const accountWritten = z.object({
  healthScore: z.number().int().min(0).max(100).nullable(),
  healthBand: z.enum(HEALTH_BANDS).nullable(),
  bandSince: dayOrNull,
  mainReason: z.enum(MAIN_REASONS).nullable(),
  reasons: text,
  nextStep: text,
  revenueAtRisk: moneyOrNull,
  churnProbability: z.number().min(0).max(1).nullable(),
  confidence: z.enum(CONFIDENCES).nullable(),
});

/** A company whose business is kept. `recurring` is per year; `seats*` are the latest counts that the CRM holds. */
export const account = z.object({
  ...base,
  name: text,
  domain: text,
  lifecycle: text,
  industry: text,
  country: text,
  employees: numberOrNull,
  ownerId: idOrNull,
  currency: text,
  renewalOn: dayOrNull,
  recurring: moneyOrNull,
  noticeGivenOn: dayOrNull,
  churnedOn: dayOrNull,
  seatsBought: numberOrNull,
  seatsUsed: numberOrNull,
  /** A person ticked "leave out": no score, task or ask. */
  excluded: flag,
  /** A person's judgement; a capped driver. */
  managerView: z.enum(MANAGER_VIEWS).nullable(),
  ...accountWritten.shape,
});

/** What Holdfast writes on a contact. */
export const contactWritten = z.object({
  advocateStatus: z.enum(ADVOCATE_STATUSES).nullable(),
  lastAskedOn: dayOrNull,
  referralsWon: z.number().int().nullable(),
});

/** A person. Only what scoring and referral matching need. */
export const contact = z.object({
  ...base,
  name: text,
  email: text,
  /** Further addresses, as they are compared: an adapter hands them over so, what is stored are digests. */
  otherAddresses: z.array(address).readonly().nullish(),
  title: text,
  ownerId: idOrNull,
  /** The person who introduced this one, where the CRM links them. */
  referredById: idOrNull,
  doNotAsk: flag,
  ...contactWritten.shape,
});

/** A person's part in an account. `id` is made of both ends, so whole sets can be compared. */
export const contactRole = z.object({ ...base, accountId: id, contactId: id, role: text, isPrimary: z.boolean() });

/** One step up in the hierarchy of accounts; `id` is made of both ends. */
export const accountParent = z.object({ ...base, childId: id, parentId: id });

/** What Holdfast writes on an opportunity. */
export const opportunityWritten = z.object({
  referralState: z.enum(REFERRAL_STATES).nullable(),
  referralCredit: z.enum(REFERRAL_CREDITS).nullable(),
});

/** A sale being made: new, renewal or expansion by the org profile. */
export const opportunity = z.object({
  ...base,
  accountId: idOrNull,
  ownerId: idOrNull,
  contactIds: z.array(id).readonly(),
  name: text,
  pipeline: text,
  stage: text,
  type: text,
  amount: moneyOrNull,
  closeOn: dayOrNull,
  /** How it came in, in the org's own words. */
  source: text,
  referredById: idOrNull,
  ...opportunityWritten.shape,
});

/** What Holdfast writes on a lead. */
export const leadWritten = z.object({ referralState: z.enum(REFERRAL_STATES).nullable() });

/**
 * Somebody who may become a customer, where the CRM keeps them apart from contacts. The `converted*` fields say what became
 * of them; `null` until then.
 */
export const lead = z.object({
  ...base,
  name: text,
  email: text,
  ownerId: idOrNull,
  /** How they came in, in the org's own words. */
  source: text,
  /** The contact who introduced them, where the CRM links the two. */
  referredById: idOrNull,
  convertedContactId: idOrNull,
  convertedAccountId: idOrNull,
  convertedOpportunityId: idOrNull,
  ...leadWritten.shape,
});

/** One line of an opportunity or of an order; a service milestone is a line too. `discount` is 0.15 for 15 %. */
export const orderLine = z.object({
  ...base,
  opportunityId: idOrNull,
  orderId: idOrNull,
  product: text,
  quantity: numberOrNull,
  unitPrice: moneyOrNull,
  discount: numberOrNull,
  promisedOn: dayOrNull,
  shippedOn: dayOrNull,
  deliveredOn: dayOrNull,
  acceptedOn: dayOrNull,
  deliveredQuantity: numberOrNull,
  acceptedQuantity: numberOrNull,
});

/** A person who works in the CRM. */
export const owner = z.object({ ...base, name: text, email: text, active: z.boolean() });

/** An agreement with a term. `annual` is the recurring value per year. */
export const contract = z.object({
  ...base,
  accountId: idOrNull,
  status: text,
  startsOn: dayOrNull,
  endsOn: dayOrNull,
  noticeDays: numberOrNull,
  autoRenews: flag,
  annual: moneyOrNull,
  noticeGivenOn: dayOrNull,
});

/** Goods or services ordered. */
export const order = z.object({
  ...base,
  accountId: idOrNull,
  number: text,
  status: text,
  orderedOn: dayOrNull,
  promisedOn: dayOrNull,
  shippedOn: dayOrNull,
  amount: moneyOrNull,
});

/** A question or complaint from the customer. */
export const ticket = z.object({
  ...base,
  accountId: idOrNull,
  contactId: idOrNull,
  subject: text,
  priority: text,
  stage: text,
  escalated: flag,
  openedAt: instantOrNull,
  closedAt: instantOrNull,
});

/** A touch: call, mail, meeting, note or task. `byUs` marks our own records, which are never touches. */
export const activity = z.object({
  ...base,
  accountId: idOrNull,
  contactIds: z.array(id).readonly(),
  ownerId: idOrNull,
  kind: z.enum(['call', 'email', 'meeting', 'note', 'task']),
  direction: z.enum(['inbound', 'outbound']).nullable(),
  occurredAt: instantOrNull,
  byUs: z.boolean(),
});

/**
 * A participant. An adapter hands over `address` and `name` as they are compared; what is stored are digests of them.
 * `own`: the CRM itself says that they work for us. `address.domain` is the host, unless anybody may have a mailbox there.
 */
export const party = z.object({
  role: z.enum(['from', 'to', 'cc', 'attendee']),
  contactId: idOrNull,
  address: address.nullable(),
  name: text,
  own: z.boolean(),
});

/** What a subject line tells; the line itself is never kept. */
export const subjectHints = z.object({
  introduces: z.boolean(),
  reply: z.boolean(),
  forward: z.boolean(),
  bulk: z.boolean(),
});

/**
 * Who took part in a mail: evidence of introductions, apart from the touch itself, so that scoring never reads it.
 * `parties` is `null` where the CRM does not show them; `createdAt` is when it was logged.
 */
export const mailParties = z.object({
  ...base,
  /** The touch that it is, where that is a record of its own; else they share the id. */
  activityId: idOrNull,
  direction: z.enum(['inbound', 'outbound']).nullable(),
  occurredAt: instantOrNull,
  /** The mail system's conversation. */
  thread: text,
  hints: subjectHints.nullable(),
  contactIds: z.array(id).readonly(),
  parties: z.array(party).readonly().nullable(),
});

/** The same of a meeting, under the id of the touch: the contacts who were there. Of strangers no CRM tells. */
export const meetingParties = z.object({
  ...base,
  occurredAt: instantOrNull,
  hints: subjectHints.nullable(),
  contactIds: z.array(id).readonly(),
});

/** An answer to a survey: NPS 0 to 10, CSAT and CES on the scale that the org uses. */
export const surveyResponse = z.object({
  ...base,
  accountId: idOrNull,
  contactId: idOrNull,
  kind: z.enum(['nps', 'csat', 'ces']),
  score: z.number(),
  respondedAt: instant,
});

/** What the customer did with the product in one period of about a month. */
export const usage = z.object({
  ...base,
  accountId: id,
  periodOn: day,
  seatsBought: numberOrNull,
  seatsUsed: numberOrNull,
  events: numberOrNull,
});

/**
 * A link "was referred by" that the CRM itself records: who was referred is a person, or an account where the CRM names
 * nobody of it, or a lead. A referrer who is no contact is nobody whom a claim can name.
 */
export const referralLink = z.object({ ...base, referrerId: id, referredId: id, claimedAt: instantOrNull });

/** A task that Holdfast creates, with its key; `done` when a person closed it. */
export const task = z.object({
  ...base,
  key: text,
  subject: text,
  body: text,
  dueOn: dayOrNull,
  ownerId: idOrNull,
  accountId: idOrNull,
  done: z.boolean(),
});

/** A note on the timeline of an account, and of a sale, that Holdfast creates with its key. */
export const note = z.object({
  ...base,
  key: text,
  body: text,
  occurredOn: dayOrNull,
  accountId: idOrNull,
  opportunityId: idOrNull,
});

/**
 * One value that a field of a record took on, as far as the CRM keeps history. `field` names both, as `account.renewalOn`;
 * `before` and `after` are the domain's values as JSON, `null` for nothing held. `kind` says what is known of the time
 * before `at`:
 * - `change`: the field held `before`.
 * - `entry`: every value is entered here, so it held what the entry before this one says; nothing is known before the first.
 * - `start`: what is kept begins here, so nothing is known between this row and the one before it.
 * A `start` without a record (`recordId` is `null`) says that from `at` on every change of this field is kept, of any record.
 */
export const fieldChange = z.object({
  ...base,
  recordId: idOrNull,
  entity: z.enum(['account', 'opportunity', 'contract', 'order', 'orderLine', 'ticket']),
  field: z.string().regex(/^[a-zA-Z]+\.[a-zA-Z]+$/),
  at: instant,
  kind: z.enum(['change', 'entry', 'start']),
  before: text,
  after: text,
});

/** What Holdfast writes on a referral record. Ids are of the records that the CRM links it to. */
export const referralWritten = z.object({
  state: z.enum(REFERRAL_STATES).nullable(),
  credit: z.enum(REFERRAL_CREDITS).nullable(),
  claimedOn: dayOrNull,
  protectedUntilOn: dayOrNull,
  decisionReason: text,
  policyVersion: text,
  rewardState: z.enum(REWARD_STATES).nullable(),
  rewardAmount: moneyOrNull,
  /** Who made the introduction, and their account. */
  advocateId: idOrNull,
  advocateAccountId: idOrNull,
  /** Who was introduced: a contact, or what the CRM has before one (a lead). */
  prospectId: idOrNull,
  /** The prospect's account and sale, once there are any. */
  accountId: idOrNull,
  opportunityId: idOrNull,
});

/**
 * A claim that somebody introduced a party, as a record that Holdfast creates in the CRM with its key. The `converted*`
 * fields are the CRM's own: what became of a prospect that was a lead; `null` elsewhere. `followConversion` takes them up.
 */
export const referral = z.object({
  ...base,
  key: text,
  ...referralWritten.shape,
  /** What a person noted of the two: that they confirmed the introduction, or that there was none. */
  advocateConfirmed: z.enum(CONFIRMATIONS).nullable(),
  prospectConfirmed: z.enum(CONFIRMATIONS).nullable(),
  convertedContactId: idOrNull,
  convertedAccountId: idOrNull,
  convertedOpportunityId: idOrNull,
});

/** Every entity with its schema, in reading order: what others point at comes first. */
export const entitySchemas = {
  owner,
  account,
  accountParent,
  contact,
  contactRole,
  opportunity,
  lead,
  contract,
  order,
  orderLine,
  ticket,
  activity,
  mailParties,
  meetingParties,
  surveyResponse,
  usage,
  referralLink,
  task,
  note,
  referral,
  fieldChange,
} as const;
