import type { Activity, CodecContext, Id } from '@holdfast/core';
import { accountId, contactId, day, flag, instant, ownerId } from '../codecs.ts';
import { KEY_FIELD } from '../owned-name.ts';
import { startOfDay } from '../start-of-day.ts';
import { constant, field, fields, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

type Raw = Readonly<Record<string, unknown>>;

/** What tasks and events share. WhoId may be a lead, which is no contact. */
const common = {
  ...stamps,
  accountId: field('AccountId', accountId),
  contactIds: fields<readonly Id[]>(['WhoId'], (raw, context) => {
    const id = contactId.decode(raw['WhoId'], context);
    return id === null ? [] : [id];
  }),
  ownerId: field('OwnerId', ownerId),
  byUs: fields<boolean>([KEY_FIELD], (raw) => raw[KEY_FIELD] !== null && raw[KEY_FIELD] !== undefined),
} as const;

/** Task (calls and mails among them) and Event. The parent of a recurring series is no touch; its occurrences are. */
export const activity = {
  sources: [
    {
      object: 'Task',
      archived: true,
      where: { IsRecurrence: '= FALSE' },
      fields: {
        ...common,
        kind: fields<Activity['kind']>(['TaskSubtype', 'Type', 'CallType'], kindOfTask),
        direction: fields<Activity['direction']>(['CallType'], directionOfTask),
        occurredAt: fields<number | null>(['IsClosed', 'CompletedDateTime', 'ActivityDate'], whenDone),
      },
    },
    {
      object: 'Event',
      archived: true,
      where: { IsRecurrence: '= FALSE', IsChild: '= FALSE' },
      fields: {
        ...common,
        kind: constant<Activity['kind']>('meeting'),
        direction: constant<Activity['direction']>(null),
        occurredAt: fields<number | null>(
          ['IsAllDayEvent', 'StartDateTime', 'ActivityDateTime', 'ActivityDate'],
          whenHeld,
        ),
      },
    },
  ],
} as const satisfies SalesforceMap<'activity'>;

function kindOfTask(raw: Raw): Activity['kind'] {
  const subtype = raw['TaskSubtype'];
  if (subtype === 'Call' || raw['CallType']) return 'call';
  if (subtype === 'Email' || subtype === 'ListEmail') return 'email';
  const type = raw['Type'];
  return type === 'Call' ? 'call' : type === 'Email' ? 'email' : type === 'Meeting' ? 'meeting' : 'task';
}

function directionOfTask(raw: Raw): Activity['direction'] {
  return raw['CallType'] === 'Inbound' ? 'inbound' : raw['CallType'] === 'Outbound' ? 'outbound' : null;
}

/** A task that nobody has done yet has not occurred. One without a time of completion occurred on its day. */
function whenDone(raw: Raw, context: CodecContext): number | null {
  if (flag.decode(raw['IsClosed'], context) !== true) return null;
  return instant.decode(raw['CompletedDateTime'], context) ?? beginning(raw, context);
}

/** The start of an all-day event is a day without a zone, so the org's zone says when it begins. */
function whenHeld(raw: Raw, context: CodecContext): number | null {
  if (raw['IsAllDayEvent'] === true) return beginning(raw, context);
  return instant.decode(raw['StartDateTime'] ?? raw['ActivityDateTime'], context) ?? beginning(raw, context);
}

function beginning(raw: Raw, context: CodecContext): number | null {
  const on = day.decode(raw['ActivityDate'], context);
  return on === null ? null : startOfDay(on, context.timeZone);
}
