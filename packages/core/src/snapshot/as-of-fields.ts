import type { Entities, EntityName } from '../model/types.ts';

/** A field of an entity, as `entity.field`. */
export type AsOfField = { [E in EntityName]: `${E}.${keyof Entities[E] & string}` }[EntityName];

type Fields = { readonly [E in EntityName]?: readonly (keyof Entities[E] & string)[] };

/**
 * Fields that are overwritten in place while their record lives. What such a field held in the past is known from field
 * history only: the date of the record's last edit dates the record, not the field, and "never edited since" is itself
 * something that only the future tells. Everything else was entered with the record and stands since its `createdAt`.
 */
export const EDITED_FIELDS = {
  account: [
    'name',
    'domain',
    'lifecycle',
    'industry',
    'country',
    'employees',
    'ownerId',
    'currency',
    'renewalOn',
    'recurring',
    'noticeGivenOn',
    'churnedOn',
    'seatsBought',
    'seatsUsed',
    'excluded',
    'managerView',
  ],
  opportunity: ['ownerId', 'name', 'stage', 'amount', 'closeOn', 'source', 'referredById'],
  contract: ['status', 'autoRenews', 'annual', 'noticeGivenOn'],
  order: ['status', 'shippedOn'],
  orderLine: ['shippedOn', 'deliveredOn', 'acceptedOn', 'deliveredQuantity', 'acceptedQuantity'],
  ticket: ['contactId', 'subject', 'priority', 'stage', 'escalated', 'closedAt'],
} as const satisfies Fields;

/** Entities with such fields. */
export type EditedEntity = keyof typeof EDITED_FIELDS;
