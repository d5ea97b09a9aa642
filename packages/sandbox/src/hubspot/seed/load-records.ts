import { bareRecord, nextId, nextVersion } from '../state/commit.ts';
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
 * Puts rows of the book into a table, all at once, and returns the record id of each, in order. Nothing is validated,
 * journalled or delayed: this is how the account looked before the story begins.
 */
export function loadRecords<Row, See>(
  portal: Portal,
  table: Table,
  rows: readonly Row[],
  dates: (row: Row) => Dated,
  fields: Fill<Row, See>,
  see: See,
): number[] {
  const fills = Object.entries(fields).filter(([name]) => table.properties.has(name));
  const slots = fills.map(([name]) => slotOf(table, name));
  const width = table.slots.size;
  const reads = fills.map(([, read]) => read);
  const versions: Version[] = [];
  const ids: number[] = [];
  for (const row of rows) {
    const { createdAt, updatedAt } = dates(row);
    const record = bareRecord(nextId(portal, table), Date.parse(createdAt));
    const values: Value[] = new Array<Value>(width).fill(undefined);
    for (let i = 0; i < reads.length; i += 1) {
      const value = reads[i]?.(row, see);
      if (value !== undefined && value !== '') values[slots[i] as number] = String(value);
    }
    record.current = nextVersion(portal, record, values, Math.max(Date.parse(updatedAt), record.createdAt));
    table.records.set(record.id, record);
    table.ids.push(record.id);
    versions.push(record.current);
    ids.push(record.id);
  }
  table.ids.sort((a, b) => a - b);
  load(table.index, versions);
  indexUnique(table, versions);
  return ids;
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
