import type { EntityMap } from '@holdfast/core';
import { constant, linkTo, unmapped } from './rules.ts';

/**
 * The association of a contact with a company; its own labels are the role, and one company of a contact is the
 * primary one. Associations have no dates: whole sets are compared.
 */
export const contactRole = {
  sources: [
    {
      object: 'contact-company',
      fields: {
        createdAt: unmapped('Associations have no dates'),
        updatedAt: unmapped('Associations have no dates'),
        accountId: linkTo('account'),
        contactId: linkTo('contact'),
        role: unmapped('The labels of the association itself, from Professional up'),
        isPrimary: constant(false),
      },
    },
  ],
} as const satisfies EntityMap<'contactRole'>;
