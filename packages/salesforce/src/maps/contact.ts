import { ADVOCATE_STATUSES } from '@holdfast/core';
import { day, flag, integer, oneOf, ownerId, text } from '../codecs.ts';
import { field, nameIt, owned, stamps, unmapped } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** Contact: only what scoring and referral matching need. */
export const contact = {
  sources: [
    {
      object: 'Contact',
      fields: {
        ...stamps,
        name: field('Name', text),
        email: field('Email', text),
        otherAddresses: unmapped('Salesforce keeps one address of a contact'),
        title: field('Title', text),
        ownerId: field('OwnerId', ownerId),
        referredById: nameIt('contact', 'referredById'),
        doNotAsk: owned('contact', 'doNotAsk', flag),
        advocateStatus: owned('contact', 'advocateStatus', oneOf(ADVOCATE_STATUSES)),
        lastAskedOn: owned('contact', 'lastAskedOn', day),
        referralsWon: owned('contact', 'referralsWon', integer),
      },
    },
  ],
} as const satisfies SalesforceMap<'contact'>;
