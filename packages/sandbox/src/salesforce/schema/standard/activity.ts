import { audit, description, idField, isDeletedField, owner } from '../common.ts';
import { type Field, field, lookup, picklist, systemOwned, text } from '../field.ts';
import type { Draft, ObjectDef } from '../object.ts';

const who = lookup('WhoId', ['Contact', 'Lead'], null, { label: 'Name ID' });
const what = (): Field =>
  lookup('WhatId', ['Account', 'Asset', 'Campaign', 'Case', 'Contract', 'Opportunity', 'Order', 'Product2'], null, {
    label: 'Related To ID',
  });

/** The account of an activity: the account it is on, else its record's account, else its person's. */
function deriveAccount(record: Draft): void {
  const whatId = record.get('WhatId');
  const account =
    typeof whatId === 'string' && whatId.startsWith('001')
      ? whatId
      : (record.parent('WhatId')?.get('AccountId') ?? record.parent('WhoId')?.get('AccountId') ?? null);
  record.set('AccountId', account);
}

const archived: Field = field('IsArchived', 'boolean', { label: 'Archived', ...systemOwned });

/** Statuses of a new org, and whether a task that has one is done. */
export const taskStatuses: Readonly<Record<string, boolean>> = {
  'Not Started': false,
  'In Progress': false,
  Completed: true,
  'Waiting on someone else': false,
  Deferred: false,
};
const OPEN_STATUSES: ReadonlySet<unknown> = new Set(Object.keys(taskStatuses).filter((it) => !taskStatuses[it]));

/** TaskStatus: the settings behind a task's Status. */
export const taskStatus: ObjectDef = {
  name: 'TaskStatus',
  label: 'Task Status Value',
  labelPlural: 'Task Status Value',
  keyPrefix: '01T',
  createable: false,
  updateable: false,
  deletable: false,
  undeletable: false,
  replicateable: false,
  fields: [
    idField('Task Status Value'),
    text('MasterLabel', 255, { ...systemOwned, nameField: true }),
    text('ApiName', 255, systemOwned),
    field('SortOrder', 'int', systemOwned),
    field('IsDefault', 'boolean', { label: 'Is Default', ...systemOwned }),
    field('IsClosed', 'boolean', { label: 'Closed', ...systemOwned }),
    ...audit,
  ],
};

/** Task. Object Reference, "Task". */
export const task: ObjectDef = {
  name: 'Task',
  label: 'Task',
  labelPlural: 'Tasks',
  keyPrefix: '00T',
  derive(record) {
    deriveAccount(record);
    const status = record.get('Status');
    const closed =
      !OPEN_STATUSES.has(status) && record.find('TaskStatus', 'MasterLabel', status)?.get('IsClosed') === true;
    record.set('IsClosed', closed);
    if (closed && record.get('CompletedDateTime') === null) record.set('CompletedDateTime', record.now);
    if (!closed) record.set('CompletedDateTime', null);
    record.set('IsHighPriority', record.get('Priority') === 'High');
  },
  fields: [
    idField('Activity'),
    who,
    what(),
    field('Subject', 'combobox', { length: 255, nameField: true }),
    field('ActivityDate', 'date', { label: 'Due Date Only' }),
    picklist('Status', Object.keys(taskStatuses), {
      length: 255,
      nillable: false,
      permissionable: false,
      defaultedOnCreate: true,
      defaultValue: 'Not Started',
    }),
    picklist('Priority', ['High', 'Normal', 'Low'], {
      length: 255,
      nillable: false,
      permissionable: false,
      defaultedOnCreate: true,
      defaultValue: 'Normal',
    }),
    field('IsHighPriority', 'boolean', { label: 'High Priority', ...systemOwned }),
    owner(['Group', 'User']),
    description('Description'),
    isDeletedField,
    lookup('AccountId', 'Account', 'Tasks', systemOwned),
    field('IsClosed', 'boolean', { label: 'Closed', ...systemOwned }),
    ...audit,
    archived,
    picklist('Type', ['Call', 'Email', 'Meeting', 'Other'], { length: 40 }),
    field('CallDurationInSeconds', 'int', { label: 'Call Duration' }),
    picklist('CallType', ['Internal', 'Inbound', 'Outbound'], { length: 40, restricted: true }),
    field('CallDisposition', 'string', { label: 'Call Result', length: 255 }),
    field('ReminderDateTime', 'datetime', { label: 'Reminder Date/Time', permissionable: false }),
    field('IsReminderSet', 'boolean', { label: 'Reminder Set', permissionable: false }),
    lookup('RecurrenceActivityId', 'Task', 'RecurringTasks', systemOwned),
    field('IsRecurrence', 'boolean', {
      label: 'Create Recurring Series of Tasks',
      updateable: false,
      permissionable: false,
    }),
    picklist('TaskSubtype', ['Task', 'Email', 'ListEmail', 'Call', 'Cadence', 'LinkedIn'], {
      length: 40,
      updateable: false,
      restricted: true,
      defaultValue: 'Task',
    }),
    field('CompletedDateTime', 'datetime', { label: 'Completed Date', createable: false, updateable: false }),
  ],
};

/** Event. Object Reference, "Event". */
export const event: ObjectDef = {
  name: 'Event',
  label: 'Event',
  labelPlural: 'Events',
  keyPrefix: '00U',
  derive(record) {
    deriveAccount(record);
    const starts = record.get('ActivityDateTime') ?? record.get('StartDateTime');
    if (typeof starts !== 'number') return;
    record.set('ActivityDateTime', starts);
    record.set('StartDateTime', starts);
    record.set('ActivityDate', new Date(starts * 1000).toISOString().slice(0, 10));
    const minutes = record.get('DurationInMinutes');
    if (typeof minutes === 'number') record.set('EndDateTime', starts + minutes * 60);
  },
  fields: [
    idField('Activity'),
    who,
    what(),
    field('Subject', 'combobox', { length: 255, nameField: true }),
    field('Location', 'string', { length: 255 }),
    field('IsAllDayEvent', 'boolean', { label: 'All-Day Event' }),
    field('ActivityDateTime', 'datetime', { label: 'Due Date Time', permissionable: false }),
    field('ActivityDate', 'date', { label: 'Due Date Only', permissionable: false }),
    field('DurationInMinutes', 'int', { label: 'Duration', permissionable: false }),
    field('StartDateTime', 'datetime', { permissionable: false }),
    field('EndDateTime', 'datetime', { permissionable: false }),
    description('Description'),
    lookup('AccountId', 'Account', 'Events', systemOwned),
    owner(),
    field('IsPrivate', 'boolean', { label: 'Private', permissionable: false }),
    picklist('ShowAs', ['Busy', 'OutOfOffice', 'Free'], {
      length: 40,
      label: 'Show Time As',
      restricted: true,
      permissionable: false,
      defaultValue: 'Busy',
    }),
    isDeletedField,
    field('IsChild', 'boolean', systemOwned),
    field('IsGroupEvent', 'boolean', systemOwned),
    ...audit,
    archived,
    lookup('RecurrenceActivityId', 'Event', 'RecurringEvents', systemOwned),
    field('IsRecurrence', 'boolean', {
      label: 'Create Recurring Series of Events',
      updateable: false,
      permissionable: false,
    }),
    picklist('Type', ['Call', 'Email', 'Meeting', 'Other'], { length: 40 }),
    picklist('EventSubtype', ['Event'], {
      length: 40,
      updateable: false,
      restricted: true,
      permissionable: false,
      defaultValue: 'Event',
    }),
  ],
};
