import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Book } from './book.ts';
import { formatCell } from './csv-value.ts';
import { columnsOf, tableNames, tables } from './tables.ts';

/**
 * Writes a book as a folder of CSV files that `loadBook` reads back equal. All files are written, empty tables with their
 * header alone, so that nothing of an earlier book stays behind. Throws RangeError for a text or list that is empty.
 */
export function saveBook(book: Book, folder: string): void {
  const texts = tableNames.map((name) => [tables[name].file, tableText(name, book)] as const);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of texts) writeFileSync(join(folder, file), text);
}

function tableText(name: keyof Book, book: Book): string {
  const columns = columnsOf(name).map(([column]) => column);
  const rows = book[name] as readonly Readonly<Record<string, unknown>>[] | readonly object[];
  const cells = rows.map((row) => columns.map((column) => formatCell((row as Record<string, unknown>)[column])));
  return stringify([columns, ...cells]);
}
