import type { CrmModule } from '@holdfast/core';

/**
 * What the values of a new org mean, for `init` to propose and a person to confirm; an org's own values are laid
 * beside it. A new org has no opportunity type for renewals.
 */
export const profile: CrmModule['profile'] = {
  book: {
    lifecycles: {
      'Customer - Direct': 'customer',
      'Customer - Channel': 'customer',
      Customer: 'customer',
      Prospect: 'prospect',
      'Channel Partner / Reseller': 'partner',
      'Installation Partner': 'partner',
      'Technology Partner': 'partner',
      Other: 'other',
    },
    blank: 'other',
    wonOpportunity: true,
    activeContract: true,
    pilot: [],
  },
  opportunities: {
    stages: {
      Prospecting: 'open',
      Qualification: 'open',
      'Needs Analysis': 'open',
      'Value Proposition': 'open',
      'Id. Decision Makers': 'open',
      'Perception Analysis': 'open',
      'Proposal/Price Quote': 'open',
      'Negotiation/Review': 'open',
      'Closed Won': 'won',
      'Closed Lost': 'lost',
    },
    pipelines: {},
    types: {
      'New Customer': 'new',
      'New Business': 'new',
      Renewal: 'renewal',
      'Existing Customer - Replacement': 'renewal',
      'Existing Customer - Downgrade': 'renewal',
      'Existing Customer - Upgrade': 'expansion',
      'Existing Business': 'expansion',
    },
  },
  tickets: {
    stages: { New: 'open', Working: 'open', Escalated: 'open', 'On Hold': 'open', Closed: 'closed' },
    urgent: ['High', 'Critical', 'Urgent'],
  },
  contracts: { statuses: { Draft: 'draft', 'In Approval Process': 'draft', Activated: 'active' } },
  orders: { statuses: { Draft: 'open', Activated: 'open' } },
  referralSources: ['Partner Referral', 'Employee Referral', 'External Referral', 'Customer Referral', 'Referral'],
  unit: 'record',
  rates: {},
  fiscalYearStartMonth: 1,
};
