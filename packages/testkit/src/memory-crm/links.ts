import type { Entities, EntityName, Id } from '@holdfast/core';
import { linkKey, parseId, qualifyId } from '@holdfast/core';
import { aRecord } from '../builders/records.ts';
import type { RelationEntity } from '../conformance/harness.ts';

/** The field that holds each end of a relation. */
export const RELATION_ENDS = {
  contactRole: { from: 'accountId', to: 'contactId', fromEntity: 'account', toEntity: 'contact' },
  accountParent: { from: 'childId', to: 'parentId', fromEntity: 'account', toEntity: 'account' },
  referralLink: { from: 'referrerId', to: 'referredId', fromEntity: 'contact', toEntity: 'contact' },
} as const satisfies Record<RelationEntity, unknown>;

export const RELATIONS = Object.keys(RELATION_ENDS) as readonly RelationEntity[];

/** Is this entity a relation between two records? */
export function isRelation(entity: EntityName): entity is RelationEntity {
  return entity in RELATION_ENDS;
}

/** A relation is named by both its ends. */
function relationId(relation: RelationEntity, from: Id, to: Id): Id {
  return qualifyId(relation, `${parseId(from).nativeId}+${parseId(to).nativeId}`);
}

/** The relation as a record; it has no times of its own. */
export function relationRecord<R extends RelationEntity>(relation: R, from: Id, to: Id): Entities[R] {
  const ends = RELATION_ENDS[relation];
  const record = { id: relationId(relation, from, to), [ends.from]: from, [ends.to]: to };
  return aRecord(relation, record as unknown as Partial<Entities[R]>);
}

/** The key that a record of ours is known by. */
export function keyOf(record: object): unknown {
  const { key, ...ends } = record as { readonly key?: unknown; readonly referredId?: Id; readonly referrerId?: Id };
  const { referredId, referrerId } = ends;
  return referredId && referrerId ? linkKey({ referredId, referrerId }) : key;
}

const LINK_FIELDS = [
  'accountId',
  'ownerId',
  'contactId',
  'referredById',
  'opportunityId',
  'orderId',
  'advocateId',
  'advocateAccountId',
  'prospectId',
] as const;

/** The record with every mention of `loser` replaced; the same object when there is none. */
export function repoint<T extends object>(record: T, loser: Id, survivor: Id): T {
  const changes: Record<string, unknown> = {};
  const held = record as Readonly<Record<string, unknown>>;
  for (const field of LINK_FIELDS) if (held[field] === loser) changes[field] = survivor;
  const people = held['contactIds'];
  if (Array.isArray(people) && people.includes(loser)) {
    changes['contactIds'] = [...new Set(people.map((id) => (id === loser ? survivor : id)))];
  }
  return Object.keys(changes).length === 0 ? record : { ...record, ...changes };
}
