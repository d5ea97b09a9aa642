import { REFERRAL_CREDITS, REFERRAL_STATES } from '@holdfast/core';
import { accountId, day, money, oneOf, ownerId, text } from '../codecs.ts';
import { children, field, nameIt, owned, stamps, unmapped } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** Opportunity, with its contacts in the same query; its lines are the entity orderLine. */
export const opportunity = {
  sources: [
    {
      object: 'Opportunity',
      fields: {
        ...stamps,
        accountId: field('AccountId', accountId),
        ownerId: field('OwnerId', ownerId),
        contactIds: children('contact', 'OpportunityContactRoles'),
        name: field('Name', text),
        pipeline: unmapped('Salesforce has one list of stages and no pipelines'),
        stage: field('StageName', text),
        type: field('Type', text),
        amount: field('Amount', money),
        closeOn: field('CloseDate', day),
        source: field('LeadSource', text),
        referredById: nameIt('opportunity', 'referredById'),
        referralState: owned('opportunity', 'referralState', oneOf(REFERRAL_STATES)),
        referralCredit: owned('opportunity', 'referralCredit', oneOf(REFERRAL_CREDITS)),
      },
    },
  ],
} as const satisfies SalesforceMap<'opportunity'>;
