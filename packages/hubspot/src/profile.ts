import type { CrmModule } from '@holdfast/core';

/** The profile that `init` starts from: HubSpot's own standard words. A person confirms it beside the portal's own. */
export const hubspotProfile: CrmModule['profile'] = {
  book: {
    lifecycles: {
      subscriber: 'prospect',
      lead: 'prospect',
      marketingqualifiedlead: 'prospect',
      salesqualifiedlead: 'prospect',
      opportunity: 'prospect',
      customer: 'customer',
      evangelist: 'customer',
      other: 'other',
    },
    blank: 'other',
    wonOpportunity: false,
    activeContract: false,
    pilot: [],
  },
  opportunities: {
    stages: {
      'default/appointmentscheduled': 'open',
      'default/qualifiedtobuy': 'open',
      'default/presentationscheduled': 'open',
      'default/decisionmakerboughtin': 'open',
      'default/contractsent': 'open',
      'default/closedwon': 'won',
      'default/closedlost': 'lost',
    },
    pipelines: { default: 'new' },
    types: { newbusiness: 'new', existingbusiness: 'expansion' },
  },
  tickets: { stages: { '1': 'open', '2': 'open', '3': 'open', '4': 'closed' }, urgent: ['HIGH', 'URGENT'] },
  contracts: { statuses: {} },
  orders: { statuses: {} },
  referralSources: [],
  unit: 'record',
  rates: {},
  fiscalYearStartMonth: 1,
};
