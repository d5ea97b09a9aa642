import type { EntityName, Id, Instant } from '@holdfast/core';

/** What is kept of a record that went away. */
export interface Tombstone {
  readonly at: Instant | null;
  readonly mergedInto: string | null;
}

/**
 * Whether a record that was read is stored. A page from an index that may lag (`keepNewer`) neither overwrites a later
 * version nor brings back what was deleted or merged after it; any other read shows what is.
 */
export function isStored(
  updatedAt: Instant | null,
  storedUpdatedAt: Instant | null,
  tombstone: Tombstone | null,
  keepNewer: boolean,
): boolean {
  if (!keepNewer) return true;
  if (tombstone?.mergedInto && tombstone.at === null) return false;
  if (updatedAt === null) return true;
  if (tombstone && tombstone.at !== null && updatedAt < tombstone.at) return false;
  return storedUpdatedAt === null || updatedAt >= storedUpdatedAt;
}

/** Whether a deletion still holds: a record edited after it was restored. */
export function isGone(goneAt: Instant | null, storedUpdatedAt: Instant | null): boolean {
  return goneAt === null || storedUpdatedAt === null || storedUpdatedAt <= goneAt;
}

/** Whether a record is that of a forgotten person: their own, or of the lead that they were before they were a contact. */
export function isForgotten(
  entity: EntityName,
  record: { readonly id: Id; readonly convertedContactId?: Id | null },
  forgotten: ReadonlySet<Id>,
): boolean {
  return forgotten.has(record.id) || (entity === 'lead' && forgotten.has(record.convertedContactId ?? ''));
}
