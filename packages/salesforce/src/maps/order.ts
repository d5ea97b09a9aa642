import { accountId, day, money, text } from '../codecs.ts';
import { field, nameIt, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** Order. EffectiveDate is the order's start; Salesforce keeps no promised or shipped day. */
export const order = {
  sources: [
    {
      object: 'Order',
      fields: {
        ...stamps,
        accountId: field('AccountId', accountId),
        number: field('OrderNumber', text),
        status: field('Status', text),
        orderedOn: field('EffectiveDate', day),
        promisedOn: nameIt('order', 'promisedOn'),
        shippedOn: nameIt('order', 'shippedOn'),
        amount: field('TotalAmount', money),
      },
    },
  ],
} as const satisfies SalesforceMap<'order'>;
