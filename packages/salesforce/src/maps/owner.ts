import { flag, required, text } from '../codecs.ts';
import { field, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** User. Those of customer portals own no accounts and are left out; there may be very many. */
export const owner = {
  sources: [
    {
      object: 'User',
      where: { UserType: "NOT IN ('CspLitePortal','CustomerSuccess','PowerCustomerSuccess','Guest')" },
      fields: {
        ...stamps,
        name: field('Name', text),
        email: field('Email', text),
        active: field('IsActive', required(flag)),
      },
    },
  ],
} as const satisfies SalesforceMap<'owner'>;
