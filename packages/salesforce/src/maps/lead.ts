import { REFERRAL_STATES } from '@holdfast/core';
import { accountId, contactId, oneOf, opportunityId, ownerId, text } from '../codecs.ts';
import { field, nameIt, owned, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/**
 * Lead, and of all leads only those that have to do with a referral: whose source or own lookup says so, and those that
 * carry our state, so that one whose source is corrected later is still seen. SOQL takes no semi-join beside an OR: a lead
 * that only a referral record names is not among them.
 */
export const lead = {
  sources: [
    {
      object: 'Lead',
      anyOf: { source: "LIKE '%referral%'", referredById: '!= NULL', referralState: '!= NULL' },
      fields: {
        ...stamps,
        name: field('Name', text),
        email: field('Email', text),
        ownerId: field('OwnerId', ownerId),
        source: field('LeadSource', text),
        referredById: nameIt('lead', 'referredById'),
        convertedContactId: field('ConvertedContactId', contactId),
        convertedAccountId: field('ConvertedAccountId', accountId),
        convertedOpportunityId: field('ConvertedOpportunityId', opportunityId),
        referralState: owned('lead', 'referralState', oneOf(REFERRAL_STATES)),
      },
    },
  ],
} as const satisfies SalesforceMap<'lead'>;
