/** The two CRMs that this example plays. */
export type Crm = 'hubspot' | 'salesforce';

/**
 * What the company's people answer when `holdfast init` asks: the fields of their own in which they keep the days of
 * an order, and what their order statuses mean. This is a `--answers` file.
 */
export const ANSWERS: Readonly<Record<Crm, object>> = {
  hubspot: {
    options: {
      fields: {
        order: {
          status: 'hs_external_order_status',
          orderedOn: 'ordered_on',
          promisedOn: 'promised_date',
          shippedOn: 'shipped_date',
        },
        orderLine: { promisedOn: 'promised_date', shippedOn: 'shipped_date' },
      },
    },
    orderStatuses: { open: 'open', shipped: 'shipped' },
  },
  salesforce: {
    options: {
      fields: {
        order: { promisedOn: 'Promised_Date__c', shippedOn: 'Shipped_Date__c' },
        orderLine: {
          discount: 'OrderItem.Discount__c',
          promisedOn: 'OrderItem.Promised_Date__c',
          shippedOn: 'OrderItem.Shipped_Date__c',
        },
      },
    },
    orderStatuses: { Activated: 'open', Shipped: 'shipped' },
  },
};
