import type { CrmModule } from '@holdfast/core';
import { maps } from './maps/index.ts';
import { env, type SalesforceOptions, salesforceOptions } from './options.ts';
import { permissions } from './permissions.ts';
import { profile } from './profile.ts';

/** Salesforce. jsforce is loaded at connect, so that maps and options cost nothing. */
export const salesforce: CrmModule<SalesforceOptions> = {
  crm: 'salesforce',
  title: 'Salesforce',
  options: salesforceOptions,
  env,
  maps,
  permissions,
  profile,
  async connect(options, context) {
    const { connect } = await import('./connect.ts');
    return connect(options, context);
  },
};
