import type { Codec } from '@holdfast/core';
import * as z from 'zod';
import {
  accountId,
  contactId,
  day,
  domain,
  flag,
  instant,
  lowerCased,
  money,
  number,
  percent,
  required,
  text,
} from './codecs.ts';

/**
 * The domain fields for which an org may name a field of its own, with the codec that reads it. Ids, stamps, what
 * Holdfast writes and the links that Salesforce itself keeps are not among them.
 */
export const OVERLAY_FIELDS = {
  account: {
    domain,
    lifecycle: text,
    industry: text,
    country: text,
    employees: number,
    renewalOn: day,
    recurring: money,
    noticeGivenOn: day,
    churnedOn: day,
    seatsBought: number,
    seatsUsed: number,
  },
  contact: { title: text, referredById: contactId },
  opportunity: { pipeline: text, type: text, amount: money, source: text, referredById: contactId },
  lead: { source: text, referredById: contactId },
  contract: { startsOn: day, endsOn: day, noticeDays: number, autoRenews: flag, annual: money, noticeGivenOn: day },
  order: { number: text, orderedOn: day, promisedOn: day, shippedOn: day, amount: money },
  orderLine: {
    product: text,
    discount: percent,
    promisedOn: day,
    shippedOn: day,
    deliveredOn: day,
    acceptedOn: day,
    deliveredQuantity: number,
    acceptedQuantity: number,
  },
  activity: { direction: lowerCased(['inbound', 'outbound']) },
  ticket: { priority: text, escalated: flag, openedAt: instant, closedAt: instant },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Codec<unknown>>>>>;

/** The fields of an object of the org's own that holds what Salesforce has no object for. */
export const OBJECT_FIELDS = {
  usage: {
    accountId: required(accountId),
    periodOn: required(day),
    seatsBought: number,
    seatsUsed: number,
    events: number,
  },
  surveyResponse: {
    accountId,
    contactId,
    kind: required(lowerCased(['nps', 'csat', 'ces'])),
    score: required(number),
    respondedAt: required(instant),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Codec<unknown>>>>>;

type Table = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
/** The org's own field names, by entity and domain field. */
export type Overlay = Names<typeof OVERLAY_FIELDS>;
type Names<T extends Table> = {
  readonly [E in keyof T]?: { readonly [F in keyof T[E]]?: string | undefined } | undefined;
};

/** An object of the org's own; `constants` for what every record of it shares, such as `kind: 'nps'`. */
export interface CustomObject<F extends string = string> {
  readonly object: string;
  readonly fields: { readonly [K in F]?: string | undefined };
  readonly constants?: { readonly [K in F]?: string | undefined } | undefined;
}
export type CustomObjects = {
  readonly [E in keyof typeof OBJECT_FIELDS]?: CustomObject<keyof (typeof OBJECT_FIELDS)[E] & string> | undefined;
};

/** A field, a parent's field (`Plan__r.Name`), or one object's field where an entity has several (`OrderItem.Due__c`). */
const fieldName = z.string().regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*){0,2}$/, 'must be the API name of a field');
const objectName = z.string().regex(/^[A-Za-z]\w*$/, 'must be the API name of an object');

const strict = <S extends z.ZodType>(keys: object, schema: S) =>
  z.strictObject(Object.fromEntries(Object.keys(keys).map((key) => [key, schema.optional()])));

/** The overlay as the configuration holds it; an unknown entity or field is refused. */
export const overlaySchema = z
  .strictObject(
    Object.fromEntries(
      Object.entries(OVERLAY_FIELDS).map(([entity, table]) => [entity, strict(table, fieldName).optional()]),
    ),
  )
  .transform((value) => value as Overlay);

/** Likewise the org's own objects. */
export const objectsSchema = z
  .strictObject(
    Object.fromEntries(
      Object.entries(OBJECT_FIELDS).map(([entity, table]) => [
        entity,
        z
          .strictObject({
            object: objectName,
            fields: strict(table, fieldName),
            constants: strict(table, z.string().max(255)).optional(),
          })
          .optional(),
      ]),
    ),
  )
  .transform((value) => value as CustomObjects);
