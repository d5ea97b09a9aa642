import type { Answers } from '../init/answers.ts';
import type { SandboxCrm } from './make-emulator.ts';

/**
 * What the people of the made-up company answer when `init` asks: where they keep what their CRM has no standard
 * field for, and what their own words mean.
 */
export const DEMO_ANSWERS: Readonly<Record<SandboxCrm, Answers>> = {
  hubspot: {
    options: {
      fields: {
        account: {
          renewalOn: 'renewal_date',
          recurring: 'contract_value',
          noticeGivenOn: 'notice_given_on',
          seatsBought: 'seats_bought',
          seatsUsed: 'seats_used',
        },
        opportunity: { type: 'deal_motion', source: 'lead_source', referredById: 'referred_by_contact' },
        order: {
          status: 'hs_external_order_status',
          orderedOn: 'ordered_on',
          promisedOn: 'promised_date',
          shippedOn: 'shipped_date',
        },
        orderLine: {
          promisedOn: 'promised_date',
          shippedOn: 'shipped_date',
          deliveredOn: 'delivered_date',
          acceptedOn: 'accepted_date',
          deliveredQuantity: 'delivered_quantity',
          acceptedQuantity: 'accepted_quantity',
        },
        ticket: { escalated: 'escalated' },
      },
    },
    pipelines: { default: 'new', '71205318': 'renewal' },
    types: { new: 'new', renewal: 'renewal', expansion: 'expansion' },
    orderStatuses: { open: 'open', shipped: 'shipped', delivered: 'delivered', cancelled: 'cancelled' },
    urgentPriorities: ['URGENT'],
    referralSources: ['Referral', 'Partner Referral'],
  },
  salesforce: {},
};
