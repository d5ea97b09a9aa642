import type { EntityMap } from '@holdfast/core';
import { text } from '../codecs.ts';
import { PRIMARY_LINK } from '../objects.ts';
import { field, fields, linkTo, unmapped } from './rules.ts';

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
        role: field('label', text),
        isPrimary: fields(
          ['typeId'],
          ({ typeId }) => Array.isArray(typeId) && typeId.includes(PRIMARY_LINK['contact>company']),
        ),
      },
    },
  ],
} as const satisfies EntityMap<'contactRole'>;
