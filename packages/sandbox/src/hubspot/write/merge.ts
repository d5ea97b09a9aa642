import { type Actor, bareRecord, type Changes, nextId, nextVersion, note, withValues } from '../state/commit.ts';
import { addLink, dropLink, linksOf } from '../state/links.ts';
import type { Portal } from '../state/portal.ts';
import type { HubRecord, Value } from '../state/record.ts';
import { forget, submit } from '../state/search-index.ts';
import { insertSorted } from '../state/sorted.ts';
import { stored, type Table, unlist } from '../state/table.ts';

/**
 * Merges two records into a NEW one: the primary's values, filled up from the other's; both old ids lead to it from now
 * on, and stand in its `hs_merged_object_ids`. Links move; links asked for by an old id are empty.
 */
export function mergeRecords(portal: Portal, table: Table, primary: HubRecord, other: HubRecord, by: Actor): HubRecord {
  const at = portal.clock.now();
  const merged = bareRecord(nextId(portal, table), Math.min(primary.createdAt, other.createdAt));
  const values = filledUp(primary.current.values, other.current.values);
  merged.current = nextVersion(portal, merged, withValues(table, values, secondEmail(table, primary, other)), at);
  // what either held before stayed with its own record
  merged.history = merged.current.values.flatMap((value, slot) =>
    value === undefined || value === null ? [] : [{ slot, value, at, by: 'merge' as const }],
  );
  merged.mergedIds = [...new Set([primary.id, other.id, ...primary.mergedIds, ...other.mergedIds])];
  table.records.set(merged.id, merged);
  insertSorted(table.ids, merged.id, (a, b) => a - b);
  for (const old of [primary, other]) retire(portal, table, old, merged);
  submit(table.index, merged.current, at, portal);
  const [object, id] = [table.type.name, String(merged.id)];
  note(portal, { at, by, action: 'merge', object, id, from: [String(primary.id), String(other.id)], to: id });
  return merged;
}

function filledUp(first: readonly Value[], second: readonly Value[]): Value[] {
  const length = Math.max(first.length, second.length);
  return Array.from({ length }, (_, slot) => first[slot] || second[slot] || first[slot]);
}

/** A contact keeps the address of the one merged into it as a further one. */
function secondEmail(table: Table, primary: HubRecord, other: HubRecord): Changes {
  if (table.type.name !== 'contacts') return {};
  const [kept, added] = [stored(table, primary.current, 'email'), stored(table, other.current, 'email')];
  if (!kept || !added || kept === added) return {};
  const known = [
    stored(table, primary.current, 'hs_additional_emails'),
    stored(table, other.current, 'hs_additional_emails'),
  ];
  return { hs_additional_emails: [added, ...known.filter((one) => one)].join(';') };
}

function retire(portal: Portal, table: Table, old: HubRecord, merged: HubRecord): void {
  table.records.delete(old.id);
  unlist(table.ids, old.id);
  unlist(table.archivedIds, old.id);
  forget(table.index, old);
  table.redirects.set(old.id, merged.id);
  for (const owners of table.unique.values()) {
    for (const [value, id] of owners) if (id === old.id) owners.set(value, merged.id);
  }
  moveLinks(portal, table, old.id, merged.id);
}

/** Takes over the links of an old record, towards every type; a second primary is not taken over. */
function moveLinks(portal: Portal, table: Table, oldId: number, newId: number): void {
  const { id: from } = table.type;
  for (const to of portal.tables.keys()) {
    const flat = [...linksOf(portal.links, from, to, oldId)];
    for (let i = 0; i < flat.length; i += 2) {
      const [target, typeId] = [flat[i] as number, flat[i + 1] as number];
      const type = portal.associationTypes.get(typeId);
      if (type === undefined) continue;
      dropLink(portal.links, from, to, oldId, target, typeId);
      dropLink(portal.links, to, from, target, oldId, type.inverse);
      const taken = type.primary && hasType(linksOf(portal.links, from, to, newId), typeId);
      if (target === newId || taken) continue;
      addLink(portal.links, from, to, newId, target, typeId);
      addLink(portal.links, to, from, target, newId, type.inverse);
    }
  }
}

function hasType(flat: readonly number[], typeId: number): boolean {
  return flat.some((value, index) => index % 2 === 1 && value === typeId);
}
