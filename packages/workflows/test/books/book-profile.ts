import type { OrgProfile } from '@holdfast/core';

/** The profile of the two public books: their own words stand for themselves. */
export const BOOK_PROFILE: OrgProfile = {
  orgId: 'books-1',
  confirmedAt: 0,
  book: { lifecycles: { customer: 'customer' }, blank: 'other', wonOpportunity: true, activeContract: true, pilot: [] },
  opportunities: {
    stages: { Prospecting: 'open', Engaging: 'open', Won: 'won', Lost: 'lost' },
    pipelines: {},
    types: { sale: 'new' },
  },
  tickets: { stages: { closed: 'closed' }, urgent: ['urgent'] },
  contracts: { statuses: { active: 'active', ended: 'ended' } },
  orders: { statuses: { delivered: 'delivered' } },
  referralSources: [],
  unit: 'record',
  currency: 'USD',
  rates: {},
  timeZone: 'UTC',
  fiscalYearStartMonth: 1,
};
