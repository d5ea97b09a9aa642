import { accountId, contactId, flag, instant, text } from '../codecs.ts';
import { field, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** Case. */
export const ticket = {
  sources: [
    {
      object: 'Case',
      fields: {
        ...stamps,
        accountId: field('AccountId', accountId),
        contactId: field('ContactId', contactId),
        subject: field('Subject', text),
        priority: field('Priority', text),
        stage: field('Status', text),
        escalated: field('IsEscalated', flag),
        openedAt: field('CreatedDate', instant),
        closedAt: field('ClosedDate', instant),
      },
    },
  ],
} as const satisfies SalesforceMap<'ticket'>;
