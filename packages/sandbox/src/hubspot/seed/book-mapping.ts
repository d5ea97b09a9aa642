import type {
  BookAccount,
  BookActivity,
  BookContact,
  BookContract,
  BookOpportunity,
  BookOpportunityLine,
  BookOrder,
  BookOrderLine,
  BookSurvey,
  BookTicket,
  BookUsage,
} from '../../book/book.ts';
import type { BookMail } from '../../book/introductions/index.ts';
import { renewalPipelineId } from '../schema/pipeline.ts';

/**
 * Where a customer's HubSpot keeps each fact of the book. This file is the whole mapping, readable as a table: the
 * property on the left, what it is filled from on the right. Vendor properties where HubSpot has one, else the
 * customer's own (`customer-properties.ts`). Nothing that Holdfast owns is here: that comes with its install.
 */
export interface Seeing {
  /** Record id of an owner of the book. */
  readonly owner: (bookId: string | undefined) => string | undefined;
  readonly contract: (accountId: string) => BookContract | undefined;
  readonly usage: (accountId: string) => BookUsage | undefined;
  /** Contact record id of the referrer, where the book says that a field on the deal knows it. */
  readonly referrerField: (opportunityId: string) => string | undefined;
  /** What the mail system told of a mail. */
  readonly mail: (activityId: string) => BookMail | undefined;
  readonly otherEmails: (contactId: string) => readonly string[] | undefined;
  /** Whether the account has a pipeline of its own for renewals. */
  readonly renewalPipeline: boolean;
}

/** Instants of the book may lack milliseconds; HubSpot prints them always. */
const instant = (text: string) => (text.length === 20 ? `${text.slice(0, 19)}.000Z` : new Date(text).toISOString());

type Fields<Row> = Readonly<Record<string, (row: Row, see: Seeing) => string | number | boolean | undefined>>;

export const companyFields: Fields<BookAccount> = {
  name: (account) => account.name,
  domain: (account) => account.domain,
  website: (account) => account.domain,
  lifecyclestage: (account) =>
    ({ customer: 'customer', prospect: 'lead', partner: 'other', test: 'other' })[account.type],
  type: (account) => ({ customer: undefined, prospect: 'PROSPECT', partner: 'PARTNER', test: undefined })[account.type],
  test_account: (account) => (account.type === 'test' ? true : undefined),
  hubspot_owner_id: (account, see) => see.owner(account.ownerId),
  industry: (account) => account.industry?.toUpperCase().replace(/[^A-Z0-9]+/g, '_'),
  country: (account) => account.country,
  numberofemployees: (account) => account.employees,
  annualrevenue: (account) => account.annualRevenue,
  hs_annual_revenue_currency_code: (account) => (account.annualRevenue === undefined ? undefined : account.currency),
  contract_status: (account, see) => see.contract(account.id)?.status,
  contract_start: (account, see) => see.contract(account.id)?.startsOn,
  renewal_date: (account, see) => see.contract(account.id)?.endsOn,
  contract_value: (account, see) => see.contract(account.id)?.annualValue,
  notice_period_days: (account, see) => see.contract(account.id)?.noticeDays,
  auto_renewal: (account, see) => see.contract(account.id)?.autoRenews,
  notice_given_on: (account, see) => see.contract(account.id)?.noticeGivenOn,
  seats_bought: (account, see) => see.usage(account.id)?.seatsBought,
  seats_used: (account, see) => see.usage(account.id)?.seatsUsed,
  usage_events: (account, see) => see.usage(account.id)?.events,
  usage_period: (account, see) => see.usage(account.id)?.periodOn,
};

const buyingRoles: Readonly<Record<string, string>> = {
  'decision maker': 'DECISION_MAKER',
  champion: 'CHAMPION',
  user: 'END_USER',
  billing: 'BUDGET_HOLDER',
  sponsor: 'EXECUTIVE_SPONSOR',
  influencer: 'INFLUENCER',
};

export const contactFields: Fields<BookContact> = {
  firstname: (contact) => contact.firstName,
  lastname: (contact) => contact.lastName,
  email: (contact) => contact.email,
  hs_additional_emails: (contact, see) => see.otherEmails(contact.id)?.join(';'),
  phone: (contact) => contact.phone,
  jobtitle: (contact) => contact.title,
  hs_buying_role: (contact) => buyingRoles[contact.role ?? ''],
  contact_role: (contact) => contact.role,
};

const salesStage = {
  qualification: 'qualifiedtobuy',
  proposal: 'presentationscheduled',
  negotiation: 'contractsent',
  won: 'closedwon',
  lost: 'closedlost',
} as const;

const renewalStage = {
  qualification: '139820411',
  negotiation: '139820412',
  proposal: '139820413',
  won: '139820414',
  lost: '139820415',
} as const;

const inRenewals = (deal: BookOpportunity, see: Seeing) => deal.kind === 'renewal' && see.renewalPipeline;

export const dealFields: Fields<BookOpportunity> = {
  dealname: (deal) => deal.name,
  pipeline: (deal, see) => (inRenewals(deal, see) ? renewalPipelineId : 'default'),
  dealstage: (deal, see) => (inRenewals(deal, see) ? renewalStage : salesStage)[deal.stage],
  dealtype: (deal) => (deal.kind === 'new' ? 'newbusiness' : 'existingbusiness'),
  deal_motion: (deal) => deal.kind,
  amount: (deal) => deal.amount,
  deal_currency_code: (deal) => deal.currency,
  closedate: (deal) => (deal.closeOn === undefined ? undefined : `${deal.closeOn}T10:00:00.000Z`),
  hubspot_owner_id: (deal, see) => see.owner(deal.ownerId),
  lead_source: (deal) => deal.source,
  referred_by_contact: (deal, see) => see.referrerField(deal.id),
};

export const dealLineFields: Fields<BookOpportunityLine> = {
  name: (line) => line.product,
  quantity: (line) => line.quantity,
  price: (line) => line.unitPrice,
};

const fulfillment = { open: 'Open', shipped: 'Shipped', delivered: 'Delivered', cancelled: 'Cancelled' } as const;

export const orderFields: Fields<BookOrder> = {
  hs_order_name: (order) => `Order ${order.number}`,
  hs_external_order_id: (order) => order.number,
  hs_external_order_status: (order) => order.status,
  hs_fulfillment_status: (order) => fulfillment[order.status],
  hs_external_created_date: (order) => `${order.orderedOn}T00:00:00.000Z`,
  ordered_on: (order) => order.orderedOn,
  promised_date: (order) => order.promisedOn,
  shipped_date: (order) => order.shippedOn,
  hs_total_price: (order) => order.amount,
  hs_currency_code: (order) => order.currency,
  hubspot_owner_id: (order, see) => see.owner(order.ownerId),
};

export const orderLineFields: Fields<BookOrderLine> = {
  name: (line) => line.product,
  quantity: (line) => line.quantity,
  price: (line) => line.unitPrice,
  hs_discount_percentage: (line) =>
    line.discount === undefined ? undefined : Math.round(line.discount * 10_000) / 100,
  line_kind: (line) => line.kind,
  promised_date: (line) => line.promisedOn,
  shipped_date: (line) => line.shippedOn,
  delivered_date: (line) => line.deliveredOn,
  accepted_date: (line) => line.acceptedOn,
  delivered_quantity: (line) => line.deliveredQuantity,
  accepted_quantity: (line) => line.acceptedQuantity,
};

export const ticketFields: Fields<BookTicket> = {
  subject: (ticket) => ticket.subject,
  hs_pipeline: () => '0',
  hs_pipeline_stage: (ticket) => ({ open: '1', waiting: '2', closed: '4' })[ticket.status],
  hs_ticket_priority: (ticket) => ticket.priority.toUpperCase(),
  closed_date: (ticket) => ticket.closedAt,
  escalated: (ticket) => ticket.escalated,
};

const common: Fields<BookActivity> = {
  hs_timestamp: (activity) => instant(activity.occurredAt),
  hubspot_owner_id: (activity, see) => see.owner(activity.ownerId),
};

/** `Ana Berg <ana@example.com>` in parts. */
function personOf(text: string): { readonly email: string; readonly firstName?: string; readonly lastName?: string } {
  const [, name = '', address = text] = /^(.*) <(.*)>$/.exec(text) ?? [];
  const [firstName = '', ...rest] = name.split(' ');
  return { email: address, ...(name !== '' && { firstName, lastName: rest.join(' ') }) };
}

/** The headers as one JSON text, and beside it each role as lists divided by semicolons. */
export const mailFields: Fields<BookActivity> = {
  hs_email_headers: ({ id }, see) => {
    const mail = see.mail(id);
    if (mail === undefined) return undefined;
    const { from, to, cc } = mail;
    return JSON.stringify({ from: personOf(from), to: to.map(personOf), cc: cc.map(personOf), bcc: [] });
  },
  hs_email_thread_id: ({ id }, see) => see.mail(id)?.thread,
  ...Object.fromEntries(
    (['from', 'to', 'cc'] as const).flatMap((role) =>
      (['email', 'firstName', 'lastName'] as const).map((part) => [
        `hs_email_${role}_${part.toLowerCase()}`,
        ({ id }: BookActivity, see: Seeing) => {
          const people = [see.mail(id)?.[role] ?? []].flat().map((text) => personOf(text)[part] ?? '');
          return people.some((it) => it !== '') ? people.join(';') : undefined;
        },
      ]),
    ),
  ),
};

export const activityFields: Readonly<
  Record<BookActivity['kind'], { readonly object: string; readonly fields: Fields<BookActivity> }>
> = {
  call: {
    object: 'calls',
    fields: {
      ...common,
      hs_call_title: (activity) => activity.subject,
      hs_call_direction: (activity) => activity.direction?.toUpperCase(),
      hs_call_status: () => 'COMPLETED',
    },
  },
  email: {
    object: 'emails',
    fields: {
      ...common,
      hs_email_subject: (activity) => activity.subject,
      hs_email_direction: (activity) => (activity.direction === 'inbound' ? 'INCOMING_EMAIL' : 'EMAIL'),
      hs_email_status: () => 'SENT',
    },
  },
  meeting: {
    object: 'meetings',
    fields: {
      ...common,
      hs_meeting_title: (activity) => activity.subject,
      hs_meeting_start_time: (activity) => instant(activity.occurredAt),
      hs_meeting_outcome: () => 'COMPLETED',
    },
  },
  note: { object: 'notes', fields: { ...common, hs_note_body: (activity) => activity.subject } },
  task: {
    object: 'tasks',
    fields: {
      ...common,
      hs_task_subject: (activity) => activity.subject,
      hs_task_status: () => 'COMPLETED',
      hs_task_type: () => 'TODO',
    },
  },
};

const npsGroup = (score: number) => (score >= 9 ? 'PROMOTER' : score >= 7 ? 'PASSIVE' : 'DETRACTOR');

export const surveyFields: Fields<BookSurvey> = {
  hs_survey_type: (survey) => survey.kind.toUpperCase(),
  hs_survey_name: (survey) => `${survey.kind.toUpperCase()} survey`,
  hs_value: (survey) => survey.score,
  hs_submission_timestamp: (survey) => instant(survey.respondedAt),
  hs_response_group: (survey) => (survey.kind === 'nps' ? npsGroup(survey.score) : undefined),
};

/** The label pair by which the customer links a referred contact to the one who referred it (Professional and above). */
export const referralLabels = {
  typeId: 36,
  inverseTypeId: 37,
  label: 'Referred by',
  inverseLabel: 'Referred',
} as const;
