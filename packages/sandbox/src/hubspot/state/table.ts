import type { ObjectType } from '../schema/object-type.ts';
import { makeProperty, type Property, type PropertyGroup } from '../schema/property.ts';
import type { HubRecord, Value, Version } from './record.ts';
import { createSearchIndex, type SearchIndex } from './search-index.ts';
import { insertSorted, lowerBound } from './sorted.ts';

/** Everything the portal holds of one object type. */
export interface Table {
  readonly type: ObjectType;
  readonly properties: Map<string, Property>;
  readonly groups: Map<string, PropertyGroup>;
  /** Where a version keeps the value of a property; given out at the first write. */
  readonly slots: Map<string, number>;
  readonly records: Map<number, HubRecord>;
  /** Live ids and archived ids, each in order. */
  readonly ids: number[];
  readonly archivedIds: number[];
  /** Old ids of merged records, and the record that answers for them now. */
  readonly redirects: Map<number, number>;
  /** By unique property: value in lower case to record id. */
  readonly unique: Map<string, Map<string, number>>;
  readonly index: SearchIndex;
  /** Ids given out in each of the blocks that new ids are taken from. */
  readonly given: number[];
  /** Does work on the records when they are first looked at, in the order in which it was put off. */
  readonly putOff: (work: () => void) => void;
  /** Does now what was put off. */
  readonly settle: () => void;
}

/**
 * An empty table with the type's own properties and group. `at` is when the portal was made. What was put off is done
 * before anybody sees a record, an id or the index: a portal starts at once, whatever book it holds.
 */
export function createTable(type: ObjectType, at: number): Table {
  const properties = type.properties.map((input) => makeProperty({ ...input, hubspotDefined: true }, type.group, at));
  const group = { name: type.group, label: `${type.labels.singular} information`, displayOrder: 0, archived: false };
  const contents: Pick<
    Table,
    'slots' | 'records' | 'ids' | 'archivedIds' | 'redirects' | 'unique' | 'index' | 'given'
  > = {
    slots: new Map(),
    records: new Map(),
    ids: [],
    archivedIds: [],
    redirects: new Map(),
    unique: new Map(type.name === 'contacts' ? [['email', new Map()]] : []),
    index: createSearchIndex(),
    given: [],
  };
  const later: (() => void)[] = [];
  let settling = false;
  const settled = () => {
    if (later.length === 0 || settling) return contents;
    settling = true;
    for (let work = later.shift(); work !== undefined; work = later.shift()) work();
    settling = false;
    return contents;
  };
  return {
    type,
    properties: new Map(properties.map((property) => [property.name, property])),
    groups: new Map([[group.name, group]]),
    get slots() {
      return settled().slots;
    },
    get records() {
      return settled().records;
    },
    get ids() {
      return settled().ids;
    },
    get archivedIds() {
      return settled().archivedIds;
    },
    get redirects() {
      return settled().redirects;
    },
    get unique() {
      return settled().unique;
    },
    get index() {
      return settled().index;
    },
    get given() {
      return settled().given;
    },
    putOff: (work) => void later.push(work),
    settle: () => void settled(),
  };
}

/** The slot of a property, a new one when it has none yet. */
export function slotOf(table: Table, name: string): number {
  const known = table.slots.get(name);
  if (known !== undefined) return known;
  table.slots.set(name, table.slots.size);
  return table.slots.size - 1;
}

/** The stored value of a property; computed properties are not stored. */
export function stored(table: Table, version: Version, name: string): Value {
  const slot = table.slots.get(name);
  return slot === undefined ? undefined : version.values[slot];
}

/** A property that exists and is not archived. */
export function liveProperty(table: Table, name: string): Property | undefined {
  const property = table.properties.get(name);
  return property?.archivedAt === undefined ? property : undefined;
}

/** Moves a record between the live and the archived list. */
export function relist(table: Table, id: number, archived: boolean): void {
  const [from, to] = archived ? [table.ids, table.archivedIds] : [table.archivedIds, table.ids];
  unlist(from, id);
  insertSorted(to, id, (a, b) => a - b);
}

/** Takes an id out of a sorted list, if it is there. */
export function unlist(ids: number[], id: number): void {
  const at = lowerBound(ids, (other) => other < id);
  if (ids[at] === id) ids.splice(at, 1);
}

/** The record that answers for an id: itself, or the survivor of a merge. Archived records are found too. */
export function findRecord(table: Table, id: number): HubRecord | undefined {
  let wanted = id;
  for (let next = table.redirects.get(wanted); next !== undefined; next = table.redirects.get(wanted)) wanted = next;
  return table.records.get(wanted);
}
