import type {
  BookAccount,
  BookActivity,
  BookContact,
  BookContract,
  BookOpportunity,
  BookOpportunityLine,
  BookOrder,
  BookOrderLine,
  BookOwner,
  BookSurvey,
  BookTicket,
  BookUsage,
} from '../../book/book.ts';
import type { Cell } from '../store/row.ts';

/**
 * Where a customer's Salesforce keeps each fact of the book. This file is the whole mapping, readable as a table: the field on the
 * left, what it is filled from on the right. Standard fields where Salesforce has one, else the customer's own (`customer-fields.ts`).
 * Nothing that Holdfast owns is here: that comes with its install.
 */
export interface Seeing {
  /** Record id for a row of the book; undefined where the book names none or it does not exist. */
  readonly id: (
    table: 'owners' | 'accounts' | 'contacts' | 'opportunities' | 'orders' | 'activities',
    bookId: string | undefined,
  ) => string | undefined;
  /** Price book entry and product of a product name. */
  readonly product: (name: string, family?: string) => { readonly entry: string; readonly product: string };
  /** Latest usage of an account. */
  readonly usage: (accountId: string) => BookUsage | undefined;
  /** Contact who referred an opportunity or a contact, where the book says that a field knows it. */
  readonly referrer: (kind: 'opportunity' | 'contact', bookId: string) => string | undefined;
}

/** Field name to where its value comes from; undefined stays empty. Instants are ISO strings. */
export type Mapping<Row> = Readonly<Record<string, (row: Row, see: Seeing) => Cell | undefined>>;

const accountType = { customer: 'Customer - Direct', prospect: 'Prospect', partner: 'Partner', test: 'Test' } as const;

export const userFields: Mapping<BookOwner> = {
  Username: (owner) => owner.email,
  FirstName: (owner) => owner.name.split(' ').slice(0, -1).join(' ') || undefined,
  LastName: (owner) => owner.name.split(' ').at(-1),
  Email: (owner) => owner.email,
  IsActive: (owner) => owner.active,
  UserType: () => 'Standard',
  TimeZoneSidKey: () => 'America/Los_Angeles',
  LocaleSidKey: () => 'en_US',
  LanguageLocaleKey: () => 'en_US',
  EmailEncodingKey: () => 'UTF-8',
};

/** ParentId is set in a second pass, when every account has its id. */
export const accountFields: Mapping<BookAccount> = {
  Name: (account) => account.name,
  AccountNumber: (account) => account.id,
  Type: (account) => accountType[account.type],
  OwnerId: (account, see) => see.id('owners', account.ownerId),
  Website: (account) => account.domain,
  Industry: (account) => account.industry,
  BillingCountry: (account) => account.country,
  NumberOfEmployees: (account) => account.employees,
  AnnualRevenue: (account) => account.annualRevenue,
  CurrencyIsoCode: (account) => account.currency,
  Seats_Bought__c: (account, see) => see.usage(account.id)?.seatsBought,
  Seats_Used__c: (account, see) => see.usage(account.id)?.seatsUsed,
  Usage_Events__c: (account, see) => see.usage(account.id)?.events,
};

export const contactFields: Mapping<BookContact> = {
  AccountId: (contact, see) => see.id('accounts', contact.accountId),
  FirstName: (contact) => contact.firstName,
  LastName: (contact) => contact.lastName ?? contact.email ?? 'Unknown',
  Email: (contact) => contact.email,
  Phone: (contact) => contact.phone,
  Title: (contact) => contact.title,
};

/** Roles by the book's word; an unknown word is kept as it is. */
export const contactRole: Readonly<Record<string, string>> = {
  'decision maker': 'Decision Maker',
  champion: 'Champion',
  user: 'End User',
  billing: 'Billing',
  sponsor: 'Executive Sponsor',
  influencer: 'Influencer',
};

const stage = {
  qualification: 'Qualification',
  proposal: 'Proposal/Price Quote',
  negotiation: 'Negotiation/Review',
  won: 'Closed Won',
  lost: 'Closed Lost',
} as const;

const opportunityType = { new: 'New Customer', renewal: 'Renewal', expansion: 'Existing Customer - Upgrade' } as const;

export const opportunityFields: Mapping<BookOpportunity> = {
  Name: (opportunity) => opportunity.name,
  AccountId: (opportunity, see) => see.id('accounts', opportunity.accountId),
  OwnerId: (opportunity, see) => see.id('owners', opportunity.ownerId),
  StageName: (opportunity) => stage[opportunity.stage],
  Type: (opportunity) => opportunityType[opportunity.kind],
  Amount: (opportunity) => opportunity.amount,
  CurrencyIsoCode: (opportunity) => opportunity.currency,
  CloseDate: (opportunity) => opportunity.closeOn ?? opportunity.updatedAt.slice(0, 10),
  LeadSource: (opportunity) => leadSource[opportunity.source ?? ''] ?? opportunity.source,
  Referred_By__c: (opportunity, see) => see.referrer('opportunity', opportunity.id),
};

/** The book's sources in the words of the LeadSource picklist; others are kept as they are. */
const leadSource: Readonly<Record<string, string>> = { Referral: 'Customer Referral' };

export const opportunityLineFields: Mapping<BookOpportunityLine> = {
  OpportunityId: (line, see) => see.id('opportunities', line.opportunityId),
  PricebookEntryId: (line, see) => see.product(line.product).entry,
  Product2Id: (line, see) => see.product(line.product).product,
  Quantity: (line) => line.quantity,
  UnitPrice: (line) => line.unitPrice,
};

const contractStatus = { draft: 'Draft', active: 'Activated', ended: 'Expired', terminated: 'Terminated' } as const;

/** Whole months from the first day to the last, both included. */
const months = (from: string, to: string): number => {
  const start = new Date(`${from}T00:00:00Z`);
  const end = new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000);
  return (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
};

/** EndDate is kept as the book has it; Salesforce itself would compute it from whole months. */
export const contractFields: Mapping<BookContract> = {
  AccountId: (contract, see) => see.id('accounts', contract.accountId),
  Status: (contract) => contractStatus[contract.status],
  StartDate: (contract) => contract.startsOn,
  ContractTerm: (contract) => months(contract.startsOn, contract.endsOn),
  EndDate: (contract) => contract.endsOn,
  OwnerExpirationNotice: (contract) =>
    ['15', '30', '45', '60', '90', '120'].includes(String(contract.noticeDays))
      ? String(contract.noticeDays)
      : undefined,
  Notice_Days__c: (contract) => contract.noticeDays,
  Auto_Renews__c: (contract) => contract.autoRenews,
  Annual_Value__c: (contract) => contract.annualValue,
  CurrencyIsoCode: (contract) => contract.currency,
  Notice_Given_On__c: (contract) => contract.noticeGivenOn,
};

const orderStatus = { open: 'Activated', shipped: 'Shipped', delivered: 'Delivered', cancelled: 'Cancelled' } as const;

export const orderFields: Mapping<BookOrder> = {
  AccountId: (order, see) => see.id('accounts', order.accountId),
  OwnerId: (order, see) => see.id('owners', order.ownerId),
  OrderReferenceNumber: (order) => order.number,
  Status: (order) => orderStatus[order.status],
  EffectiveDate: (order) => order.orderedOn,
  TotalAmount: (order) => order.amount,
  CurrencyIsoCode: (order) => order.currency,
  Promised_Date__c: (order) => order.promisedOn,
  Shipped_Date__c: (order) => order.shippedOn,
};

export const orderLineFields: Mapping<BookOrderLine> = {
  OrderId: (line, see) => see.id('orders', line.orderId),
  PricebookEntryId: (line, see) => see.product(line.product, line.kind === 'goods' ? 'Goods' : 'Service').entry,
  Product2Id: (line, see) => see.product(line.product, line.kind === 'goods' ? 'Goods' : 'Service').product,
  Line_Kind__c: (line) => (line.kind === 'goods' ? 'Goods' : 'Service'),
  Quantity: (line) => line.quantity,
  UnitPrice: (line) => line.unitPrice,
  /** Percent fields hold 15 for 15 %. */
  Discount__c: (line) => (line.discount === undefined ? undefined : Math.round(line.discount * 10_000) / 100),
  Promised_Date__c: (line) => line.promisedOn,
  Shipped_Date__c: (line) => line.shippedOn,
  Delivered_Date__c: (line) => line.deliveredOn,
  Accepted_Date__c: (line) => line.acceptedOn,
  Delivered_Quantity__c: (line) => line.deliveredQuantity,
  Accepted_Quantity__c: (line) => line.acceptedQuantity,
};

const casePriority = { low: 'Low', medium: 'Medium', high: 'High', urgent: 'Urgent' } as const;
const caseStatus = { open: 'Working', waiting: 'Waiting on Customer', closed: 'Closed' } as const;

export const caseFields: Mapping<BookTicket> = {
  AccountId: (ticket, see) => see.id('accounts', ticket.accountId),
  ContactId: (ticket, see) => see.id('contacts', ticket.contactId),
  Subject: (ticket) => ticket.subject,
  Priority: (ticket) => casePriority[ticket.priority],
  Status: (ticket) => caseStatus[ticket.status],
  IsEscalated: (ticket) => ticket.escalated,
  ClosedDate: (ticket) => ticket.closedAt,
};

const direction = { inbound: 'Inbound', outbound: 'Outbound' } as const;
const taskType: Readonly<Record<BookActivity['kind'], string>> = {
  call: 'Call',
  email: 'Email',
  meeting: 'Meeting',
  note: 'Other',
  task: 'Other',
};
const taskSubtype: Readonly<Record<BookActivity['kind'], string>> = {
  call: 'Call',
  email: 'Email',
  meeting: 'Task',
  note: 'Task',
  task: 'Task',
};

const activityFields: Mapping<BookActivity> = {
  WhatId: (activity, see) => see.id('accounts', activity.accountId),
  WhoId: (activity, see) => see.id('contacts', activity.contactIds?.[0]),
  OwnerId: (activity, see) => see.id('owners', activity.ownerId),
  Subject: (activity) => activity.subject,
  Type: (activity) => taskType[activity.kind],
  Direction__c: (activity) => (activity.direction === undefined ? undefined : direction[activity.direction]),
};

/** Calls, emails, notes and tasks. */
export const taskFields: Mapping<BookActivity> = {
  ...activityFields,
  ActivityDate: (activity) => activity.occurredAt.slice(0, 10),
  CompletedDateTime: (activity) => activity.occurredAt,
  Status: () => 'Completed',
  Priority: () => 'Normal',
  TaskSubtype: (activity) => taskSubtype[activity.kind],
  CallType: (activity) =>
    activity.kind !== 'call' || activity.direction === undefined ? undefined : direction[activity.direction],
};

/** Meetings; the book does not say how long they lasted. */
export const eventFields: Mapping<BookActivity> = {
  ...activityFields,
  ActivityDateTime: (activity) => activity.occurredAt,
  DurationInMinutes: () => 60,
  ShowAs: () => 'Busy',
  EventSubtype: () => 'Event',
};

export const surveyFields: Mapping<BookSurvey> = {
  Name: (survey) => survey.id,
  Account__c: (survey, see) => see.id('accounts', survey.accountId),
  Contact__c: (survey, see) => see.id('contacts', survey.contactId),
  Kind__c: (survey) => survey.kind.toUpperCase(),
  Score__c: (survey) => survey.score,
  Responded_At__c: (survey) => survey.respondedAt,
};

export const usageFields: Mapping<BookUsage> = {
  Name: (usage) => `${usage.accountId} ${usage.periodOn}`,
  Account__c: (usage, see) => see.id('accounts', usage.accountId),
  Period_Start__c: (usage) => usage.periodOn,
  Seats_Bought__c: (usage) => usage.seatsBought,
  Seats_Used__c: (usage) => usage.seatsUsed,
  Events__c: (usage) => usage.events,
};
