import { accountId, required } from '../codecs.ts';
import { field, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** Account.ParentId. An account has at most one parent, so the child alone names the relation. */
export const accountParent = {
  sources: [
    {
      object: 'Account',
      idPrefix: 'Account.ParentId',
      relation: 'ParentId',
      fields: {
        ...stamps,
        childId: field('Id', required(accountId)),
        parentId: field('ParentId', required(accountId)),
      },
    },
  ],
} as const satisfies SalesforceMap<'accountParent'>;
