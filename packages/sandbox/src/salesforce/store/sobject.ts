import type { Field } from '../schema/field.ts';
import type { ObjectDef } from '../schema/object.ts';
import { type Cell, fixedSlots, idOf, type Row } from './row.ts';
import { byId, byStamp, type SortedRows, sortedRows } from './sorted-rows.ts';

/** One object of the org: its definition, fields that can be added and removed at run time, rows and their orders. */
export interface SObject {
  readonly def: ObjectDef;
  /** Fields by lower-case name, in describe order. */
  readonly fields: Map<string, Field>;
  readonly rows: Map<string, Row>;
  readonly byId: SortedRows;
  readonly byStamp: SortedRows;
  readonly slots: Map<string, number>;
  readonly indexes: Map<string, Map<Cell, Set<Row>>>;
  /** Does work on the rows when they are first looked at, in the order in which it was put off. */
  readonly putOff: (work: () => void) => void;
  /** Does now what was put off; needed before a new id is drawn. */
  readonly settle: () => void;
}

/** Makes an empty object. What was put off is done before anybody sees a row: an org opens at once, whatever book it holds. */
export function makeSObject(def: ObjectDef): SObject {
  const rows = new Map<string, Row>();
  const orders = { byId: sortedRows(rows, byId), byStamp: sortedRows(rows, byStamp) };
  const indexes: SObject['indexes'] = new Map();
  const slots = new Map(fixedSlots);
  const later: (() => void)[] = [];
  let settling = false;
  const settle = () => {
    if (later.length === 0 || settling) return;
    settling = true;
    for (let work = later.shift(); work !== undefined; work = later.shift()) work();
    settling = false;
  };
  return {
    def,
    fields: new Map(def.fields.map((field) => [field.name.toLowerCase(), field])),
    get slots() {
      settle();
      return slots;
    },
    get rows() {
      settle();
      return rows;
    },
    get byId() {
      settle();
      return orders.byId;
    },
    get byStamp() {
      settle();
      return orders.byStamp;
    },
    get indexes() {
      settle();
      return indexes;
    },
    putOff: (work) => void later.push(work),
    settle,
  };
}

/** Slot of a field; given out when the field is first written, so that unused fields cost nothing. */
export function slotOf(object: SObject, field: string): number {
  const key = field.toLowerCase();
  const known = object.slots.get(key);
  if (known !== undefined) return known;
  const next = object.slots.size;
  object.slots.set(key, next);
  return next;
}

/** A stored value by field name; null when never written. */
export function cellOf(object: SObject, row: Row, field: string): Cell {
  const at = object.slots.get(field.toLowerCase());
  return at === undefined ? null : (row[at] ?? null);
}

/** What an index keys a value by: text compares case-insensitively. */
const indexKey = (value: Cell): Cell => (typeof value === 'string' ? value.toLowerCase() : value);

/** Ids keep their case in an index: two ids may differ in case alone. */
const keyFor = (object: SObject, field: string): ((value: Cell) => Cell) => {
  const type = object.fields.get(field.toLowerCase())?.type;
  return type === 'reference' || type === 'id' ? (value) => value : indexKey;
};

/** Rows (deleted ones too) whose field holds `value`; builds the index on first use. */
export function rowsWhere(object: SObject, field: string, value: Cell): ReadonlySet<Row> {
  const name = field.toLowerCase();
  let index = object.indexes.get(name);
  if (index === undefined) {
    index = new Map();
    const key = keyFor(object, name);
    const at = slotOf(object, name);
    for (const row of object.rows.values()) addTo(index, key(row[at] ?? null), row);
    object.indexes.set(name, index);
  }
  return index.get(keyFor(object, name)(value)) ?? none;
}

const none: ReadonlySet<Row> = new Set();

function addTo(index: Map<Cell, Set<Row>>, key: Cell, row: Row): void {
  const rows = index.get(key);
  if (rows === undefined) index.set(key, new Set([row]));
  else rows.add(row);
}

/** Adds a row that is not yet in the object. */
export function insertRow(object: SObject, row: Row): void {
  object.rows.set(idOf(row), row);
  object.byId.touch(row);
  object.byStamp.touch(row);
  for (const [field, index] of object.indexes)
    addTo(index, keyFor(object, field)(row[slotOf(object, field)] ?? null), row);
}

/** Takes a row out for good. */
export function dropRow(object: SObject, row: Row): void {
  object.rows.delete(idOf(row));
  object.byId.touch(row);
  object.byStamp.touch(row);
  for (const [field, index] of object.indexes)
    index.get(keyFor(object, field)(row[slotOf(object, field)] ?? null))?.delete(row);
}

/** Sets one stored value and keeps the orders and indexes right. */
export function setCell(object: SObject, row: Row, field: string, value: Cell): void {
  const name = field.toLowerCase();
  const at = slotOf(object, name);
  const index = object.indexes.get(name);
  if (index !== undefined) {
    const key = keyFor(object, name);
    index.get(key(row[at] ?? null))?.delete(row);
    addTo(index, key(value), row);
  }
  row[at] = value;
  if (name === 'systemmodstamp') object.byStamp.touch(row);
}
