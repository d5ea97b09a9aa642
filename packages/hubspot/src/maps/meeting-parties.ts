import { type EntityMap, readSubject } from '@holdfast/core';
import { held, instant } from '../codecs.ts';
import { field, fields, linksTo } from './rules.ts';

/**
 * Who was in a meeting: the contacts that it is linked to (our own people stand in `hs_attendee_owner_ids`, and of others
 * HubSpot tells nothing). https://developers.hubspot.com/docs/api-reference/latest/crm/activities/meetings/guide
 */
export const meetingParties = {
  sources: [
    {
      object: 'meeting',
      fields: {
        createdAt: field('hs_createdate', instant),
        updatedAt: field('hs_lastmodifieddate', instant),
        occurredAt: field('hs_timestamp', instant),
        hints: fields(['hs_meeting_title'], (raw) => readSubject(held(raw['hs_meeting_title']))),
        contactIds: linksTo('contact'),
      },
    },
  ],
} as const satisfies EntityMap<'meetingParties'>;
