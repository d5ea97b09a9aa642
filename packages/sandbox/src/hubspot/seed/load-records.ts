import { bareRecord, nextId } from '../state/commit.ts';
import type { Portal } from '../state/portal.ts';
import type { Value, Version } from '../state/record.ts';
import { load } from '../state/search-index.ts';
import { slotOf, type Table } from '../state/table.ts';

/** When a record of the book was made and last changed, as ISO 8601. */
export interface Dated {
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One row of the book on its way in. */
type Fill<Row, See> = Readonly<Record<string, (row: Row, see: See) => string | number | boolean | undefined>>;

/**
 * Puts rows of the book into a table when it is first looked at, and hands over the record id of each, in order. Nothing
 * is validated, journalled or delayed: this is how the account looked before the story begins. Which properties are
 * filled, and the numbers of the commits, are settled at once.
 */
export function loadRecords<Row, See>(
  portal: Portal,
  table: Table,
  rows: readonly Row[],
  dates: (row: Row) => Dated,
  fields: Fill<Row, See>,
  see: See,
  made: (ids: readonly number[]) => void,
): void {
  const fills = Object.entries(fields).filter(([name]) => table.properties.has(name));
  const reads = fills.map(([, read]) => read);
  const sequence = portal.sequence;
  portal.sequence += rows.length;
  table.putOff(() => {
    const slots = fills.map(([name]) => slotOf(table, name));
    const width = table.slots.size;
    const { records, ids } = table;
    const versions: Version[] = [];
    for (const row of rows) {
      const { createdAt, updatedAt } = dates(row);
      const record = bareRecord(nextId(portal, table), Date.parse(createdAt));
      const values: Value[] = new Array<Value>(width).fill(undefined);
      for (let i = 0; i < reads.length; i += 1) {
        const value = reads[i]?.(row, see);
        if (value !== undefined && value !== '') values[slots[i] as number] = String(value);
      }
      record.current = {
        record,
        sequence: sequence + versions.length + 1,
        updatedAt: Math.max(Date.parse(updatedAt), record.createdAt),
        archivedAt: undefined,
        values,
      };
      records.set(record.id, record);
      ids.push(record.id);
      versions.push(record.current);
    }
    ids.sort((a, b) => a - b);
    load(table.index, versions);
    indexUnique(table, versions);
    made(versions.map(({ record }) => record.id));
  });
}

function indexUnique(table: Table, versions: readonly Version[]): void {
  for (const [name, owners] of table.unique) {
    const slot = slotOf(table, name);
    for (const version of versions) {
      const value = version.values[slot];
      if (value) owners.set(value.toLowerCase(), version.record.id);
    }
  }
}
