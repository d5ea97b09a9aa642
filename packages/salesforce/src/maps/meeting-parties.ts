import { type Id, readSubject } from '@holdfast/core';
import { contactId, text } from '../codecs.ts';
import { activity } from './activity.ts';
import { childRows } from './mail-parties.ts';
import { fields, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

const RELATIONS = 'EventRelations';
const { object, archived, where, fields: event } = activity.sources[1];

/**
 * Who was in a meeting: the contact that it is about and those invited or related.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_eventattendee.htm
 */
export const meetingParties = {
  sources: [
    {
      ...{ object, archived, where },
      children: { [RELATIONS]: 'RelationId' },
      fields: {
        ...stamps,
        occurredAt: event.occurredAt,
        hints: fields(['Subject'], (raw, context) => readSubject(text.decode(raw['Subject'], context))),
        contactIds: fields<readonly Id[]>(['WhoId', RELATIONS], (raw, context) => {
          const who = [raw['WhoId'], ...childRows(raw, RELATIONS).map((it) => it['RelationId'])];
          return [...new Set(who.map((id) => contactId.decode(id, context)).filter((id) => id !== null))];
        }),
      },
    },
  ],
} as const satisfies SalesforceMap<'meetingParties'>;
