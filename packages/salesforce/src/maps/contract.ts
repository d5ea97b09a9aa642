import { accountId, day, text } from '../codecs.ts';
import { field, nameIt, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** Contract. OwnerExpirationNotice is when its owner is reminded, not the term of notice, so it is not read as one. */
export const contract = {
  sources: [
    {
      object: 'Contract',
      fields: {
        ...stamps,
        accountId: field('AccountId', accountId),
        status: field('Status', text),
        startsOn: field('StartDate', day),
        endsOn: field('EndDate', day),
        noticeDays: nameIt('contract', 'noticeDays'),
        autoRenews: nameIt('contract', 'autoRenews'),
        annual: nameIt('contract', 'annual'),
        noticeGivenOn: nameIt('contract', 'noticeGivenOn'),
      },
    },
  ],
} as const satisfies SalesforceMap<'contract'>;
