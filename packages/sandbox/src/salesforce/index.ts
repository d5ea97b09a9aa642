export { createSalesforce } from './create-salesforce.ts';
export { sandboxUser } from './open-org.ts';
export type { Edition, RecordTypeOption, SalesforceOptions, SalesforceSettings, SalesforceUser } from './options.ts';
export type {
  ConvertedLead,
  FieldValues,
  LateChange,
  LeadConversion,
  SalesforceEmulator,
  SalesforceRecord,
} from './salesforce-emulator.ts';
export type { DuplicateRule, Rules, ValidationRule } from './write/rules.ts';
