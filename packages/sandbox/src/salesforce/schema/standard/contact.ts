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
import { field, lookup, picklist, systemOwned, text } from '../field.ts';
import type { Draft, ObjectDef } from '../object.ts';
import { leadSources } from './account.ts';

/** Name is first and last name joined by a space. */
export function derivePersonName(record: Draft): void {
  const parts = [record.get('FirstName'), record.get('LastName')].filter((part) => part !== null);
  record.set('Name', parts.length === 0 ? null : parts.join(' '));
}

/** Contact. Object Reference, "Contact". */
export const contact: ObjectDef = {
  name: 'Contact',
  label: 'Contact',
  labelPlural: 'Contacts',
  keyPrefix: '003',
  mergeable: true,
  feedEnabled: true,
  recordTypes: true,
  derive: derivePersonName,
  fields: [
    idField('Contact'),
    isDeletedField,
    lookup('MasterRecordId', 'Contact', null, systemOwned),
    lookup('AccountId', 'Account', 'Contacts', { cascadeDelete: true }),
    ...personName,
    ...address('Other'),
    ...address('Mailing'),
    field('Phone', 'phone', { label: 'Business Phone', length: 40 }),
    field('Fax', 'phone', { label: 'Business Fax', length: 40 }),
    field('MobilePhone', 'phone', { length: 40 }),
    field('HomePhone', 'phone', { length: 40 }),
    field('OtherPhone', 'phone', { length: 40 }),
    field('AssistantPhone', 'phone', { label: 'Asst. Phone', length: 40 }),
    lookup('ReportsToId', 'Contact', 'ReportsTo'),
    field('Email', 'email', { length: 80, idLookup: true }),
    text('Title', 128),
    text('Department', 80),
    text('AssistantName', 40),
    picklist('LeadSource', leadSources),
    field('Birthdate', 'date'),
    description('Contact Description'),
    owner(),
    ...audit,
    lastActivity('WhoId'),
    field('LastCURequestDate', 'datetime', { label: 'Last Stay-in-Touch Request Date', ...systemOwned }),
    field('LastCUUpdateDate', 'datetime', { label: 'Last Stay-in-Touch Save Date', ...systemOwned }),
    ...viewed,
    text('EmailBouncedReason', 255, { permissionable: false }),
    field('EmailBouncedDate', 'datetime', { permissionable: false }),
    field('IsEmailBounced', 'boolean', systemOwned),
    photoUrl,
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
    lookup('IndividualId', 'Individual', null, { permissionable: false }),
    field('HasOptedOutOfEmail', 'boolean', { label: 'Email Opt Out' }),
    field('DoNotCall', 'boolean'),
  ],
};
