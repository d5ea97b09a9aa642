import { type EntityName, type Id, relationOwner } from '@holdfast/core';

/** The two ids by which the store finds a record: what it belongs to, and the other end of a relation. */
export interface RecordKeys {
  readonly homeId: Id | null;
  readonly linkId: Id | null;
}

const HOME: { readonly [E in EntityName]?: readonly string[] } = {
  accountParent: ['childId'],
  contactRole: ['accountId'],
  opportunity: ['accountId'],
  contract: ['accountId'],
  order: ['accountId'],
  orderLine: ['opportunityId', 'orderId'],
  ticket: ['accountId'],
  activity: ['accountId'],
  surveyResponse: ['accountId'],
  usage: ['accountId'],
  referralLink: ['referredId'],
  task: ['accountId'],
  note: ['accountId'],
  referral: ['accountId'],
  fieldChange: ['recordId'],
};

const LINK: { readonly [E in EntityName]?: string } = {
  accountParent: 'parentId',
  contactRole: 'contactId',
  referralLink: 'referrerId',
};

/** What may name a person and no account; such a record is found by that person, and belongs where the person does. */
const PERSON: { readonly [E in EntityName]?: string } = {
  ticket: 'contactId',
  activity: 'contactIds',
  surveyResponse: 'contactId',
};

/** Entities whose records may be found by a person. */
export const BY_PERSON = Object.keys(PERSON) as readonly EntityName[];

/** Entities whose records stand or fall with both their ends. */
export const RELATIONS: readonly EntityName[] = ['accountParent', 'contactRole', 'referralLink'];

/**
 * Entities that nothing is remembered of once they are gone. What a record once held goes with it, also into a merge: it
 * never was the survivor's. Who took part goes under the id of the touch, whose own going is remembered.
 */
export const UNMOURNED: readonly EntityName[] = [...RELATIONS, 'fieldChange', 'mailParties', 'meetingParties'];

/** Entities with something that they belong to. */
export const HOMED = Object.keys(HOME) as readonly EntityName[];

/** Reads a record's keys; the first home that is set counts. */
export function recordKeys(entity: EntityName, record: object): RecordKeys {
  const fields = record as Readonly<Record<string, unknown>>;
  const home = HOME[entity]?.map((field) => fields[field]).find((value) => typeof value === 'string');
  const linkField = LINK[entity] ?? (home === undefined ? PERSON[entity] : undefined);
  const links = linkField === undefined ? null : fields[linkField];
  const link = Array.isArray(links) ? links[0] : links;
  return { homeId: typeof home === 'string' ? home : null, linkId: typeof link === 'string' ? link : null };
}

/** Whether relations read for `of` are found by their home or by their link; throws when they are no such relations. */
export function ownerKey(entity: EntityName, of: EntityName): keyof RecordKeys {
  const field = relationOwner(entity, of);
  if (field === null) throw new TypeError(`${entity} is no relation of ${of}.`);
  return LINK[entity] === field ? 'linkId' : 'homeId';
}

/** The CRM's object that an id comes from. */
export function objectOf(id: Id): string {
  return id.slice(0, id.indexOf(':'));
}
