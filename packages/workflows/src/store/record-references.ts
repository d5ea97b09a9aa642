import type { Id, Party } from '@holdfast/core';

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
  'advocateId',
  'advocateAccountId',
  'prospectId',
  'convertedContactId',
  'convertedAccountId',
  'convertedOpportunityId',
] as const;

/**
 * A record with each id in it replaced: by another id, or by nothing (`null`). Lists lose duplicates. The same object
 * comes back when nothing changes. The record that a row of history is of is no such id: a past is not handed on.
 * The digests of a participant's address and name are replaced like ids, by nothing alone.
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
  const parties = fields['parties'];
  if (Array.isArray(parties)) {
    const kept = parties.map((it: Party) => withReferences(it, replace));
    if (kept.some((it, i) => it !== parties[i])) changes['parties'] = kept;
  }
  if ('recordId' in fields) Object.assign(changes, changedValues(fields, replace));
  return Object.keys(changes).length === 0 ? record : { ...record, ...changes };
}

/**
 * Of a participant who is replaced by nothing, by record or by address, nothing stays but that there was one; of one who
 * only has the name, the name goes.
 */
function withReferences(party: Party, replace: (id: Id) => Id | null): Party {
  const { contactId, address, name } = party;
  const next = contactId === null ? null : replace(contactId);
  const isGone = (contactId !== null && next === null) || (address !== null && replace(address.mailbox) === null);
  if (isGone) return { ...party, contactId: null, address: null, name: null };
  if (name !== null && replace(name) === null) return { ...party, contactId: next, name: null };
  return next === contactId ? party : { ...party, contactId: next };
}

const ID_AS_JSON = /^"[\w.-]+:[^"\\]+"$/;

/** The ids that a field once held, which history keeps as JSON; the record that it is the history of stays as it is. */
function changedValues(fields: Readonly<Record<string, unknown>>, replace: (id: Id) => Id | null) {
  const changes: Record<string, string | null> = {};
  for (const name of ['before', 'after']) {
    const text = fields[name];
    if (typeof text !== 'string' || !ID_AS_JSON.test(text)) continue;
    const id = JSON.parse(text) as Id;
    const next = replace(id);
    if (next !== id) changes[name] = next === null ? null : JSON.stringify(next);
  }
  return changes;
}
