import { existsSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../../../../shared/data/books/', import.meta.url);

/** A row of a table by its column names. */
export type TableRow = Readonly<Record<string, string>>;

/** Whether the folder of a book is beside the checkout. */
export const hasBook = (book: string): boolean => existsSync(new URL(`${book}/`, FOLDER));

/** The rows of a comma-separated table; these tables quote nothing. */
export function readTable(book: string, file: string): readonly TableRow[] {
  const [head = '', ...lines] = readFileSync(new URL(`${book}/${file}.csv`, FOLDER), 'utf8')
    .trimEnd()
    .split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

/** Rows by a name that each has, in their order. */
export function rowsBy<Row>(rows: readonly Row[], nameOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = nameOf(row);
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}
