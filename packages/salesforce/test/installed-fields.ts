import {
  ADVOCATE_STATUSES,
  CONFIDENCES,
  CONFIRMATIONS,
  HEALTH_BANDS,
  MAIN_REASONS,
  MANAGER_VIEWS,
  REFERRAL_CREDITS,
  REFERRAL_STATES,
  REWARD_STATES,
} from '@holdfast/core';
import type { SalesforceEmulator } from '@holdfast/sandbox';

type Definition = readonly [name: string, type: Parameters<SalesforceEmulator['defineField']>[2], options: object];

const picklist = (name: string, values: readonly string[]): Definition => [
  name,
  'picklist',
  {
    length: 255,
    restricted: false,
    values: values.map((value) => ({ value, label: value, active: true, defaultValue: false })),
  },
];

/** What `install` leaves in an org, spelled by hand from the published field table. */
const INSTALLED: Readonly<Record<string, readonly Definition[]>> = {
  Account: [
    ['Holdfast_Health_Score__c', 'double', { precision: 3, scale: 0 }],
    picklist('Holdfast_Health_Band__c', HEALTH_BANDS),
    ['Holdfast_Band_Since__c', 'date', {}],
    picklist('Holdfast_Main_Reason__c', MAIN_REASONS),
    ['Holdfast_Reasons__c', 'textarea', { length: 2000 }],
    ['Holdfast_Next_Step__c', 'string', { length: 255 }],
    ['Holdfast_Revenue_At_Risk__c', 'currency', { precision: 18, scale: 2 }],
    ['Holdfast_Churn_Probability__c', 'percent', { precision: 5, scale: 1 }],
    picklist('Holdfast_Confidence__c', CONFIDENCES),
    ['Holdfast_Excluded__c', 'boolean', {}],
    picklist('Holdfast_Manager_View__c', MANAGER_VIEWS),
  ],
  Contact: [
    picklist('Holdfast_Advocate_Status__c', ADVOCATE_STATUSES),
    ['Holdfast_Last_Asked_On__c', 'date', {}],
    ['Holdfast_Referrals_Won__c', 'double', { precision: 6, scale: 0 }],
    ['Holdfast_Do_Not_Ask__c', 'boolean', {}],
  ],
  Opportunity: [
    picklist('Holdfast_Referral_State__c', REFERRAL_STATES),
    picklist('Holdfast_Referral_Credit__c', REFERRAL_CREDITS),
  ],
  Lead: [picklist('Holdfast_Referral_State__c', REFERRAL_STATES)],
  Task: [['Holdfast_Key__c', 'string', { length: 64, externalId: true, unique: true, caseSensitive: true }]],
};

const lookup = (name: string, to: string): Definition => [
  name,
  'reference',
  { length: 18, referenceTo: [to], relationshipName: name.replace('__c', '__r'), childRelationship: `By_${name}` },
];

/** The fields of the object that `install` makes. */
const REFERRAL: readonly Definition[] = [
  ['Holdfast_Key__c', 'string', { length: 255, externalId: true, unique: true, caseSensitive: true }],
  picklist('State__c', REFERRAL_STATES),
  picklist('Credit__c', REFERRAL_CREDITS),
  ['Claimed_On__c', 'date', {}],
  ['Protected_Until__c', 'date', {}],
  ['Decision_Reason__c', 'string', { length: 255 }],
  ['Policy_Version__c', 'string', { length: 255 }],
  picklist('Reward_State__c', REWARD_STATES),
  ['Reward_Amount__c', 'currency', { precision: 18, scale: 2 }],
  picklist('Advocate_Confirmed__c', CONFIRMATIONS),
  picklist('Prospect_Confirmed__c', CONFIRMATIONS),
  lookup('Advocate__c', 'Contact'),
  lookup('Advocate_Account__c', 'Account'),
  lookup('Prospect__c', 'Contact'),
  lookup('Lead__c', 'Lead'),
  lookup('Prospect_Account__c', 'Account'),
  lookup('Opportunity__c', 'Opportunity'),
];

/** Makes the fields as an admin would by hand. */
export function installByHand(emulator: SalesforceEmulator): void {
  for (const [object, definitions] of Object.entries(INSTALLED)) {
    for (const [name, type, options] of definitions) emulator.defineField(object, name, type, options);
  }
  emulator.defineObject('Holdfast_Referral__c', 'Holdfast Referral');
  for (const [name, type, options] of REFERRAL) emulator.defineField('Holdfast_Referral__c', name, type, options);
}
