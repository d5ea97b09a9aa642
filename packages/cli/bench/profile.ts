import type { OrgProfile } from '@holdfast/core';

/** What the words of the bench book mean. */
export const benchProfile: OrgProfile = {
  orgId: 'bench',
  confirmedAt: 1,
  book: {
    lifecycles: { customer: 'customer', prospect: 'prospect', partner: 'partner' },
    blank: 'other',
    wonOpportunity: true,
    activeContract: true,
    pilot: [],
  },
  opportunities: {
    stages: { proposal: 'open', won: 'won', lost: 'lost' },
    pipelines: {},
    types: { new: 'new', renewal: 'renewal', expansion: 'expansion' },
  },
  tickets: { stages: {}, urgent: [] },
  contracts: { statuses: { active: 'active' } },
  orders: { statuses: {} },
  referralSources: [],
  unit: 'record',
  currency: 'USD',
  rates: {},
  timeZone: 'UTC',
  fiscalYearStartMonth: 1,
};
