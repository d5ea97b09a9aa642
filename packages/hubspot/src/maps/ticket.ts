import type { EntityMap } from '@holdfast/core';
import { instant, text } from '../codecs.ts';
import { field, linkTo, namedByYou } from './rules.ts';

/** A ticket is a ticket. */
export const ticket = {
  sources: [
    {
      object: 'ticket',
      fields: {
        createdAt: field('createdate', instant),
        updatedAt: field('hs_lastmodifieddate', instant),
        accountId: linkTo('account'),
        contactId: linkTo('contact'),
        subject: field('subject', text),
        priority: field('hs_ticket_priority', text),
        stage: field('hs_pipeline_stage', text),
        escalated: namedByYou('an escalated ticket'),
        openedAt: field('createdate', instant),
        closedAt: field('closed_date', instant),
      },
    },
  ],
} as const satisfies EntityMap<'ticket'>;
