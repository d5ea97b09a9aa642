import type { JournalEntry } from '../../server/emulator.ts';
import type { Portal } from './portal.ts';
import type { HubRecord, PastValue, Value, Version } from './record.ts';
import { forget, submit } from './search-index.ts';
import { insertSorted } from './sorted.ts';
import { relist, slotOf, type Table, unlist } from './table.ts';

/** Who makes a change: a call, a person in the app, or the vendor's own machinery. */
export type Actor = JournalEntry['by'];

/** Values to store, already in the vendor's own notation. */
export type Changes = Readonly<Record<string, string | null>>;

const keptVersions = 20;
const none: readonly number[] = [];

/** Makes a record with a new id. Ids come from three rising blocks, so a newer record may have a lower id. */
export function createRecord(portal: Portal, table: Table, changes: Changes, by: Actor, at: number): HubRecord {
  const record = bareRecord(nextId(portal, table), at);
  record.current = nextVersion(portal, record, withValues(table, [], changes), at);
  table.records.set(record.id, record);
  insertSorted(table.ids, record.id, (a, b) => a - b);
  claimUnique(table, record, changes);
  submit(table.index, record.current, at, portal);
  note(portal, { at, by, action: 'create', object: table.type.name, id: String(record.id) });
  for (const [field, to] of Object.entries(changes)) {
    note(portal, { at, by, action: 'create', object: table.type.name, id: String(record.id), field, to });
  }
  return record;
}

/** Stores new values; the modification date moves even when nothing else does. */
export function updateRecord(portal: Portal, table: Table, record: HubRecord, changes: Changes, by: Actor): void {
  const at = portal.clock.now();
  const before = record.current;
  remember(table, record, changes, by, at);
  record.current = nextVersion(portal, record, withValues(table, before.values, changes), at);
  claimUnique(table, record, changes, before);
  submit(table.index, record.current, at, portal);
  for (const [field, to] of Object.entries(changes)) {
    const from = before.values[slotOf(table, field)];
    if (from !== to) {
      note(portal, { at, by, action: 'update', object: table.type.name, id: String(record.id), field, from, to });
    }
  }
}

/** Archives a record, or brings it back. */
export function setArchived(portal: Portal, table: Table, record: HubRecord, archived: boolean, by: Actor): void {
  const at = portal.clock.now();
  const sequence = ++portal.sequence;
  const { values, updatedAt } = record.current;
  record.current = {
    record,
    sequence,
    updatedAt: archived ? updatedAt : at,
    values,
    archivedAt: archived ? at : undefined,
  };
  relist(table, record.id, archived);
  submit(table.index, record.current, at, portal);
  const action = archived ? 'archive' : 'restore';
  note(portal, { at, by, action, object: table.type.name, id: String(record.id) });
}

/** Removes every trace of a record's content, as a privacy deletion or the end of the 90 days does. */
export function eraseRecord(portal: Portal, table: Table, record: HubRecord, by: Actor): void {
  table.records.delete(record.id);
  unlist(table.ids, record.id);
  unlist(table.archivedIds, record.id);
  for (const values of table.unique.values()) {
    for (const [value, id] of values) if (id === record.id) values.delete(value);
  }
  forget(table.index, record);
  note(portal, { at: portal.clock.now(), by, action: 'erase', object: table.type.name, id: String(record.id) });
}

/** A record without values yet: whoever makes one sets its first version at once. */
export function bareRecord(id: number, createdAt: number): HubRecord {
  const record: Omit<HubRecord, 'current'> = {
    id,
    createdAt,
    indexed: undefined,
    heard: 0,
    history: undefined,
    mergedIds: none,
  };
  return record as HubRecord;
}

/** The next version of a record, numbered. */
export function nextVersion(portal: Portal, record: HubRecord, values: readonly Value[], at: number): Version {
  return { record, sequence: ++portal.sequence, updatedAt: at, archivedAt: undefined, values };
}

/** A copy of the values with changes put in. */
export function withValues(table: Table, before: readonly Value[], changes: Changes): Value[] {
  const values = before.slice();
  for (const [name, value] of Object.entries(changes)) {
    const slot = slotOf(table, name);
    while (values.length < slot) values.push(undefined);
    values[slot] = value;
  }
  return values;
}

/** The next free id. */
export function nextId(portal: Portal, table: Table): number {
  const drawn = (portal.seed + table.type.idBase + table.records.size * 7919) >>> 0;
  const block = drawn % 3;
  const step = 1 + (Math.imul(drawn, 0x9e3779b1) >>> 28);
  table.given[block] = (table.given[block] ?? 0) + step;
  return table.type.idBase + block * blockSize(table.type.idBase) + table.given[block];
}

function blockSize(idBase: number): number {
  return idBase < 1_000_000_000 ? 40_000_000 : 60_000_000;
}

/** Records a change in the portal's journal. */
export function note(portal: Portal, entry: Omit<JournalEntry, 'request'>): void {
  if (portal.keepJournal) portal.journal.push({ request: portal.request, ...entry });
}

function remember(table: Table, record: HubRecord, changes: Changes, by: Actor, at: number): void {
  record.history ??= [];
  for (const [name, value] of Object.entries(changes)) {
    const slot = slotOf(table, name);
    const before = record.current.values[slot];
    if (before === value) continue;
    if (!record.history.some((past) => past.slot === slot) && before !== undefined) {
      record.history.push({ slot, value: before, at: record.createdAt, by: 'system' });
    }
    record.history.push({ slot, value, at, by });
    const kept = record.history.filter((past) => past.slot === slot);
    if (kept.length > keptVersions) record.history.splice(record.history.indexOf(kept[0] as PastValue), 1);
  }
}

function claimUnique(table: Table, record: HubRecord, changes: Changes, before?: Version): void {
  for (const [name, owners] of table.unique) {
    const value = changes[name];
    if (value === undefined) continue;
    const old = before?.values[slotOf(table, name)];
    if (old && owners.get(old.toLowerCase()) === record.id) owners.delete(old.toLowerCase());
    if (value) owners.set(value.toLowerCase(), record.id);
  }
}
