import { audit, idField, isDeletedField, owner, viewed } from '../common.ts';
import { type Field, field, longText, lookup, picklist, required, systemOwned, text } from '../field.ts';
import type { ObjectDef } from '../object.ts';

/** The paid products that bring an object of this name, each with fields of its own. */
export type ReferralProduct = 'marketing' | 'public-sector';

const sources = ['Application', 'Email', 'Message', 'Other', 'Phone', 'Social Media', 'Walk-In'];

/** Referral Marketing, API 59: `Status` is reserved there. A business program refers an account or a lead. */
const marketing: readonly Field[] = [
  lookup('OpportunityId', 'Opportunity', 'Referrals'),
  lookup('OrderId', 'Order', 'Referrals'),
  lookup('ReferredPartyId', ['Account', 'Contact', 'Lead'], null, { label: 'Referred Party ID' }),
  picklist('Status', []),
];

/** Public Sector Solutions and Nonprofit Cloud, API 56 to 61. */
const publicSector: readonly Field[] = [
  picklist('AuthorizationStatus', ['Authorized', 'InReview', 'Rejected', 'Submitted'], { restricted: true }),
  lookup('CaseId', 'Case', 'Referrals'),
  picklist('Category', []),
  lookup('ClientId', 'Account', 'Referrals'),
  longText('Comments'),
  longText('Description'),
  field('IsSelfReferred', 'boolean', { label: 'Self-Referred' }),
  picklist('Priority', ['Critical', 'High', 'Medium', 'Low']),
  lookup('ProviderId', ['Account', 'Contact'], null),
  text('ProviderName', 255),
  field('ReferrerEmail', 'email', { length: 80 }),
  text('ReferrerName', 255),
  text('ReferrerOrg', 255),
  longText('Result', 255),
  picklist('ResultCategory', ['Approved', 'Client Declined Services', 'Pending', 'Referred Elsewhere', 'Rejected'], {
    restricted: true,
  }),
  picklist('Status', ['Approved', 'Enrolled', 'In Review', 'New', 'Rejected']),
  text('Title', 255),
];

/**
 * Referral, an object of paid clouds alone, with the documented fields of one of them as far as they are served.
 * Referral Marketing Developer Guide and Public Sector Solutions Developer Guide, "Referral".
 */
export const referral = (product: ReferralProduct): ObjectDef => ({
  name: 'Referral',
  label: 'Referral',
  labelPlural: 'Referrals',
  keyPrefix: '0wi',
  feedEnabled: true,
  fields: [
    idField('Referral'),
    isDeletedField,
    text('Name', 255, { autoNumber: true, nameField: true, idLookup: true, ...systemOwned }),
    owner(['Group', 'User']),
    ...audit,
    ...viewed,
    field('ClientEmail', 'email', { length: 80 }),
    text('ClientName', 255),
    field('ClientPhone', 'phone', { length: 40 }),
    field('ReferralDate', 'date'),
    picklist('ReferralType', ['INBOUND', 'INTERNAL', 'OUTBOUND'], {
      ...required,
      ...{ restricted: true, defaultValue: 'INBOUND', defaultedOnCreate: true },
    }),
    lookup('ReferrerId', ['Account', 'Contact'], null),
    picklist('Source', sources),
    picklist('UsageType', ['Loyalty Management', 'Public Sector Solutions', 'Referral Management']),
    ...(product === 'marketing' ? marketing : publicSector),
  ],
});
