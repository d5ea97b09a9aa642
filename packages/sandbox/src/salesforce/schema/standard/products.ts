import { audit, idField, isDeletedField, viewed } from '../common.ts';
import { decimal, field, lookup, picklist, systemOwned, text } from '../field.ts';
import type { Draft, ObjectDef } from '../object.ts';

const lineTotal = (record: Draft): void => {
  const quantity = record.get('Quantity');
  const price = record.get('UnitPrice');
  const discount = record.get('Discount');
  if (typeof quantity !== 'number' || typeof price !== 'number') return;
  const share = typeof discount === 'number' ? 1 - discount / 100 : 1;
  record.set('TotalPrice', Math.round(quantity * price * share * 100) / 100);
};

/** Price and product of a line follow from its price book entry. */
const fromEntry = (record: Draft): void => {
  const entry = record.parent('PricebookEntryId');
  if (entry === undefined) return;
  if (record.get('Product2Id') === null) record.set('Product2Id', entry.get('Product2Id'));
  if (record.get('ProductCode') === null) record.set('ProductCode', entry.get('ProductCode'));
  record.set('ListPrice', entry.get('UnitPrice'));
  if (record.get('UnitPrice') === null) record.set('UnitPrice', entry.get('UnitPrice'));
};

/** Product2. */
export const product2: ObjectDef = {
  name: 'Product2',
  label: 'Product',
  labelPlural: 'Products',
  keyPrefix: '01t',
  fields: [
    idField('Product'),
    text('Name', 255, { label: 'Product Name', nillable: false, permissionable: false, nameField: true }),
    text('ProductCode', 255),
    field('Description', 'textarea', { label: 'Product Description', length: 4000 }),
    field('IsActive', 'boolean', { label: 'Active' }),
    ...audit,
    picklist('Family', ['None'], { label: 'Product Family', length: 40 }),
    text('ExternalId', 255),
    text('StockKeepingUnit', 180, { label: 'Product SKU' }),
    isDeletedField,
    field('IsArchived', 'boolean', { label: 'Archived', ...systemOwned }),
    ...viewed,
  ],
};

/** Pricebook2. Every org has the standard one. */
export const pricebook2: ObjectDef = {
  name: 'Pricebook2',
  label: 'Price Book',
  labelPlural: 'Price Books',
  keyPrefix: '01s',
  fields: [
    idField('Price Book'),
    isDeletedField,
    text('Name', 255, { label: 'Price Book Name', nillable: false, permissionable: false, nameField: true }),
    ...audit,
    ...viewed,
    field('IsActive', 'boolean', { label: 'Active' }),
    field('IsArchived', 'boolean', { label: 'Archived', ...systemOwned }),
    text('Description', 255),
    field('IsStandard', 'boolean', { label: 'Is Standard Price Book', ...systemOwned }),
  ],
};

/** PricebookEntry: a product's price in one price book. */
export const pricebookEntry: ObjectDef = {
  name: 'PricebookEntry',
  label: 'Price Book Entry',
  labelPlural: 'Price Book Entries',
  keyPrefix: '01u',
  derive(record) {
    const product = record.parent('Product2Id');
    record.set('Name', product?.get('Name') ?? null);
    record.set('ProductCode', product?.get('ProductCode') ?? null);
  },
  fields: [
    idField('Price Book Entry'),
    text('Name', 255, { label: 'Product Name', nameField: true, ...systemOwned }),
    lookup('Pricebook2Id', 'Pricebook2', 'PricebookEntries', {
      nillable: false,
      updateable: false,
      permissionable: false,
    }),
    lookup('Product2Id', 'Product2', 'PricebookEntries', { nillable: false, updateable: false, permissionable: false }),
    decimal('UnitPrice', 'currency', 16, 2, { label: 'List Price', nillable: false, permissionable: false }),
    field('IsActive', 'boolean', { label: 'Active' }),
    field('UseStandardPrice', 'boolean'),
    ...audit,
    text('ProductCode', 255, systemOwned),
    isDeletedField,
    field('IsArchived', 'boolean', { label: 'Archived', ...systemOwned }),
  ],
};

const lineFields = [
  lookup('PricebookEntryId', 'PricebookEntry', null, { updateable: false, permissionable: false }),
  lookup('Product2Id', 'Product2', null, { updateable: false, permissionable: false }),
  text('ProductCode', 255, systemOwned),
  decimal('Quantity', 'double', 12, 2, { nillable: false, permissionable: false }),
  decimal('TotalPrice', 'currency', 16, 2, { updateable: false, createable: false }),
  decimal('UnitPrice', 'currency', 16, 2, { label: 'Sales Price' }),
  decimal('ListPrice', 'currency', 16, 2, { createable: false, updateable: false }),
  field('ServiceDate', 'date', { label: 'Date' }),
  text('Description', 255, { label: 'Line Description' }),
];

/** OpportunityLineItem. Its total moves the opportunity's Amount. */
export const opportunityLineItem: ObjectDef = {
  name: 'OpportunityLineItem',
  label: 'Opportunity Product',
  labelPlural: 'Opportunity Product',
  keyPrefix: '00k',
  undeletable: false,
  derive(record) {
    fromEntry(record);
    lineTotal(record);
    const product = record.parent('Product2Id')?.get('Name') ?? '';
    record.set('Name', `${record.parent('OpportunityId')?.get('Name') ?? ''} ${product}`.trim());
  },
  fields: [
    idField('Line Item'),
    lookup('OpportunityId', 'Opportunity', 'OpportunityLineItems', {
      nillable: false,
      updateable: false,
      permissionable: false,
      cascadeDelete: true,
    }),
    field('SortOrder', 'int'),
    text('Name', 376, { label: 'Opportunity Product Name', nameField: true, ...systemOwned }),
    ...lineFields,
    decimal('Discount', 'percent', 5, 2),
    ...audit,
    isDeletedField,
  ],
};

/** OrderItem. A line of goods or a service milestone. */
export const orderItem: ObjectDef = {
  name: 'OrderItem',
  label: 'Order Product',
  labelPlural: 'Order Products',
  keyPrefix: '802',
  undeletable: false,
  derive(record) {
    fromEntry(record);
    lineTotal(record);
  },
  fields: [
    idField('Order Product'),
    isDeletedField,
    lookup('OrderId', 'Order', 'OrderItems', {
      nillable: false,
      updateable: false,
      permissionable: false,
      cascadeDelete: true,
    }),
    text('OrderItemNumber', 30, { label: 'Order Product Number', autoNumber: true, nameField: true, ...systemOwned }),
    ...lineFields,
    field('EndDate', 'date'),
    ...audit,
  ],
};
