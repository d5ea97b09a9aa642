import { commonProperties } from './common-properties.ts';
import { date, datetime, number, readOnly, select, text, textarea } from './kinds.ts';
import { defineObject } from './object-type.ts';

/** Line items (0-8): of deals and of orders. */
export const lineItems = defineObject({
  id: '0-8',
  name: 'line_items',
  singular: 'line_item',
  labels: { singular: 'Line item', plural: 'Line items' },
  created: 'createdate',
  defaults: ['hs_product_id', 'name', 'quantity', 'price', 'amount'],
  searchable: ['name'],
  group: 'lineiteminformation',
  idBase: 3_870_000_000,
  properties: [
    ...commonProperties,
    readOnly(datetime('createdate', 'Create date')),
    text('name', 'Name'),
    textarea('description', 'Description'),
    text('hs_sku', 'SKU'),
    number('hs_product_id', 'Product ID'),
    number('quantity', 'Quantity'),
    number('price', 'Unit price'),
    readOnly(number('amount', 'Net price')),
    number('discount', 'Unit discount'),
    number('hs_discount_percentage', 'Discount percentage'),
    text('hs_line_item_currency_code', 'Currency'),
    select('recurringbillingfrequency', 'Billing frequency', ['monthly', 'quarterly', 'annually', 'per_two_years']),
    date('hs_recurring_billing_start_date', 'Billing start date'),
    text('hs_recurring_billing_period', 'Term'),
    readOnly(number('hs_arr', 'Annual recurring revenue')),
    readOnly(number('hs_mrr', 'Monthly recurring revenue')),
  ],
});

/** Orders (0-123). */
export const orders = defineObject({
  id: '0-123',
  name: 'orders',
  singular: 'order',
  labels: { singular: 'Order', plural: 'Orders' },
  defaults: ['hs_order_name'],
  searchable: ['hs_order_name', 'hs_external_order_id'],
  group: 'orderinformation',
  idBase: 362_000_000_000,
  properties: [
    ...commonProperties,
    text('hs_order_name', 'Order name'),
    text('hs_external_order_id', 'External order ID'),
    text('hs_external_order_status', 'External order status'),
    select('hs_fulfillment_status', 'Fulfillment status', ['Open', 'Shipped', 'Delivered', 'Cancelled']),
    datetime('hs_external_created_date', 'External created date'),
    datetime('hs_processed_date', 'Processed date'),
    text('hs_currency_code', 'Currency'),
    number('hs_total_price', 'Total price'),
    number('hs_subtotal_price', 'Subtotal price'),
    date('hs_shipment_date', 'Shipment date'),
    text('hs_shipping_tracking_number', 'Tracking number'),
    select('hs_pipeline', 'Pipeline', [], { externalOptions: true }),
    select('hs_pipeline_stage', 'Stage', [], { externalOptions: true }),
  ],
});
