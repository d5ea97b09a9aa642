import { CONFIDENCES, HEALTH_BANDS, MAIN_REASONS, MANAGER_VIEWS } from '@holdfast/core';
import { day, domain, flag, integer, money, number, oneOf, ownerId, percent, text } from '../codecs.ts';
import { field, fields, nameIt, owned, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** Account. AnnualRevenue is the customer's own turnover, not what it pays, so `recurring` is not read from it. */
export const account = {
  sources: [
    {
      object: 'Account',
      fields: {
        ...stamps,
        name: field('Name', text),
        domain: field('Website', domain),
        lifecycle: field('Type', text),
        industry: field('Industry', text),
        country: field('BillingCountry', text),
        employees: field('NumberOfEmployees', number),
        ownerId: field('OwnerId', ownerId),
        currency: fields<string | null>(['CurrencyIsoCode'], (_, context) => context.currency),
        renewalOn: nameIt('account', 'renewalOn'),
        recurring: nameIt('account', 'recurring'),
        noticeGivenOn: nameIt('account', 'noticeGivenOn'),
        churnedOn: nameIt('account', 'churnedOn'),
        seatsBought: nameIt('account', 'seatsBought'),
        seatsUsed: nameIt('account', 'seatsUsed'),
        excluded: owned('account', 'excluded', flag),
        managerView: owned('account', 'managerView', oneOf(MANAGER_VIEWS)),
        healthScore: owned('account', 'healthScore', integer),
        healthBand: owned('account', 'healthBand', oneOf(HEALTH_BANDS)),
        bandSince: owned('account', 'bandSince', day),
        mainReason: owned('account', 'mainReason', oneOf(MAIN_REASONS)),
        reasons: owned('account', 'reasons', text),
        nextStep: owned('account', 'nextStep', text),
        revenueAtRisk: owned('account', 'revenueAtRisk', money),
        churnProbability: owned('account', 'churnProbability', percent),
        confidence: owned('account', 'confidence', oneOf(CONFIDENCES)),
      },
    },
  ],
} as const satisfies SalesforceMap<'account'>;
