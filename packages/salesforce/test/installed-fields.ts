import {
  ADVOCATE_STATUSES,
  CONFIDENCES,
  HEALTH_BANDS,
  MAIN_REASONS,
  MANAGER_VIEWS,
  REFERRAL_CREDITS,
  REFERRAL_STATES,
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
  Task: [['Holdfast_Key__c', 'string', { length: 64, externalId: true, unique: true, caseSensitive: true }]],
};

/** Makes the fields as an admin would by hand. */
export function installByHand(emulator: SalesforceEmulator): void {
  for (const [object, definitions] of Object.entries(INSTALLED)) {
    for (const [name, type, options] of definitions) emulator.defineField(object, name, type, options);
  }
}
