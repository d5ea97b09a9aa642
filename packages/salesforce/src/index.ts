export { salesforce } from './module.ts';
export type { SalesforceOptions } from './options.ts';
