import { address, audit, idField, isDeletedField, photoUrl, viewed } from '../common.ts';
import { field, lookup, picklist, systemOwned, text } from '../field.ts';
import type { ObjectDef } from '../object.ts';
import { derivePersonName } from './contact.ts';
import { contactRoles } from './opportunity.ts';

/** User. Users cannot be deleted, only deactivated. */
export const user: ObjectDef = {
  name: 'User',
  label: 'User',
  labelPlural: 'Users',
  keyPrefix: '005',
  deletable: false,
  undeletable: false,
  derive: derivePersonName,
  fields: [
    idField('User'),
    text('Username', 80, { nillable: false, permissionable: false, idLookup: true, unique: true }),
    text('LastName', 80, { nillable: false, permissionable: false, compoundFieldName: 'Name' }),
    text('FirstName', 40, { permissionable: false, compoundFieldName: 'Name' }),
    text('Name', 121, {
      label: 'Full Name',
      nillable: false,
      nameField: true,
      ...systemOwned,
      extraTypeInfo: 'personname',
    }),
    text('CompanyName', 80),
    text('Division', 80),
    text('Department', 80),
    text('Title', 80),
    ...address(''),
    field('Email', 'email', { length: 128, nillable: false, permissionable: false, idLookup: true }),
    field('Phone', 'phone', { length: 40 }),
    field('MobilePhone', 'phone', { length: 40 }),
    text('Alias', 8, { permissionable: false }),
    field('IsActive', 'boolean', { label: 'Active', permissionable: false }),
    lookup('UserRoleId', 'UserRole', null, { permissionable: false }),
    text('TimeZoneSidKey', 40, { label: 'Time Zone', permissionable: false }),
    text('LocaleSidKey', 40, { label: 'Locale', permissionable: false }),
    text('LanguageLocaleKey', 40, { label: 'Language', permissionable: false }),
    text('EmailEncodingKey', 40, { label: 'Email Encoding', permissionable: false }),
    lookup('ProfileId', 'Profile', 'Users', { permissionable: false }),
    picklist(
      'UserType',
      ['Standard', 'PowerPartner', 'CspLitePortal', 'CustomerSuccess', 'PowerCustomerSuccess', 'Guest'],
      {
        length: 40,
        restricted: true,
        ...systemOwned,
      },
    ),
    lookup('ManagerId', 'User', 'ManagedUsers'),
    field('LastLoginDate', 'datetime', systemOwned),
    ...audit,
    photoUrl,
    text('FederationIdentifier', 512, { permissionable: false }),
    ...viewed,
  ],
};

/** Group: a queue can own leads, cases and orders. */
export const group: ObjectDef = {
  name: 'Group',
  label: 'Group',
  labelPlural: 'Group',
  keyPrefix: '00G',
  undeletable: false,
  fields: [
    idField('Group'),
    text('Name', 40, { nillable: false, permissionable: false, nameField: true }),
    text('DeveloperName', 80, { permissionable: false }),
    picklist('Type', ['Regular', 'Queue', 'Role', 'Organization'], { length: 40, permissionable: false }),
    field('Email', 'email', { length: 255, permissionable: false }),
    ...audit,
  ],
};

/** Organization: one row. */
export const organization: ObjectDef = {
  name: 'Organization',
  label: 'Organization',
  labelPlural: 'Organizations',
  keyPrefix: '00D',
  createable: false,
  deletable: false,
  undeletable: false,
  replicateable: false,
  fields: [
    idField('Organization'),
    text('Name', 80, { nillable: false, permissionable: false, nameField: true }),
    text('Division', 80, { permissionable: false }),
    ...address(''),
    field('Phone', 'phone', { length: 40, permissionable: false }),
    text('PrimaryContact', 80, { permissionable: false }),
    text('DefaultLocaleSidKey', 40, systemOwned),
    text('TimeZoneSidKey', 40, { label: 'Time Zone', ...systemOwned }),
    text('LanguageLocaleKey', 40, systemOwned),
    field('FiscalYearStartMonth', 'int', systemOwned),
    field('UsesStartDateAsFiscalYearName', 'boolean', systemOwned),
    picklist(
      'DefaultAccountAccess',
      ['None', 'Read', 'Edit', 'ControlledByLeadOrContact', 'ControlledByCampaign'],
      systemOwned,
    ),
    ...audit,
    text('OrganizationType', 40, { label: 'Edition', ...systemOwned }),
    text('NamespacePrefix', 15, systemOwned),
    text('InstanceName', 5, systemOwned),
    field('IsSandbox', 'boolean', systemOwned),
    field('IsReadOnly', 'boolean', systemOwned),
    field('TrialExpirationDate', 'datetime', systemOwned),
  ],
};

/** AccountContactRole: the older roles of contacts on accounts; present in a default org. */
export const accountContactRole: ObjectDef = {
  name: 'AccountContactRole',
  label: 'Account Contact Role',
  labelPlural: 'Account Contact Role',
  keyPrefix: '02Z',
  undeletable: false,
  fields: [
    idField('Contact Role'),
    isDeletedField,
    ...audit,
    lookup('AccountId', 'Account', 'AccountContactRoles', {
      nillable: false,
      updateable: false,
      permissionable: false,
      cascadeDelete: true,
    }),
    lookup('ContactId', 'Contact', 'AccountContactRoles', {
      nillable: false,
      permissionable: false,
      cascadeDelete: true,
    }),
    picklist('Role', contactRoles(), { length: 40, permissionable: false }),
    field('IsPrimary', 'boolean', { label: 'Primary', permissionable: false }),
  ],
};

/** AccountContactRelation: only where the org lets a contact relate to several accounts. No undelete. */
export const accountContactRelation: ObjectDef = {
  name: 'AccountContactRelation',
  label: 'Account Contact Relationship',
  labelPlural: 'Account Contact Relationships',
  keyPrefix: '07k',
  undeletable: false,
  fields: [
    idField('Account Contact Relationship'),
    lookup('AccountId', 'Account', 'AccountContactRelations', {
      nillable: false,
      updateable: false,
      permissionable: false,
      cascadeDelete: true,
    }),
    lookup('ContactId', 'Contact', 'AccountContactRelations', {
      nillable: false,
      updateable: false,
      permissionable: false,
      cascadeDelete: true,
    }),
    field('Roles', 'multipicklist', {
      length: 4099,
      values: contactRoles().map((value) => ({ value, label: value, active: true, defaultValue: false })),
    }),
    field('IsDirect', 'boolean', { label: 'Direct', ...systemOwned }),
    field('IsActive', 'boolean', { label: 'Active', defaultValue: true }),
    field('StartDate', 'date'),
    field('EndDate', 'date'),
    ...audit,
    isDeletedField,
  ],
};
