import { accountId, contactId, flag, required, text } from '../codecs.ts';
import { constant, field, fields, stamps, unmapped } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** Contact.AccountId: one account to a contact, so the contact alone names the relation and a move replaces it. */
export const contactRole = {
  sources: [
    {
      object: 'Contact',
      idPrefix: 'Contact.AccountId',
      relation: 'AccountId',
      fields: {
        ...stamps,
        accountId: field('AccountId', required(accountId)),
        contactId: field('Id', required(contactId)),
        role: unmapped('A contact has roles only where the org lets it belong to several accounts'),
        isPrimary: constant(true),
      },
    },
  ],
} as const satisfies SalesforceMap<'contactRole'>;

/** The same where a contact may belong to several accounts; the direct account has a row of its own there. */
export const contactRelation = {
  sources: [
    {
      object: 'AccountContactRelation',
      fields: {
        ...stamps,
        accountId: field('AccountId', required(accountId)),
        contactId: field('ContactId', required(contactId)),
        role: field('Roles', text),
        isPrimary: fields<boolean>(['IsDirect'], (raw, context) => flag.decode(raw['IsDirect'], context) ?? false),
      },
    },
  ],
} as const satisfies SalesforceMap<'contactRole'>;
