import { CONFIDENCES, type EntityMap, HEALTH_BANDS, MAIN_REASONS, MANAGER_VIEWS } from '@holdfast/core';
import { day, flag, idOf, instant, integer, money, number, oneOf, text } from '../codecs.ts';
import { field, namedByYou } from './rules.ts';

/** An account is a company. */
export const account = {
  sources: [
    {
      object: 'company',
      fields: {
        createdAt: field('createdate', instant),
        updatedAt: field('hs_lastmodifieddate', instant),
        name: field('name', text),
        domain: field('domain', text),
        lifecycle: field('lifecyclestage', text),
        industry: field('industry', text),
        country: field('country', text),
        // a person's estimate: 12.5 is no reason to lose the company
        employees: field('numberofemployees', number),
        ownerId: field('hubspot_owner_id', idOf('owner')),
        currency: namedByYou("the account's currency"),
        renewalOn: namedByYou('the renewal date'),
        recurring: namedByYou('the recurring amount per year'),
        noticeGivenOn: namedByYou('the day notice was given'),
        churnedOn: namedByYou('the day the customer left'),
        seatsBought: namedByYou('the seats bought'),
        seatsUsed: namedByYou('the seats used'),
        excluded: field('holdfast_excluded', flag),
        managerView: field('holdfast_manager_view', oneOf(MANAGER_VIEWS)),
        healthScore: field('holdfast_health_score', integer),
        healthBand: field('holdfast_health_band', oneOf(HEALTH_BANDS)),
        bandSince: field('holdfast_band_since', day),
        mainReason: field('holdfast_main_reason', oneOf(MAIN_REASONS)),
        reasons: field('holdfast_reasons', text),
        nextStep: field('holdfast_next_step', text),
        revenueAtRisk: field('holdfast_revenue_at_risk', money),
        // HubSpot holds 0.12 for 12 %, as core does
        churnProbability: field('holdfast_churn_probability', number),
        confidence: field('holdfast_confidence', oneOf(CONFIDENCES)),
      },
    },
  ],
} as const satisfies EntityMap<'account'>;
