import type { Codec } from '@holdfast/core';
import * as z from 'zod';
import { day, flag, idOf, instant, integer, money, number, text } from './codecs.ts';

/**
 * The domain fields for which a portal may name a property of its own, with the codec that reads it. HubSpot has no
 * standard property for most of them. Owned fields, ids and dates of the record are not in it.
 */
export const OVERLAY_FIELDS = {
  account: {
    lifecycle: text,
    industry: text,
    country: text,
    currency: text,
    employees: integer,
    renewalOn: day,
    recurring: money,
    noticeGivenOn: day,
    churnedOn: day,
    seatsBought: number,
    seatsUsed: number,
  },
  contact: { title: text, referredById: idOf('contact') },
  opportunity: { type: text, source: text, referredById: idOf('contact') },
  order: { number: text, status: text, orderedOn: day, promisedOn: day, shippedOn: day },
  orderLine: {
    product: text,
    discount: number,
    promisedOn: day,
    shippedOn: day,
    deliveredOn: day,
    acceptedOn: day,
    deliveredQuantity: number,
    acceptedQuantity: number,
  },
  ticket: { priority: text, escalated: flag, openedAt: instant, closedAt: instant },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Codec<never> | Codec<unknown>>>>>;

type OverlayEntity = keyof typeof OVERLAY_FIELDS;

/** A portal's own property names, by entity and field: `{ account: { renewalOn: 'renewal_date' } }`. */
export type Overlay = { readonly [E in OverlayEntity]?: { readonly [F in keyof (typeof OVERLAY_FIELDS)[E]]?: string } };

const propertyName = z.string().regex(/^[a-z][a-z0-9_]{0,99}$/, 'must be the internal name of a HubSpot property');

/** The overlay as the configuration holds it; an unknown entity or field is refused. */
export const overlaySchema = z
  .strictObject(
    Object.fromEntries(
      Object.entries(OVERLAY_FIELDS).map(([entity, fields]) => [
        entity,
        z
          .strictObject(Object.fromEntries(Object.keys(fields).map((field) => [field, propertyName.optional()])))
          .optional(),
      ]),
    ),
  )
  .transform((value) => value as Overlay);
