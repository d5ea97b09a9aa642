import { activityRollups, commonProperties } from './common-properties.ts';
import { bool, datetime, number, phone, readOnly, select, text } from './kinds.ts';
import { lifecycleStages } from './lifecycle-stages.ts';
import { defineObject } from './object-type.ts';

const buyingRoles = [
  'BLOCKER',
  'BUDGET_HOLDER',
  'CHAMPION',
  'DECISION_MAKER',
  'END_USER',
  'EXECUTIVE_SPONSOR',
  'INFLUENCER',
  'LEGAL_AND_COMPLIANCE',
  'OTHER',
];

/** Contacts (0-1). */
export const contacts = defineObject({
  id: '0-1',
  name: 'contacts',
  singular: 'contact',
  labels: { singular: 'Contact', plural: 'Contacts' },
  created: 'createdate',
  modified: 'lastmodifieddate',
  defaults: ['email', 'firstname', 'lastname'],
  searchable: ['firstname', 'lastname', 'email', 'phone', 'company'],
  group: 'contactinformation',
  mergeable: true,
  idBase: 286_000,
  properties: [
    ...commonProperties,
    ...activityRollups,
    readOnly(datetime('createdate', 'Create date')),
    readOnly(datetime('lastmodifieddate', 'Last modified date')),
    text('email', 'Email'),
    text('hs_additional_emails', 'Additional email addresses'),
    readOnly(text('hs_email_domain', 'Email domain')),
    text('firstname', 'First name'),
    text('lastname', 'Last name'),
    phone('phone', 'Phone number'),
    phone('mobilephone', 'Mobile phone number'),
    text('jobtitle', 'Job title'),
    text('company', 'Company name'),
    text('website', 'Website URL'),
    text('address', 'Street address'),
    text('city', 'City'),
    text('state', 'State/region'),
    text('zip', 'Postal code'),
    text('country', 'Country/region'),
    select('lifecyclestage', 'Lifecycle stage', lifecycleStages),
    select('hs_lead_status', 'Lead status', ['NEW', 'OPEN', 'IN_PROGRESS', 'OPEN_DEAL', 'UNQUALIFIED', 'CONNECTED']),
    select('hs_buying_role', 'Buying role', buyingRoles, { many: true }),
    readOnly(number('associatedcompanyid', 'Primary associated company ID')),
    readOnly(text('hs_all_contact_vids', 'All contact IDs')),
    readOnly(text('hs_calculated_merged_vids', 'Merged contact IDs with timestamps')),
    readOnly(bool('hs_is_contact', 'Is a contact', { hidden: true })),
    readOnly(bool('hs_is_unworked', 'Contact unworked')),
    readOnly(text('hs_pipeline', 'Pipeline')),
    readOnly(number('num_associated_deals', 'Number of associated deals')),
    bool('hs_email_optout', 'Unsubscribed from all email', { readOnlyValue: true }),
  ],
});
