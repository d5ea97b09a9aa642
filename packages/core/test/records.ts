import type { OrgProfile } from '../src/model/profile.ts';
import type {
  Account,
  Activity,
  Contact,
  ContactRole,
  Contract,
  Lead,
  Opportunity,
  Order,
  OrderLine,
  ReferralLink,
  SurveyResponse,
  Ticket,
  Usage,
} from '../src/model/types.ts';
import type { BookIndexes } from '../src/snapshot/book-indexes.ts';
import type { AccountRecords, AccountSlice } from '../src/snapshot/slice.ts';

/** Noon UTC of a day: tests speak in days. */
export const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
export const eur = (major: number) => ({ minor: Math.round(major * 100), currency: 'EUR' });

const dated = { createdAt: null, updatedAt: null };

export const anAccount = (set: Partial<Account> = {}): Account => ({
  ...dated,
  id: 'account:1',
  name: 'Alder Tools',
  domain: null,
  lifecycle: 'customer',
  industry: null,
  country: null,
  employees: null,
  ownerId: null,
  currency: null,
  renewalOn: null,
  recurring: null,
  noticeGivenOn: null,
  churnedOn: null,
  seatsBought: null,
  seatsUsed: null,
  excluded: null,
  managerView: null,
  healthScore: null,
  healthBand: null,
  bandSince: null,
  mainReason: null,
  reasons: null,
  nextStep: null,
  revenueAtRisk: null,
  churnProbability: null,
  confidence: null,
  ...set,
});
export const aContact = (set: Partial<Contact> = {}): Contact => ({
  ...dated,
  id: 'contact:1',
  name: null,
  email: null,
  title: null,
  ownerId: null,
  referredById: null,
  doNotAsk: null,
  advocateStatus: null,
  lastAskedOn: null,
  referralsWon: null,
  ...set,
});
export const aLead = (set: Partial<Lead> = {}): Lead => ({
  ...dated,
  ...{ id: 'lead:1', name: null, email: null, ownerId: null, source: null, referredById: null, referralState: null },
  ...{ convertedContactId: null, convertedAccountId: null, convertedOpportunityId: null },
  ...set,
});
export const aRole = (contactId: string, accountId: string, set: Partial<ContactRole> = {}): ContactRole => ({
  ...dated,
  id: `role:${contactId}-${accountId}`,
  accountId,
  contactId,
  role: null,
  isPrimary: true,
  ...set,
});
export const anOpportunity = (set: Partial<Opportunity> = {}): Opportunity => ({
  ...dated,
  id: 'opportunity:1',
  accountId: 'account:1',
  ownerId: null,
  contactIds: [],
  name: null,
  pipeline: null,
  stage: 'talking',
  type: 'new business',
  amount: null,
  closeOn: null,
  source: null,
  referredById: null,
  referralState: null,
  referralCredit: null,
  ...set,
});
export const aContract = (set: Partial<Contract> = {}): Contract => ({
  ...dated,
  id: 'contract:1',
  accountId: 'account:1',
  status: 'signed',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  noticeDays: null,
  autoRenews: null,
  annual: null,
  noticeGivenOn: null,
  ...set,
});
export const anOrder = (set: Partial<Order> = {}): Order => ({
  ...dated,
  id: 'order:1',
  accountId: 'account:1',
  number: null,
  status: null,
  orderedOn: null,
  promisedOn: null,
  shippedOn: null,
  amount: null,
  ...set,
});
export const aLine = (set: Partial<OrderLine> = {}): OrderLine => ({
  ...dated,
  id: 'line:1',
  opportunityId: null,
  orderId: 'order:1',
  product: null,
  quantity: null,
  unitPrice: null,
  discount: null,
  promisedOn: null,
  shippedOn: null,
  deliveredOn: null,
  acceptedOn: null,
  deliveredQuantity: null,
  acceptedQuantity: null,
  ...set,
});
export const aTicket = (set: Partial<Ticket> = {}): Ticket => ({
  ...dated,
  id: 'ticket:1',
  accountId: 'account:1',
  contactId: null,
  subject: null,
  priority: null,
  stage: 'waiting',
  escalated: null,
  openedAt: null,
  closedAt: null,
  ...set,
});
export const anActivity = (set: Partial<Activity> = {}): Activity => ({
  ...dated,
  id: 'activity:1',
  accountId: 'account:1',
  contactIds: [],
  ownerId: null,
  kind: 'call',
  direction: null,
  occurredAt: null,
  byUs: false,
  ...set,
});
export const anAnswer = (set: Partial<SurveyResponse> = {}): SurveyResponse => ({
  ...dated,
  id: 'survey:1',
  accountId: 'account:1',
  contactId: null,
  kind: 'nps',
  score: 8,
  respondedAt: at('2026-06-01'),
  ...set,
});
export const aUsage = (set: Partial<Usage> = {}): Usage => ({
  ...dated,
  id: 'usage:1',
  accountId: 'account:1',
  periodOn: '2026-05-01',
  seatsBought: null,
  seatsUsed: null,
  events: null,
  ...set,
});
export const aLink = (referrerId: string, referredId: string, day: string | null): ReferralLink => ({
  ...dated,
  id: `link:${referrerId}-${referredId}`,
  referrerId,
  referredId,
  claimedAt: day === null ? null : at(day),
});

export const recordsOf = (set: Partial<AccountRecords> = {}): AccountRecords => ({
  account: anAccount(),
  owner: null,
  parentId: null,
  childIds: [],
  contacts: [],
  roles: [],
  opportunities: [],
  contracts: [],
  orders: [],
  orderLines: [],
  tickets: [],
  activities: [],
  surveys: [],
  usage: [],
  ...set,
});
export const sliceOf = (day: string, set: Partial<AccountRecords> = {}): AccountSlice => ({
  ...recordsOf(set),
  asOf: at(day),
  role: 'customer',
});

/** A profile in words of no CRM's. */
export const profile: OrgProfile = {
  orgId: 'org-1',
  confirmedAt: 1,
  book: {
    lifecycles: { customer: 'customer', lead: 'prospect', reseller: 'partner', trial: 'test', rest: 'other' },
    blank: 'other',
    wonOpportunity: true,
    activeContract: true,
    pilot: [],
  },
  opportunities: {
    stages: { talking: 'open', signed: 'won', gone: 'lost', 'renewals/talking': 'open', 'renewals/signed': 'won' },
    pipelines: { renewals: 'renewal' },
    types: { 'new business': 'new', renewal: 'renewal', more: 'expansion', internal: 'ignored' },
  },
  tickets: { stages: { waiting: 'open', done: 'closed' }, urgent: ['urgent'] },
  contracts: { statuses: { draft: 'draft', signed: 'active', over: 'ended', broken: 'terminated' } },
  orders: { statuses: { new: 'open', sent: 'shipped', void: 'cancelled' } },
  referralSources: ['Word of mouth'],
  unit: 'record',
  currency: 'EUR',
  rates: { USD: { rate: 0.9, on: '2026-06-01' }, JPY: { rate: 0.006, on: '2026-06-01' } },
  timeZone: 'UTC',
  fiscalYearStartMonth: 1,
};

/** Indexes of a book that keeps every kind of record. */
export const indexes: BookIndexes = {
  holds: new Set([
    'owner',
    'opportunity',
    'contract',
    'order',
    'orderLine',
    'ticket',
    'activity',
    'surveyResponse',
    'usage',
  ]),
  parents: new Map(),
  referrers: new Map(),
  leaving: new Set(),
  duplicates: new Map(),
};
