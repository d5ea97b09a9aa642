import { type EntityMap, REFERRAL_CREDITS, REFERRAL_STATES } from '@holdfast/core';
import { amount, day, held, idOf, instant, oneOf, text } from '../codecs.ts';
import { field, fields, linksTo, linkTo, namedByYou } from './rules.ts';

/** An opportunity is a deal; its kind (new, renewal, expansion) is said by the profile, from pipeline and type. */
export const opportunity = {
  sources: [
    {
      object: 'deal',
      fields: {
        createdAt: field('createdate', instant),
        updatedAt: field('hs_lastmodifieddate', instant),
        accountId: linkTo('account'),
        ownerId: field('hubspot_owner_id', idOf('owner')),
        contactIds: linksTo('contact'),
        name: field('dealname', text),
        pipeline: field('pipeline', text),
        stage: field('dealstage', text),
        type: field('dealtype', text),
        amount: fields(['amount', 'deal_currency_code'], (raw, context) => {
          const value = held(raw['amount']);
          return value === null ? null : amount(value, held(raw['deal_currency_code']) ?? context.currency);
        }),
        closeOn: field('closedate', day),
        source: field('hs_analytics_source', text),
        referredById: namedByYou('the contact who referred a deal'),
        referralState: field('holdfast_referral_state', oneOf(REFERRAL_STATES)),
        referralCredit: field('holdfast_referral_credit', oneOf(REFERRAL_CREDITS)),
      },
    },
  ],
} as const satisfies EntityMap<'opportunity'>;
