import type { Id } from '@holdfast/core';
import { day, lookup, money, number, opportunityId, percent, text } from '../codecs.ts';
import { constant, field, nameIt, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

const none = constant<Id | null>(null);

/** What a line of goods or services shows in either object. */
const line = {
  ...stamps,
  product: field('Product2.Name', text),
  quantity: field('Quantity', number),
  unitPrice: field('UnitPrice', money),
  shippedOn: nameIt('orderLine', 'shippedOn'),
  deliveredOn: nameIt('orderLine', 'deliveredOn'),
  acceptedOn: nameIt('orderLine', 'acceptedOn'),
  deliveredQuantity: nameIt('orderLine', 'deliveredQuantity'),
  acceptedQuantity: nameIt('orderLine', 'acceptedQuantity'),
} as const;

/** OpportunityLineItem and OrderItem; ServiceDate is the day that the product is due. */
export const orderLine = {
  sources: [
    {
      object: 'OpportunityLineItem',
      fields: {
        ...line,
        opportunityId: field('OpportunityId', opportunityId),
        orderId: none,
        discount: field('Discount', percent),
        promisedOn: field('ServiceDate', day),
      },
    },
    {
      object: 'OrderItem',
      fields: {
        ...line,
        opportunityId: none,
        orderId: field('OrderId', lookup('Order', '801')),
        discount: nameIt('orderLine', 'discount'),
        promisedOn: field('ServiceDate', day),
      },
    },
  ],
} as const satisfies SalesforceMap<'orderLine'>;
