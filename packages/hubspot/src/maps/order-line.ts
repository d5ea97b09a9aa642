import type { EntityMap } from '@holdfast/core';
import { amount, held, instant, number, text } from '../codecs.ts';
import { field, fields, linkTo, namedByYou } from './rules.ts';

/** An order line is a line item, of a deal or of an order. */
export const orderLine = {
  sources: [
    {
      object: 'line_item',
      fields: {
        createdAt: field('createdate', instant),
        updatedAt: field('hs_lastmodifieddate', instant),
        opportunityId: linkTo('opportunity'),
        orderId: linkTo('order'),
        product: field('name', text),
        quantity: field('quantity', number),
        unitPrice: fields(['price', 'hs_line_item_currency_code'], (raw, context) => {
          const value = held(raw['price']);
          return value === null ? null : amount(value, held(raw['hs_line_item_currency_code']) ?? context.currency);
        }),
        discount: fields(['hs_discount_percentage'], (raw, context) => {
          const percent = number.decode(raw['hs_discount_percentage'], context);
          return percent === null ? null : percent / 100;
        }),
        promisedOn: namedByYou('the day a line was promised for'),
        shippedOn: namedByYou('the day a line was shipped'),
        deliveredOn: namedByYou('the day a line was delivered'),
        acceptedOn: namedByYou('the day a line was accepted'),
        deliveredQuantity: namedByYou('the quantity delivered'),
        acceptedQuantity: namedByYou('the quantity accepted'),
      },
    },
  ],
} as const satisfies EntityMap<'orderLine'>;
