import type { EntityMap } from '@holdfast/core';
import { dueDay, html, instant, text } from '../codecs.ts';
import { field, linkTo } from './rules.ts';

/** A note that Holdfast created: one that carries our key. Read and written only where notes are switched on. */
export const note = {
  sources: [
    {
      object: 'note',
      where: { holdfast_key: 'is set' },
      fields: {
        createdAt: field('hs_createdate', instant),
        updatedAt: field('hs_lastmodifieddate', instant),
        key: field('holdfast_key', text),
        body: field('hs_note_body', html),
        occurredOn: field('hs_timestamp', dueDay),
        accountId: linkTo('account'),
        opportunityId: linkTo('opportunity'),
      },
    },
  ],
} as const satisfies EntityMap<'note'>;
