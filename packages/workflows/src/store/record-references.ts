import type { Id } from '@holdfast/core';

const SINGLE = [
  'accountId',
  'contactId',
  'ownerId',
  'childId',
  'parentId',
  'opportunityId',
  'orderId',
  'referredById',
  'referrerId',
  'referredId',
] as const;

/**
 * A record with each id in it replaced: by another id, or by nothing (`null`). Lists lose duplicates. The same object
 * comes back when nothing changes.
 */
export function mapReferences<R extends object>(record: R, replace: (id: Id) => Id | null): R {
  const fields = record as Readonly<Record<string, unknown>>;
  const changes: Record<string, unknown> = {};
  for (const field of SINGLE) {
    const id = fields[field];
    if (typeof id !== 'string') continue;
    const next = replace(id);
    if (next !== id) changes[field] = next;
  }
  const list = fields['contactIds'];
  if (Array.isArray(list) && list.some((id: Id) => replace(id) !== id)) {
    changes['contactIds'] = [...new Set(list.map((id: Id) => replace(id)).filter((id) => id !== null))];
  }
  return Object.keys(changes).length === 0 ? record : { ...record, ...changes };
}
