import { CONFIRMATIONS, type Codec, type Id, REFERRAL_CREDITS, REFERRAL_STATES, REWARD_STATES } from '@holdfast/core';
import { accountId, contactId, day, leadId, money, oneOf, opportunityId, text } from '../codecs.ts';
import { LEAD_LOOKUP, PROSPECT_LOOKUP, REFERRAL, referralName } from '../referral-object.ts';
import { field, fields, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

const KEY = referralName('key');
const own = <T>(domainField: string, codec: Codec<T>) => field(referralName(domainField), codec);

/**
 * The referrals that Holdfast made. A prospect is a contact or, before there is one, a lead; what Salesforce made of a
 * converted lead is read beside it, since the lookup goes on naming the lead.
 */
export const referral = {
  sources: [
    {
      object: REFERRAL,
      requires: KEY,
      where: { [KEY]: '!= NULL' },
      parents: { Lead__r: 'Lead' },
      fields: {
        ...stamps,
        key: own('key', text),
        state: own('state', oneOf(REFERRAL_STATES)),
        credit: own('credit', oneOf(REFERRAL_CREDITS)),
        claimedOn: own('claimedOn', day),
        protectedUntilOn: own('protectedUntilOn', day),
        decisionReason: own('decisionReason', text),
        policyVersion: own('policyVersion', text),
        rewardState: own('rewardState', oneOf(REWARD_STATES)),
        rewardAmount: own('rewardAmount', money),
        advocateConfirmed: own('advocateConfirmed', oneOf(CONFIRMATIONS)),
        prospectConfirmed: own('prospectConfirmed', oneOf(CONFIRMATIONS)),
        advocateId: own('advocateId', contactId),
        advocateAccountId: own('advocateAccountId', accountId),
        prospectId: fields<Id | null>(
          [PROSPECT_LOOKUP, LEAD_LOOKUP],
          (raw, context) => contactId.decode(raw[PROSPECT_LOOKUP], context) ?? leadId.decode(raw[LEAD_LOOKUP], context),
        ),
        accountId: own('accountId', accountId),
        opportunityId: own('opportunityId', opportunityId),
        convertedContactId: field('Lead__r.ConvertedContactId', contactId),
        convertedAccountId: field('Lead__r.ConvertedAccountId', accountId),
        convertedOpportunityId: field('Lead__r.ConvertedOpportunityId', opportunityId),
      },
    },
  ],
} as const satisfies SalesforceMap<'referral'>;
