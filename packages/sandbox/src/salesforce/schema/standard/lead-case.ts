import {
  address,
  audit,
  description,
  idField,
  isDeletedField,
  lastActivity,
  owner,
  personName,
  photoUrl,
  viewed,
} from '../common.ts';
import { decimal, field, lookup, picklist, systemOwned, text } from '../field.ts';
import type { Draft, ObjectDef } from '../object.ts';
import { industries, leadSources } from './account.ts';
import { derivePersonName } from './contact.ts';

/** Lead. Object Reference, "Lead". */
export const lead: ObjectDef = {
  name: 'Lead',
  label: 'Lead',
  labelPlural: 'Leads',
  keyPrefix: '00Q',
  mergeable: true,
  feedEnabled: true,
  recordTypes: true,
  derive: derivePersonName,
  fields: [
    idField('Lead'),
    isDeletedField,
    lookup('MasterRecordId', 'Lead', null, systemOwned),
    ...personName,
    text('Title', 128),
    text('Company', 255, { nillable: false, permissionable: false }),
    ...address(''),
    field('Phone', 'phone', { length: 40 }),
    field('MobilePhone', 'phone', { length: 40 }),
    field('Fax', 'phone', { length: 40 }),
    field('Email', 'email', { length: 80, idLookup: true }),
    field('Website', 'url', { length: 255 }),
    photoUrl,
    description('Description'),
    picklist('LeadSource', leadSources),
    picklist(
      'Status',
      ['Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
      {
        nillable: false,
        permissionable: false,
        defaultedOnCreate: true,
        defaultValue: 'Open - Not Contacted',
      },
    ),
    picklist('Industry', industries),
    picklist('Rating', ['Hot', 'Warm', 'Cold']),
    decimal('AnnualRevenue', 'currency', 18, 0),
    field('NumberOfEmployees', 'int', { label: 'Employees' }),
    owner(['Group', 'User']),
    field('IsConverted', 'boolean', { label: 'Converted', updateable: false, permissionable: false }),
    field('ConvertedDate', 'date', systemOwned),
    lookup('ConvertedAccountId', 'Account', null, systemOwned),
    lookup('ConvertedContactId', 'Contact', null, systemOwned),
    lookup('ConvertedOpportunityId', 'Opportunity', null, systemOwned),
    field('IsUnreadByOwner', 'boolean', { permissionable: false }),
    ...audit,
    lastActivity('WhoId'),
    ...viewed,
    text('Jigsaw', 20, { label: 'Data.com Key' }),
    text('JigsawContactId', 20, systemOwned),
    picklist(
      'CleanStatus',
      ['Matched', 'Different', 'Acknowledged', 'NotFound', 'Inactive', 'Pending', 'SelectMatch', 'Skipped'],
      {
        length: 40,
        restricted: true,
      },
    ),
    text('CompanyDunsNumber', 9),
    lookup('DandbCompanyId', 'DandBCompany', null, { label: 'D&B Company ID' }),
    text('EmailBouncedReason', 255, { createable: false, permissionable: false }),
    field('EmailBouncedDate', 'datetime', { createable: false, permissionable: false }),
    lookup('IndividualId', 'Individual', null, { permissionable: false }),
  ],
};

/** IsClosed follows from the status; ClosedDate is the save that closed it. */
function deriveCase(record: Draft): void {
  const closed = String(record.get('Status') ?? '').startsWith('Closed');
  record.set('IsClosed', closed);
  if (closed && record.get('ClosedDate') === null) record.set('ClosedDate', record.now);
  if (!closed) record.set('ClosedDate', null);
}

/** Case. Object Reference, "Case". */
export const supportCase: ObjectDef = {
  name: 'Case',
  label: 'Case',
  labelPlural: 'Cases',
  keyPrefix: '500',
  feedEnabled: true,
  mergeable: true,
  recordTypes: true,
  derive: deriveCase,
  fields: [
    idField('Case'),
    isDeletedField,
    lookup('MasterRecordId', 'Case', null, systemOwned),
    text('CaseNumber', 30, {
      autoNumber: true,
      nameField: true,
      idLookup: true,
      defaultedOnCreate: true,
      ...systemOwned,
    }),
    lookup('ContactId', 'Contact', 'Cases'),
    lookup('AccountId', 'Account', 'Cases'),
    lookup('AssetId', 'Asset'),
    lookup('ParentId', 'Case', 'Cases', { label: 'Parent Case ID' }),
    text('SuppliedName', 80, { label: 'Name' }),
    field('SuppliedEmail', 'email', { label: 'Email Address', length: 80 }),
    text('SuppliedPhone', 40, { label: 'Phone' }),
    text('SuppliedCompany', 80, { label: 'Company' }),
    picklist('Type', ['Mechanical', 'Electrical', 'Electronic', 'Structural', 'Other'], {
      label: 'Case Type',
      length: 40,
    }),
    picklist('Status', ['New', 'Working', 'Escalated', 'Closed'], {
      length: 40,
      permissionable: false,
      defaultedOnCreate: true,
      defaultValue: 'New',
    }),
    picklist('Reason', ['Installation', 'Equipment Complexity', 'Performance', 'Breakdown', 'Other'], {
      label: 'Case Reason',
      length: 40,
    }),
    picklist('Origin', ['Phone', 'Email', 'Web'], { label: 'Case Origin', length: 40 }),
    text('Subject', 255),
    picklist('Priority', ['High', 'Medium', 'Low'], { length: 40, defaultedOnCreate: true, defaultValue: 'Medium' }),
    description('Description'),
    field('IsClosed', 'boolean', { label: 'Closed', ...systemOwned }),
    field('ClosedDate', 'datetime', { createable: false, updateable: false }),
    field('IsEscalated', 'boolean', { label: 'Escalated' }),
    owner(['Group', 'User']),
    ...audit,
    field('ContactPhone', 'phone', {
      length: 40,
      ...systemOwned,
      compute: (record) => record.parent('ContactId')?.get('Phone') ?? null,
    }),
    field('ContactMobile', 'phone', {
      length: 40,
      ...systemOwned,
      compute: (record) => record.parent('ContactId')?.get('MobilePhone') ?? null,
    }),
    field('ContactEmail', 'email', {
      length: 80,
      ...systemOwned,
      compute: (record) => record.parent('ContactId')?.get('Email') ?? null,
    }),
    field('ContactFax', 'phone', {
      length: 40,
      ...systemOwned,
      compute: (record) => record.parent('ContactId')?.get('Fax') ?? null,
    }),
    field('Comments', 'textarea', { label: 'Internal Comments', length: 4000, permissionable: false }),
    ...viewed,
  ],
};
