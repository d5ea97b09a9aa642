import { audit, idField, isDeletedField } from '../common.ts';
import { decimal, field, lookup, picklist, required, systemOwned, text } from '../field.ts';
import type { ObjectDef } from '../object.ts';

/** RecordType: identified by DeveloperName; the id differs in every org. */
export const recordType: ObjectDef = {
  name: 'RecordType',
  label: 'Record Type',
  labelPlural: 'Record Types',
  keyPrefix: '012',
  createable: false,
  deletable: false,
  undeletable: false,
  replicateable: false,
  fields: [
    idField('Record Type'),
    text('Name', 80, { ...required, nameField: true }),
    text('DeveloperName', 80, required),
    text('NamespacePrefix', 15, systemOwned),
    text('Description', 255, { permissionable: false }),
    text('BusinessProcessId', 18, { permissionable: false }),
    text('SobjectType', 40, { label: 'SObject Type Name', ...required }),
    field('IsActive', 'boolean', { label: 'Active', permissionable: false }),
    field('IsPersonType', 'boolean', systemOwned),
    ...audit,
  ],
};

/** Profile. */
export const profile: ObjectDef = {
  name: 'Profile',
  label: 'Profile',
  labelPlural: 'Profile',
  keyPrefix: '00e',
  createable: false,
  deletable: false,
  undeletable: false,
  replicateable: false,
  fields: [
    idField('Profile'),
    text('Name', 255, { ...required, nameField: true }),
    field('PermissionsModifyAllData', 'boolean', systemOwned),
    field('PermissionsViewAllData', 'boolean', systemOwned),
    field('PermissionsApiEnabled', 'boolean', systemOwned),
    field('PermissionsModifyMetadata', 'boolean', systemOwned),
    picklist('UserType', ['Standard'], systemOwned),
    text('Description', 255, { permissionable: false }),
    ...audit,
  ],
};

/** PermissionSet: what a deployed permission set looks like to SOQL. */
export const permissionSet: ObjectDef = {
  name: 'PermissionSet',
  label: 'Permission Set',
  labelPlural: 'Permission Set',
  keyPrefix: '0PS',
  undeletable: false,
  fields: [
    idField('PermissionSet'),
    text('Name', 80, { ...required, nameField: true }),
    text('Label', 80, required),
    lookup('LicenseId', 'PermissionSetLicense', null, { permissionable: false }),
    lookup('ProfileId', 'Profile', null, systemOwned),
    field('IsOwnedByProfile', 'boolean', systemOwned),
    field('IsCustom', 'boolean', systemOwned),
    field('PermissionsModifyAllData', 'boolean', { permissionable: false }),
    field('PermissionsViewAllData', 'boolean', { permissionable: false }),
    field('PermissionsApiEnabled', 'boolean', { permissionable: false }),
    field('PermissionsModifyMetadata', 'boolean', { permissionable: false }),
    text('Description', 255, { permissionable: false }),
    ...audit,
    text('NamespacePrefix', 15, systemOwned),
    picklist('Type', ['Regular', 'Standard', 'Group', 'Profile', 'Session'], { length: 40, ...systemOwned }),
  ],
};

/** PermissionSetAssignment. */
export const permissionSetAssignment: ObjectDef = {
  name: 'PermissionSetAssignment',
  label: 'Permission Set Assignment',
  labelPlural: 'Permission Set Assignment',
  keyPrefix: '0Pa',
  updateable: false,
  undeletable: false,
  replicateable: false,
  fields: [
    idField('PermissionSetAssignment'),
    lookup('PermissionSetId', 'PermissionSet', 'Assignments', { ...required, updateable: false }),
    lookup('AssigneeId', 'User', 'PermissionSetAssignments', { ...required, updateable: false }),
    field('IsActive', 'boolean', { ...systemOwned, defaultValue: true }),
    field('SystemModstamp', 'datetime', systemOwned),
  ],
};

/** FieldPermissions: what one permission set grants on one field. */
export const fieldPermissions: ObjectDef = {
  name: 'FieldPermissions',
  label: 'Field Permissions',
  labelPlural: 'Field Permissions',
  keyPrefix: '01k',
  undeletable: false,
  replicateable: false,
  fields: [
    idField('Field Permissions'),
    lookup('ParentId', 'PermissionSet', 'FieldPerms', required),
    text('SobjectType', 40, required),
    text('Field', 240, required),
    field('PermissionsEdit', 'boolean', { permissionable: false }),
    field('PermissionsRead', 'boolean', { permissionable: false }),
    field('SystemModstamp', 'datetime', systemOwned),
  ],
};

/** ObjectPermissions: what one permission set grants on one object. */
export const objectPermissions: ObjectDef = {
  name: 'ObjectPermissions',
  label: 'Object Permissions',
  labelPlural: 'Object Permissions',
  keyPrefix: '110',
  undeletable: false,
  replicateable: false,
  fields: [
    idField('Object Permissions'),
    lookup('ParentId', 'PermissionSet', 'ObjectPerms', required),
    text('SobjectType', 40, required),
    field('PermissionsCreate', 'boolean', { permissionable: false }),
    field('PermissionsRead', 'boolean', { permissionable: false }),
    field('PermissionsEdit', 'boolean', { permissionable: false }),
    field('PermissionsDelete', 'boolean', { permissionable: false }),
    field('PermissionsViewAllRecords', 'boolean', { permissionable: false }),
    field('PermissionsModifyAllRecords', 'boolean', { permissionable: false }),
    field('SystemModstamp', 'datetime', systemOwned),
  ],
};

/** CurrencyType: present only in a multi-currency org. */
export const currencyType: ObjectDef = {
  name: 'CurrencyType',
  label: 'Currency Type',
  labelPlural: 'Currency Type',
  keyPrefix: '01L',
  deletable: false,
  undeletable: false,
  replicateable: false,
  fields: [
    idField('Currency Type'),
    text('IsoCode', 3, { label: 'Currency ISO Code', ...required, nameField: true }),
    decimal('ConversionRate', 'double', 18, 6, required),
    field('DecimalPlaces', 'int', { permissionable: false }),
    field('IsActive', 'boolean', { label: 'Active', permissionable: false }),
    field('IsCorporate', 'boolean', { label: 'Corporate', permissionable: false }),
    ...audit,
  ],
};

/** Campaign, for lookups. */
export const campaign: ObjectDef = {
  name: 'Campaign',
  label: 'Campaign',
  labelPlural: 'Campaigns',
  keyPrefix: '701',
  fields: [
    idField('Campaign'),
    isDeletedField,
    text('Name', 80, { ...required, nameField: true, idLookup: true }),
    lookup('ParentId', 'Campaign', 'ChildCampaigns'),
    picklist('Type', ['Conference', 'Webinar', 'Referral Program', 'Email', 'Other'], { length: 40 }),
    picklist('Status', ['Planned', 'In Progress', 'Completed', 'Aborted'], { length: 40 }),
    field('StartDate', 'date'),
    field('EndDate', 'date'),
    field('IsActive', 'boolean', { label: 'Active' }),
    lookup('OwnerId', 'User', null, { nillable: false, permissionable: false, defaultedOnCreate: true }),
    ...audit,
  ],
};

/** CampaignMember. */
export const campaignMember: ObjectDef = {
  name: 'CampaignMember',
  label: 'Campaign Member',
  labelPlural: 'Campaign Members',
  keyPrefix: '00v',
  undeletable: false,
  fields: [
    idField('Campaign Member'),
    isDeletedField,
    lookup('CampaignId', 'Campaign', 'CampaignMembers', { ...required, updateable: false }),
    lookup('LeadId', 'Lead', 'CampaignMembers', { updateable: false, permissionable: false }),
    lookup('ContactId', 'Contact', 'CampaignMembers', { updateable: false, permissionable: false }),
    picklist('Status', ['Sent', 'Responded'], { length: 40, permissionable: false }),
    field('HasResponded', 'boolean', { label: 'Responded', ...systemOwned }),
    ...audit,
  ],
};
