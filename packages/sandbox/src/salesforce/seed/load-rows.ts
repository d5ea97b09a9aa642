import { knownObject, type Org, objectOf, objectOfId } from '../org.ts';
import type { Draft } from '../schema/object.ts';
import { type Cell, type Row, slot } from '../store/row.ts';
import { cellOf, insertRow, rowsWhere, type SObject, slotOf } from '../store/sobject.ts';
import type { Mapping, Seeing } from './book-mapping.ts';

/** When a row of the book was made and last changed, ISO instants. */
interface Times {
  readonly created: string;
  readonly updated: string;
}

/** One field ready to be filled: where it goes and how its value is stored. */
interface Filler<Item> {
  readonly at: number;
  readonly isInstant: boolean;
  readonly from: (item: Item, see: Seeing) => Cell | undefined;
}

/**
 * Puts rows of the book into an object when it is first looked at, without permissions or rules: history as the customer
 * has it. Which fields are filled, and the automatic numbers, are settled at once. `made` sees the rows, in order.
 */
export function loadRows<Item>(
  org: Org,
  see: Seeing,
  name: string,
  items: readonly Item[] | (() => readonly Item[]),
  mapping: Mapping<Item>,
  times: (item: Item) => Times,
  made: (rows: readonly Row[]) => void = () => {},
): void {
  const object = knownObject(org, name);
  const auto = [...object.fields.values()].filter((field) => field.autoNumber).map((field) => field.name);
  const filled = Object.keys(mapping).filter((field) => object.fields.has(field.toLowerCase()));
  const firstNumber = org.counters.autoNumber + 1;
  // an object whose rows are only known later has no numbers to give out
  if (typeof items !== 'function') org.counters.autoNumber += auto.length * items.length;
  object.putOff(() => {
    const fill = filler(org, see, object, fillersOf(object, mapping, filled), times);
    const numbered = auto.map((field) => slotOf(object, field));
    let number = firstNumber;
    const rows = (typeof items === 'function' ? items() : items).map((item) => {
      const row = fill(item, (draft) => {
        for (const at of numbered) draft[at] ??= String(number++).padStart(8, '0');
      });
      insertRow(object, row);
      return row;
    });
    made(rows);
  });
}

/** Makes one row of an item; `complete` adds what the mapping does not know. */
function filler<Item>(
  org: Org,
  see: Seeing,
  object: SObject,
  fillers: readonly Filler<Item>[],
  times: (item: Item) => Times,
): (item: Item, complete: (draft: Row) => void) => Row {
  const systemUser = org.users[0]?.id ?? '';
  const prefix = object.def.keyPrefix ?? '000';
  const draft: Row = [];
  const derived = object.def.derive === undefined ? undefined : quickDraft(org, object, draft);
  return (item, complete) => {
    const { created, updated } = times(item);
    const createdAt = toSeconds(created);
    const updatedAt = created === updated ? createdAt : toSeconds(updated);
    draft.length = 0;
    draft.push(org.ids.next(prefix), false, createdAt, systemUser, updatedAt, systemUser, updatedAt, systemUser);
    for (const { at, isInstant, from } of fillers) {
      const value = from(item, see);
      if (value !== undefined) draft[at] = isInstant && typeof value === 'string' ? toSeconds(value) : value;
    }
    complete(draft);
    if (derived !== undefined) object.def.derive?.(derived);
    // A copy has no spare capacity: half the memory of a row that grew cell by cell.
    return draft.slice();
  };
}

/** Whole seconds of an ISO instant. */
export function toSeconds(iso: string): number {
  // The book's own form, without the general parser: three instants a row add up.
  if (iso.length < 20 || iso.charCodeAt(iso.length - 1) !== 90) return Math.floor(Date.parse(iso) / 1000);
  const two = (at: number): number => (iso.charCodeAt(at) - 48) * 10 + iso.charCodeAt(at + 1) - 48;
  return Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17)) / 1000;
}

function fillersOf<Item>(object: SObject, mapping: Mapping<Item>, filled: readonly string[]): readonly Filler<Item>[] {
  return filled.flatMap((name) => {
    const from = mapping[name];
    const isInstant = object.fields.get(name.toLowerCase())?.type === 'datetime';
    return from === undefined ? [] : [{ at: slotOf(object, name), isInstant, from }];
  });
}

function quickDraft(org: Org, object: SObject, row: Row): Draft {
  return {
    get now() {
      return row[slot.stamp] as number;
    },
    get: (field) => cellOf(object, row, field),
    set: (field, value) => {
      if (value !== null || object.slots.has(field.toLowerCase())) row[slotOf(object, field)] = value;
    },
    parent(field) {
      const id = cellOf(object, row, field);
      const target = typeof id === 'string' ? objectOfId(org, id) : undefined;
      const found = target?.rows.get(id as string);
      return target === undefined || found === undefined ? undefined : { get: (key) => cellOf(target, found, key) };
    },
    find(name, field, value) {
      const target = objectOf(org, name);
      const [found] = target === undefined ? [] : rowsWhere(target, field, value);
      return target === undefined || found === undefined ? undefined : { get: (key) => cellOf(target, found, key) };
    },
  };
}
