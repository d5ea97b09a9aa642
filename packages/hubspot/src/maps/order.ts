import type { EntityMap } from '@holdfast/core';
import { amount, day, held, instant, text } from '../codecs.ts';
import { field, fields, linkTo, namedByYou } from './rules.ts';

/** An order is an order of the commerce objects. */
export const order = {
  sources: [
    {
      object: 'order',
      fields: {
        createdAt: field('hs_createdate', instant),
        updatedAt: field('hs_lastmodifieddate', instant),
        accountId: linkTo('account'),
        number: field('hs_order_name', text),
        status: field('hs_fulfillment_status', text),
        orderedOn: field('hs_external_created_date', day),
        promisedOn: namedByYou('the day an order was promised for'),
        shippedOn: namedByYou('the day an order was shipped'),
        amount: fields(['hs_total_price', 'hs_currency_code'], (raw, context) => {
          const value = held(raw['hs_total_price']);
          return value === null ? null : amount(value, held(raw['hs_currency_code']) ?? context.currency);
        }),
      },
    },
  ],
} as const satisfies EntityMap<'order'>;
