import { commonProperties } from './common-properties.ts';
import { datetime, html, number, readOnly, select, text } from './kinds.ts';
import { defineObject, type ObjectType } from './object-type.ts';
import type { PropertyInput } from './property.ts';

const activity = (
  id: string,
  name: string,
  label: string,
  idBase: number,
  properties: readonly PropertyInput[],
  required: readonly string[] = [],
): ObjectType =>
  defineObject({
    id,
    name,
    singular: name.slice(0, -1),
    labels: { singular: label, plural: `${label}s` },
    required: ['hs_timestamp', ...required],
    searchable: properties.filter((one) => one.type === 'string').map((one) => one.name),
    group: name.slice(0, -1),
    scope: 'contacts',
    activity: true,
    idBase,
    properties: [
      ...commonProperties,
      datetime('hs_timestamp', 'Activity date'),
      readOnly(text('hs_activity_type', 'Activity type', { hidden: true })),
      ...properties,
    ],
  });

/** Tasks (0-27). */
export const tasks = activity('0-27', 'tasks', 'Task', 31_500_000_000, [
  text('hs_task_subject', 'Task title'),
  html('hs_task_body', 'Task notes'),
  select('hs_task_status', 'Task status', ['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'DEFERRED', 'COMPLETED']),
  select('hs_task_priority', 'Priority', ['NONE', 'LOW', 'MEDIUM', 'HIGH']),
  select('hs_task_type', 'Task type', ['EMAIL', 'CALL', 'TODO', 'LINKED_IN_MESSAGE']),
  text('hs_task_reminders', 'Reminders'),
  readOnly(datetime('hs_task_completion_date', 'Completed at')),
]);

/** Notes (0-46). */
export const notes = activity('0-46', 'notes', 'Note', 31_600_000_000, [html('hs_note_body', 'Note body')]);

/** Meetings (0-47). */
export const meetings = activity('0-47', 'meetings', 'Meeting', 31_700_000_000, [
  text('hs_meeting_title', 'Meeting name'),
  html('hs_meeting_body', 'Meeting description'),
  datetime('hs_meeting_start_time', 'Meeting start time'),
  datetime('hs_meeting_end_time', 'Meeting end time'),
  text('hs_attendee_owner_ids', 'HubSpot attendees'),
  select('hs_meeting_outcome', 'Meeting outcome', ['SCHEDULED', 'COMPLETED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED']),
]);

/** Calls (0-48). */
export const calls = activity('0-48', 'calls', 'Call', 31_800_000_000, [
  text('hs_call_title', 'Call title'),
  html('hs_call_body', 'Call notes'),
  select('hs_call_direction', 'Call direction', ['INBOUND', 'OUTBOUND']),
  number('hs_call_duration', 'Call duration'),
  select('hs_call_status', 'Call status', ['COMPLETED', 'NO_ANSWER', 'BUSY', 'FAILED', 'QUEUED']),
  text('hs_call_disposition', 'Call outcome'),
]);

/** Emails (0-49). */
export const emails = activity(
  '0-49',
  'emails',
  'Email',
  31_900_000_000,
  [
    text('hs_email_subject', 'Email subject'),
    html('hs_email_html', 'Email body'),
    text('hs_email_text', 'Text body'),
    text('hs_email_headers', 'Email headers'),
    ...['from', 'to', 'cc'].flatMap((role) => [
      readOnly(text(`hs_email_${role}_email`, `Email ${role} address`)),
      readOnly(text(`hs_email_${role}_firstname`, `Email ${role} first name`)),
      readOnly(text(`hs_email_${role}_lastname`, `Email ${role} last name`)),
    ]),
    readOnly(text('hs_email_thread_id', 'Email thread ID')),
    select('hs_email_direction', 'Email direction', ['EMAIL', 'INCOMING_EMAIL', 'FORWARDED_EMAIL']),
    select('hs_email_status', 'Email send status', ['SENT', 'SCHEDULED', 'BOUNCED', 'FAILED']),
  ],
  ['hs_email_direction'],
);
