import { accountId, day, flag, ownerId, required, text } from '../codecs.ts';
import { KEY_FIELD } from '../owned-name.ts';
import { IS_NOTE } from './note.ts';
import { field, owned, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** The tasks that Holdfast made: those with its key, but for notes. */
export const task = {
  sources: [
    {
      object: 'Task',
      archived: true,
      requires: KEY_FIELD,
      where: { [KEY_FIELD]: `!= NULL AND (NOT ${KEY_FIELD} ${IS_NOTE})` },
      fields: {
        ...stamps,
        key: owned('task', 'key', text),
        subject: field('Subject', text),
        body: field('Description', text),
        dueOn: field('ActivityDate', day),
        ownerId: field('OwnerId', ownerId),
        accountId: field('WhatId', accountId),
        done: field('IsClosed', required(flag)),
      },
    },
  ],
} as const satisfies SalesforceMap<'task'>;
