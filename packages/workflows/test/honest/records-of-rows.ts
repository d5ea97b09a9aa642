import type {
  Account,
  Activity,
  Contact,
  ContactRole,
  Contract,
  Opportunity,
  Order,
  OrderLine,
  Owner,
  SurveyResponse,
  Ticket,
  Usage,
} from '@holdfast/core';
import type { Book } from '@holdfast/sandbox';

type Row<T extends keyof Book> = Book[T][number];
type Dated = { readonly createdAt: string; readonly updatedAt: string };

const at = (instant: string): number => Date.parse(instant);
const dated = (row: Dated) => ({ createdAt: at(row.createdAt), updatedAt: at(row.updatedAt) });
const money = (major: number | undefined) =>
  major === undefined ? null : { minor: Math.round(major * 100), currency: 'USD' };
const link = (entity: string, id: string | undefined) => (id === undefined ? null : `${entity}:${id}`);

const NOTHING_WRITTEN = {
  ...{ healthScore: null, healthBand: null, bandSince: null, mainReason: null, reasons: null, nextStep: null },
  ...{ revenueAtRisk: null, churnProbability: null, confidence: null },
} as const;

/** A row of a book as the record that an adapter would read: every function maps one table, field by field. */
export const recordOf = {
  owners: (it: Row<'owners'>): Owner => ({ ...it, id: `owner:${it.id}`, createdAt: null, updatedAt: null }),
  accounts: (it: Row<'accounts'>): Account => ({
    ...dated(it),
    ...NOTHING_WRITTEN,
    ...{ renewalOn: null, recurring: null, noticeGivenOn: null, churnedOn: null, seatsBought: null, seatsUsed: null },
    ...{ excluded: null, managerView: null },
    id: `account:${it.id}`,
    name: it.name,
    domain: it.domain ?? null,
    lifecycle: it.type,
    industry: it.industry ?? null,
    country: it.country ?? null,
    employees: it.employees ?? null,
    ownerId: link('owner', it.ownerId),
    currency: it.currency ?? null,
  }),
  contacts: (it: Row<'contacts'>): Contact => ({
    ...dated(it),
    ...{
      ownerId: null,
      referredById: null,
      doNotAsk: null,
      advocateStatus: null,
      lastAskedOn: null,
      referralsWon: null,
    },
    id: `contact:${it.id}`,
    name: `${it.firstName ?? ''} ${it.lastName ?? ''}`,
    email: it.email ?? null,
    title: it.title ?? null,
  }),
  opportunities: (it: Row<'opportunities'>): Opportunity => ({
    ...dated(it),
    ...{ pipeline: null, referredById: null, referralState: null, referralCredit: null },
    id: `opportunity:${it.id}`,
    accountId: link('account', it.accountId),
    ownerId: link('owner', it.ownerId),
    contactIds: (it.contactIds ?? []).map((id) => `contact:${id}`),
    name: it.name,
    stage: it.stage,
    type: it.kind,
    amount: money(it.amount),
    closeOn: it.closeOn ?? null,
    source: it.source ?? null,
  }),
  opportunityLines: (it: Row<'opportunityLines'>): OrderLine => ({
    ...dated(it),
    ...{ orderId: null, discount: null, promisedOn: null, shippedOn: null, deliveredOn: null, acceptedOn: null },
    ...{ deliveredQuantity: null, acceptedQuantity: null },
    id: `line:${it.id}`,
    opportunityId: `opportunity:${it.opportunityId}`,
    product: it.product,
    quantity: it.quantity,
    unitPrice: money(it.unitPrice),
  }),
  contracts: (it: Row<'contracts'>): Contract => ({
    ...dated(it),
    id: `contract:${it.id}`,
    accountId: `account:${it.accountId}`,
    status: it.status,
    startsOn: it.startsOn,
    endsOn: it.endsOn,
    noticeDays: it.noticeDays ?? null,
    autoRenews: it.autoRenews ?? null,
    annual: money(it.annualValue),
    noticeGivenOn: it.noticeGivenOn ?? null,
  }),
  orders: (it: Row<'orders'>): Order => ({
    ...dated(it),
    id: `order:${it.id}`,
    accountId: link('account', it.accountId),
    number: it.number,
    status: it.status,
    orderedOn: it.orderedOn,
    promisedOn: it.promisedOn ?? null,
    shippedOn: it.shippedOn ?? null,
    amount: money(it.amount),
  }),
  orderLines: (it: Row<'orderLines'>): OrderLine => ({
    ...dated(it),
    id: `line:${it.id}`,
    opportunityId: null,
    orderId: `order:${it.orderId}`,
    product: it.product,
    quantity: it.quantity,
    unitPrice: money(it.unitPrice),
    discount: it.discount ?? null,
    promisedOn: it.promisedOn ?? null,
    shippedOn: it.shippedOn ?? null,
    deliveredOn: it.deliveredOn ?? null,
    acceptedOn: it.acceptedOn ?? null,
    deliveredQuantity: it.deliveredQuantity ?? null,
    acceptedQuantity: it.acceptedQuantity ?? null,
  }),
  tickets: (it: Row<'tickets'>): Ticket => ({
    createdAt: at(it.openedAt),
    updatedAt: at(it.updatedAt),
    id: `ticket:${it.id}`,
    accountId: link('account', it.accountId),
    contactId: link('contact', it.contactId),
    subject: it.subject,
    priority: it.priority,
    stage: it.status,
    escalated: it.escalated ?? false,
    openedAt: at(it.openedAt),
    closedAt: it.closedAt === undefined ? null : at(it.closedAt),
  }),
  activities: (it: Row<'activities'>): Activity => ({
    ...dated(it),
    id: `activity:${it.id}`,
    accountId: link('account', it.accountId),
    contactIds: (it.contactIds ?? []).map((id) => `contact:${id}`),
    ownerId: link('owner', it.ownerId),
    kind: it.kind,
    direction: it.direction ?? null,
    occurredAt: at(it.occurredAt),
    byUs: false,
  }),
  surveys: (it: Row<'surveys'>): SurveyResponse => ({
    createdAt: at(it.respondedAt),
    updatedAt: at(it.respondedAt),
    id: `survey:${it.id}`,
    accountId: link('account', it.accountId),
    contactId: link('contact', it.contactId),
    kind: it.kind,
    score: it.score,
    respondedAt: at(it.respondedAt),
  }),
  usage: (it: Row<'usage'>): Usage => ({
    createdAt: at(it.recordedAt),
    updatedAt: at(it.recordedAt),
    id: `usage:${it.accountId} ${it.periodOn}`,
    accountId: `account:${it.accountId}`,
    periodOn: it.periodOn,
    seatsBought: it.seatsBought ?? null,
    seatsUsed: it.seatsUsed ?? null,
    events: it.events ?? null,
  }),
} as const;

/** A person's place in an account, as the adapters make it of the person's own row. */
export function roleOf(it: Row<'contacts'>): ContactRole {
  const accountId = `account:${it.accountId}`;
  const contactId = `contact:${it.id}`;
  return {
    ...dated(it),
    id: `role:${accountId}+${contactId}`,
    accountId,
    contactId,
    role: it.role ?? null,
    isPrimary: true,
  };
}
