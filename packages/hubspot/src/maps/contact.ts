import { ADVOCATE_STATUSES, addressKeys, type EntityMap } from '@holdfast/core';
import { day, flag, held, idOf, instant, integer, oneOf, text } from '../codecs.ts';
import { field, fields, unmapped } from './rules.ts';

const fullName = (raw: Readonly<Record<string, unknown>>): string | null => {
  const parts = [held(raw['firstname']), held(raw['lastname'])].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
};

/** A contact is a contact. Who belongs to which account is read as contact roles. */
export const contact = {
  sources: [
    {
      object: 'contact',
      fields: {
        createdAt: field('createdate', instant),
        updatedAt: field('lastmodifieddate', instant),
        name: fields(['firstname', 'lastname'], fullName),
        email: field('email', text),
        otherAddresses: fields(['hs_additional_emails'], (raw) => {
          const others = (held(raw['hs_additional_emails']) ?? '').split(';').flatMap((it) => addressKeys(it) ?? []);
          return others.length === 0 ? null : others;
        }),
        title: field('jobtitle', text),
        ownerId: field('hubspot_owner_id', idOf('owner')),
        referredById: unmapped('The association label between two contacts is read as a referral link'),
        doNotAsk: field('holdfast_do_not_ask', flag),
        advocateStatus: field('holdfast_advocate_status', oneOf(ADVOCATE_STATUSES)),
        lastAskedOn: field('holdfast_last_asked_on', day),
        referralsWon: field('holdfast_referrals_won', integer),
      },
    },
  ],
} as const satisfies EntityMap<'contact'>;
