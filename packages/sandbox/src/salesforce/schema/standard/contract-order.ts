import { address, audit, description, idField, isDeletedField, lastActivity, owner, viewed } from '../common.ts';
import { decimal, field, lookup, picklist, systemOwned, text } from '../field.ts';
import type { Draft, ObjectDef } from '../object.ts';

const monthsLater = (day: string, months: number): string => {
  const start = new Date(`${day}T00:00:00Z`);
  return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, start.getUTCDate() - 1))
    .toISOString()
    .slice(0, 10);
};

/** EndDate is the day before the start's anniversary after ContractTerm months; only a term moves it. */
function deriveContract(record: Draft): void {
  const start = record.get('StartDate');
  const term = record.get('ContractTerm');
  if (typeof start === 'string' && typeof term === 'number' && record.get('EndDate') === null)
    record.set('EndDate', monthsLater(start, term));
  const status = record.get('Status');
  record.set(
    'StatusCode',
    status === 'Draft'
      ? 'Draft'
      : status === 'In Approval Process'
        ? 'InApproval'
        : status === 'Expired'
          ? 'Expired'
          : status === 'Terminated'
            ? 'Terminated'
            : 'Activated',
  );
}

/** Contract. Object Reference, "Contract". */
export const contract: ObjectDef = {
  name: 'Contract',
  label: 'Contract',
  labelPlural: 'Contracts',
  keyPrefix: '800',
  feedEnabled: true,
  recordTypes: true,
  derive: deriveContract,
  resets: { StartDate: ['EndDate'], ContractTerm: ['EndDate'] },
  fields: [
    idField('Contract'),
    lookup('AccountId', 'Account', 'Contracts', { nillable: false, permissionable: false }),
    lookup('Pricebook2Id', 'Pricebook2', 'Contracts', { label: 'Price Book ID' }),
    picklist('OwnerExpirationNotice', ['15', '30', '45', '60', '90', '120'], { length: 40 }),
    field('StartDate', 'date', { label: 'Contract Start Date' }),
    field('EndDate', 'date', { label: 'Contract End Date', createable: false, updateable: false }),
    ...address('Billing'),
    field('ContractTerm', 'int'),
    owner(),
    picklist('Status', ['In Approval Process', 'Activated', 'Draft'], {
      length: 40,
      nillable: false,
      permissionable: false,
      defaultValue: 'Draft',
    }),
    lookup('CompanySignedId', 'User'),
    field('CompanySignedDate', 'date'),
    lookup('CustomerSignedId', 'Contact', 'ContractsSigned'),
    text('CustomerSignedTitle', 40),
    field('CustomerSignedDate', 'date'),
    field('SpecialTerms', 'textarea', { length: 4000 }),
    lookup('ActivatedById', 'User', null, { createable: false, updateable: false }),
    field('ActivatedDate', 'datetime', { createable: false, updateable: false }),
    picklist('StatusCode', ['InApproval', 'Activated', 'Draft', 'Expired', 'Terminated'], {
      length: 40,
      label: 'Status Category',
      ...systemOwned,
    }),
    description('Description'),
    isDeletedField,
    text('ContractNumber', 30, { autoNumber: true, nameField: true, idLookup: true, ...systemOwned }),
    field('LastApprovedDate', 'datetime', systemOwned),
    ...audit,
    lastActivity('WhatId'),
    ...viewed,
  ],
};

/** Order. Object Reference, "Order". TotalAmount is the platform's roll-up of the lines. */
export const order: ObjectDef = {
  name: 'Order',
  label: 'Order',
  labelPlural: 'Orders',
  keyPrefix: '801',
  feedEnabled: true,
  recordTypes: true,
  derive: (record) => record.set('StatusCode', record.get('Status') === 'Draft' ? 'D' : 'A'),
  fields: [
    idField('Order'),
    owner(['Group', 'User']),
    lookup('ContractId', 'Contract', 'Orders'),
    lookup('AccountId', 'Account', 'Orders'),
    lookup('Pricebook2Id', 'Pricebook2', 'Orders', { label: 'Price Book ID' }),
    lookup('OriginalOrderId', 'Order', 'ReductionOrders', { label: 'Original Order ID' }),
    lookup('OpportunityId', 'Opportunity', 'Orders'),
    field('EffectiveDate', 'date', { label: 'Order Start Date', nillable: false, permissionable: false }),
    field('EndDate', 'date', { label: 'Order End Date' }),
    field('IsReductionOrder', 'boolean', { label: 'Reduction Order' }),
    picklist('Status', ['Draft', 'Activated'], { length: 40, nillable: false, permissionable: false }),
    description('Description'),
    picklist('Type', [], { label: 'Order Type', length: 40 }),
    ...address('Billing'),
    ...address('Shipping'),
    text('Name', 80, { label: 'Order Name' }),
    field('PoDate', 'date', { label: 'PO Date' }),
    text('PoNumber', 80, { label: 'PO Number' }),
    text('OrderReferenceNumber', 80),
    field('ActivatedDate', 'datetime'),
    lookup('ActivatedById', 'User'),
    picklist('StatusCode', ['A', 'D', 'C', 'E'], { length: 40, label: 'Status Category', ...systemOwned }),
    text('OrderNumber', 30, { autoNumber: true, nameField: true, idLookup: true, ...systemOwned }),
    decimal('TotalAmount', 'currency', 18, 2, { label: 'Order Amount', createable: false, updateable: false }),
    ...audit,
    isDeletedField,
    ...viewed,
  ],
};
