import type { EntityMap } from '@holdfast/core';
import { dueDay, held, idOf, instant, text } from '../codecs.ts';
import { field, fields, linkTo } from './rules.ts';

/** A task that Holdfast created: one that carries our key. */
export const task = {
  sources: [
    {
      object: 'task',
      where: { holdfast_key: 'is set' },
      fields: {
        createdAt: field('hs_createdate', instant),
        updatedAt: field('hs_lastmodifieddate', instant),
        key: field('holdfast_key', text),
        subject: field('hs_task_subject', text),
        body: field('hs_task_body', text),
        dueOn: field('hs_timestamp', dueDay),
        ownerId: field('hubspot_owner_id', idOf('owner')),
        accountId: linkTo('account'),
        done: fields(['hs_task_status'], (raw) => held(raw['hs_task_status']) === 'COMPLETED'),
      },
    },
  ],
} as const satisfies EntityMap<'task'>;
