import type { EntityMap } from '@holdfast/core';
import { linkTo, unmapped } from './rules.ts';

/** The label between two contacts, "Referred by" unless the configuration names another (Professional up); `install` makes it. */
export const referralLink = {
  sources: [
    {
      object: 'contact-contact',
      fields: {
        createdAt: unmapped('Associations have no dates'),
        updatedAt: unmapped('Associations have no dates'),
        referrerId: linkTo('contact'),
        referredId: linkTo('contact'),
        claimedAt: unmapped('Associations have no dates'),
      },
    },
  ],
} as const satisfies EntityMap<'referralLink'>;
