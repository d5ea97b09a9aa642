import { knownObject, type Org, objectOf, objectOfId } from '../org.ts';
import type { Draft } from '../schema/object.ts';
import { type Cell, idOf, type Row, slot } from '../store/row.ts';
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

/** Puts rows of the book into an object, without permissions or rules: history as the customer has it. */
export function loadRows<Item>(
  org: Org,
  see: Seeing,
  name: string,
  items: readonly Item[],
  mapping: Mapping<Item>,
  times: (item: Item) => Times,
): readonly Row[] {
  const object = knownObject(org, name);
  const fillers = fillersOf(object, mapping);
  const systemUser = org.users[0]?.id ?? '';
  const prefix = object.def.keyPrefix ?? '000';
  const auto = autoNumbers(object);
  const draft: Row = [];
  const derived = object.def.derive === undefined ? undefined : quickDraft(org, object, draft);
  return items.map((item) => {
    const { created, updated } = times(item);
    const createdAt = toSeconds(created);
    const updatedAt = created === updated ? createdAt : toSeconds(updated);
    draft.length = 0;
    draft.push(org.ids.next(prefix), false, createdAt, systemUser, updatedAt, systemUser, updatedAt, systemUser);
    for (const { at, isInstant, from } of fillers) {
      const value = from(item, see);
      if (value !== undefined) draft[at] = isInstant && typeof value === 'string' ? toSeconds(value) : value;
    }
    for (const at of auto) draft[at] ??= String(++org.counters.autoNumber).padStart(8, '0');
    if (derived !== undefined) object.def.derive?.(derived);
    // A copy has no spare capacity: half the memory of a row that grew cell by cell.
    const row = draft.slice();
    insertRow(object, row);
    return row;
  });
}

const autoNumbers = (object: SObject): readonly number[] =>
  [...object.fields.values()].filter((field) => field.autoNumber).map((field) => slotOf(object, field.name));

/** Whole seconds of an ISO instant. */
export function toSeconds(iso: string): number {
  // The book's own form, without the general parser: three instants a row add up.
  if (iso.length < 20 || iso.charCodeAt(iso.length - 1) !== 90) return Math.floor(Date.parse(iso) / 1000);
  const two = (at: number): number => (iso.charCodeAt(at) - 48) * 10 + iso.charCodeAt(at + 1) - 48;
  return Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17)) / 1000;
}

function fillersOf<Item>(object: SObject, mapping: Mapping<Item>): readonly Filler<Item>[] {
  return Object.entries(mapping).flatMap(([name, from]) => {
    const field = object.fields.get(name.toLowerCase());
    return field === undefined ? [] : [{ at: slotOf(object, name), isInstant: field.type === 'datetime', from }];
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

/** Record ids by book id, in the order of the rows. */
export const idsByBook = <Item>(
  items: readonly Item[],
  rows: readonly Row[],
  bookId: (item: Item) => string,
): Map<string, string> => new Map(items.map((item, index) => [bookId(item), idOf(rows[index] as Row)]));
