import type { EntityMap } from '@holdfast/core';
import { instant, text } from '../codecs.ts';
import { constant, field, fields, linkTo } from './rules.ts';

/** What `propertiesWithHistory` gives for every version of a property; `entity` and `field` follow from the property. */
const version = {
  createdAt: field('timestamp', instant),
  updatedAt: field('timestamp', instant),
  field: fields(['property'], ({ property }) => String(property ?? '')),
  at: fields(['timestamp'], ({ timestamp }, context) => instant.decode(timestamp, context) ?? 0),
  kind: constant('change' as const),
  before: field('value', text),
  after: field('value', text),
} as const;

/**
 * Field history: the versions that HubSpot keeps of each property that an account, an opportunity or a ticket is read
 * from, at most 20 of each. The adapter puts them into the domain's own values (`read/history.ts`).
 */
export const fieldChange = {
  sources: [
    { object: 'company', fields: { ...version, recordId: linkTo('account'), entity: constant('account' as const) } },
    {
      object: 'deal',
      fields: { ...version, recordId: linkTo('opportunity'), entity: constant('opportunity' as const) },
    },
    { object: 'ticket', fields: { ...version, recordId: linkTo('ticket'), entity: constant('ticket' as const) } },
  ],
} as const satisfies EntityMap<'fieldChange'>;
