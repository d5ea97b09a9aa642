import { CONFIRMATIONS, type EntityMap, REFERRAL_CREDITS, REFERRAL_STATES, REWARD_STATES } from '@holdfast/core';
import { day, instant, money, oneOf, text } from '../codecs.ts';
import { field, labelledLink, linkTo, unmapped } from './rules.ts';

const fromTheStart = unmapped('A lead of HubSpot has its contact from the start');

/** The referrals that Holdfast made, an object of our own (Enterprise); who is who is said by the labels of its links. */
export const referral = {
  sources: [
    {
      object: 'holdfast_referral',
      fields: {
        createdAt: field('hs_createdate', instant),
        updatedAt: field('hs_lastmodifieddate', instant),
        key: field('holdfast_key', text),
        state: field('state', oneOf(REFERRAL_STATES)),
        credit: field('credit', oneOf(REFERRAL_CREDITS)),
        claimedOn: field('claimed_on', day),
        protectedUntilOn: field('protected_until', day),
        decisionReason: field('decision_reason', text),
        policyVersion: field('policy_version', text),
        rewardState: field('reward_state', oneOf(REWARD_STATES)),
        rewardAmount: field('reward_amount', money),
        advocateConfirmed: field('advocate_confirmed', oneOf(CONFIRMATIONS)),
        prospectConfirmed: field('prospect_confirmed', oneOf(CONFIRMATIONS)),
        advocateId: labelledLink('contact', 'Advocate'),
        advocateAccountId: labelledLink('account', 'Advocate account'),
        prospectId: labelledLink('contact', 'Prospect'),
        accountId: labelledLink('account', 'Prospect account'),
        opportunityId: linkTo('opportunity'),
        convertedContactId: fromTheStart,
        convertedAccountId: fromTheStart,
        convertedOpportunityId: fromTheStart,
      },
    },
  ],
} as const satisfies EntityMap<'referral'>;
