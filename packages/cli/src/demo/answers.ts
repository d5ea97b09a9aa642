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
  salesforce: {
    options: {
      fields: {
        account: { seatsBought: 'Seats_Bought__c', seatsUsed: 'Seats_Used__c' },
        activity: { direction: 'Direction__c' },
        contact: { referredById: 'Referred_By__c' },
        opportunity: { referredById: 'Referred_By__c' },
        contract: {
          annual: 'Annual_Value__c',
          noticeDays: 'Notice_Days__c',
          autoRenews: 'Auto_Renews__c',
          noticeGivenOn: 'Notice_Given_On__c',
        },
        order: { promisedOn: 'Promised_Date__c', shippedOn: 'Shipped_Date__c' },
        orderLine: {
          discount: 'OrderItem.Discount__c',
          promisedOn: 'OrderItem.Promised_Date__c',
          shippedOn: 'OrderItem.Shipped_Date__c',
          deliveredOn: 'OrderItem.Delivered_Date__c',
          acceptedOn: 'OrderItem.Accepted_Date__c',
          deliveredQuantity: 'OrderItem.Delivered_Quantity__c',
          acceptedQuantity: 'OrderItem.Accepted_Quantity__c',
        },
      },
      objects: {
        usage: {
          object: 'Product_Usage__c',
          fields: {
            accountId: 'Account__c',
            periodOn: 'Period_Start__c',
            seatsBought: 'Seats_Bought__c',
            seatsUsed: 'Seats_Used__c',
            events: 'Events__c',
          },
        },
        surveyResponse: {
          object: 'Survey_Response__c',
          fields: {
            accountId: 'Account__c',
            contactId: 'Contact__c',
            kind: 'Kind__c',
            score: 'Score__c',
            respondedAt: 'Responded_At__c',
          },
        },
      },
    },
    lifecycles: { Partner: 'partner', Test: 'test' },
    contractStatuses: { Expired: 'ended', Terminated: 'terminated' },
    orderStatuses: { Shipped: 'shipped', Delivered: 'delivered', Cancelled: 'cancelled' },
    ticketStages: { 'Waiting on Customer': 'open' },
    urgentPriorities: ['Urgent'],
    referralSources: ['Customer Referral', 'Partner Referral'],
  },
};
