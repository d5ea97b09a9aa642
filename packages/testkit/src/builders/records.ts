import type {
  Account,
  AccountParent,
  Activity,
  Contact,
  ContactRole,
  Contract,
  Entities,
  EntityName,
  FieldChange,
  Opportunity,
  Order,
  OrderLine,
  Owner,
  ReferralLink,
  ReferralRecord,
  SurveyResponse,
  Task,
  Ticket,
  Usage,
} from '@holdfast/core';
import { BLANK_RECORDS } from './blank-records.ts';

/** A record of any entity: the fields given, every other one blank. A key given as `undefined` counts as not given. */
export function aRecord<E extends EntityName>(entity: E, fields: Partial<Entities[E]> = {}): Entities[E] {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { ...BLANK_RECORDS[entity], ...Object.fromEntries(given) } as Entities[E];
}

/** A person who works in the CRM, blank but for what is given. */
export const anOwner = (fields: Partial<Owner> = {}): Owner => aRecord('owner', fields);
/** An account, blank but for what is given. */
export const anAccount = (fields: Partial<Account> = {}): Account => aRecord('account', fields);
/** A step up in the hierarchy of accounts, blank but for what is given. */
export const anAccountParent = (fields: Partial<AccountParent> = {}): AccountParent => aRecord('accountParent', fields);
/** A person at an account, blank but for what is given. */
export const aContact = (fields: Partial<Contact> = {}): Contact => aRecord('contact', fields);
/** A person's part in an account, blank but for what is given. */
export const aContactRole = (fields: Partial<ContactRole> = {}): ContactRole => aRecord('contactRole', fields);
/** A sale being made, blank but for what is given. */
export const anOpportunity = (fields: Partial<Opportunity> = {}): Opportunity => aRecord('opportunity', fields);
/** An agreement with a term, blank but for what is given. */
export const aContract = (fields: Partial<Contract> = {}): Contract => aRecord('contract', fields);
/** An order, blank but for what is given. */
export const anOrder = (fields: Partial<Order> = {}): Order => aRecord('order', fields);
/** A line of an order or opportunity, blank but for what is given. */
export const anOrderLine = (fields: Partial<OrderLine> = {}): OrderLine => aRecord('orderLine', fields);
/** A question or complaint, blank but for what is given. */
export const aTicket = (fields: Partial<Ticket> = {}): Ticket => aRecord('ticket', fields);
/** A touch, blank but for what is given. */
export const anActivity = (fields: Partial<Activity> = {}): Activity => aRecord('activity', fields);
/** An answer to a survey, blank but for what is given. */
export const aSurveyResponse = (fields: Partial<SurveyResponse> = {}): SurveyResponse =>
  aRecord('surveyResponse', fields);
/** What was used in one period, blank but for what is given. */
export const aUsage = (fields: Partial<Usage> = {}): Usage => aRecord('usage', fields);
/** A link "was referred by" between two people, blank but for what is given. */
export const aReferralLink = (fields: Partial<ReferralLink> = {}): ReferralLink => aRecord('referralLink', fields);
/** A task of ours, blank but for what is given. */
export const aTask = (fields: Partial<Task> = {}): Task => aRecord('task', fields);
/** A referral record of ours, blank but for what is given. */
export const aReferralRecord = (fields: Partial<ReferralRecord> = {}): ReferralRecord => aRecord('referral', fields);
/** One value that a field took on, blank but for what is given. */
export const aFieldChange = (fields: Partial<FieldChange> = {}): FieldChange => aRecord('fieldChange', fields);
