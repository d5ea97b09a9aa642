import type { OrgProfile } from '@holdfast/core';

/** The profile of a generated book: its own words stand for themselves. */
export const HONEST_PROFILE: OrgProfile = {
  orgId: 'honest-1',
  confirmedAt: 0,
  book: {
    lifecycles: { customer: 'customer', prospect: 'prospect', partner: 'partner', test: 'test' },
    blank: 'other',
    wonOpportunity: true,
    activeContract: true,
    pilot: [],
  },
  opportunities: {
    stages: { qualification: 'open', proposal: 'open', negotiation: 'open', won: 'won', lost: 'lost' },
    pipelines: {},
    types: { new: 'new', renewal: 'renewal', expansion: 'expansion' },
  },
  tickets: { stages: { open: 'open', waiting: 'open', closed: 'closed' }, urgent: ['urgent'] },
  contracts: { statuses: { draft: 'draft', active: 'active', ended: 'ended', terminated: 'terminated' } },
  orders: { statuses: { open: 'open', shipped: 'shipped', delivered: 'delivered', cancelled: 'cancelled' } },
  referralSources: ['Referral'],
  unit: 'record',
  currency: 'USD',
  rates: {},
  timeZone: 'UTC',
  fiscalYearStartMonth: 1,
};
