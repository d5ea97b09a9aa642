import { NOTE_KEY_START } from '@holdfast/core';
import { accountId, day, opportunityId, text } from '../codecs.ts';
import { KEY_FIELD } from '../owned-name.ts';
import { field, owned, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** How the keys of notes begin, as SOQL. */
export const IS_NOTE = `LIKE '${NOTE_KEY_START}%'`;

/**
 * The notes that Holdfast made: the timeline shows activities, and a ContentNote cannot carry a key, so that each is a
 * task that is done. Its key tells it from the tasks that somebody has to do.
 */
export const note = {
  sources: [
    {
      object: 'Task',
      archived: true,
      requires: KEY_FIELD,
      where: { [KEY_FIELD]: IS_NOTE },
      fields: {
        ...stamps,
        key: owned('task', 'key', text),
        body: field('Subject', text),
        occurredOn: field('ActivityDate', day),
        accountId: field('AccountId', accountId),
        opportunityId: field('WhatId', opportunityId),
      },
    },
  ],
} as const satisfies SalesforceMap<'note'>;
