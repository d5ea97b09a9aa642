import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Book } from './book.ts';
import { BookError } from './book-error.ts';
import { parseTable, type TableRows } from './parse-table.ts';
import { truthFiles } from './save-truth.ts';
import { columnsOf, tableNames, tables } from './tables.ts';

type Tables = { readonly [Name in keyof Book]: TableRows };

/**
 * Reads a book folder: any subset of the files that `docs/book-format.md` lists; an absent file is an empty table.
 * Throws BookError at the first thing that is wrong, with file, line, column and the next step.
 */
export function loadBook(folder: string): Book {
  const present = new Set(listFiles(folder));
  const read = Object.fromEntries(tableNames.map((name) => [name, readTable(folder, name, present)])) as Tables;
  for (const name of tableNames) checkLinks(name, read, present);
  return Object.fromEntries(tableNames.map((name) => [name, read[name].rows])) as unknown as Book;
}

function listFiles(folder: string): string[] {
  const known = tableNames.map((name) => tables[name].file);
  const names = `a book's files are ${known.join(', ')}`;
  const files = readFolder(folder).filter((file) => file.toLowerCase().endsWith('.csv'));
  const strange = files.find((file) => !known.includes(file) && !truthFiles.includes(file));
  if (strange !== undefined)
    throw new BookError({ file: strange }, 'no such file in a book', `Rename or move it: ${names}`);
  if (!files.some((file) => known.includes(file))) {
    throw new BookError({ file: folder }, 'the folder holds no file of a book', `Add at least one: ${names}`);
  }
  return files;
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (cause) {
    throw new BookError(
      { file: folder },
      `the folder cannot be read (${codeOf(cause)})`,
      'Give the path of a book folder',
    );
  }
}

function readTable(folder: string, name: keyof Book, present: ReadonlySet<string>): TableRows {
  const { file } = tables[name];
  if (!present.has(file)) return { rows: [], lines: [] };
  return parseTable(name, readText(join(folder, file), file));
}

function readText(path: string, file: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new BookError(
      { file },
      `the file cannot be read (${codeOf(cause)})`,
      'Check that it is a file that you may read',
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BookError({ file }, 'the file is not UTF-8', 'Save it again as "CSV UTF-8"');
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
}

/** Every link must lead to a row: a book that points nowhere cannot be put into a CRM. */
function checkLinks(name: keyof Book, read: Tables, present: ReadonlySet<string>): void {
  const { rows, lines } = read[name];
  for (const [column, { to }] of columnsOf(name)) {
    if (to === undefined) continue;
    const known = new Set(read[to].rows.map((row) => row['id']));
    for (const [index, row] of rows.entries()) {
      const lost = [row[column] ?? []].flat().find((id) => !known.has(id));
      if (lost === undefined) continue;
      const { file } = tables[to];
      const next = present.has(file) ? `Add that row to ${file}, or correct the id` : `Add ${file}, which is not there`;
      throw new BookError(
        { file: tables[name].file, line: lines[index]!, column },
        `"${String(lost)}" is the id of no row in ${file}`,
        tables[name].columns[column as never]['required'] ? next : `${next}, or leave the cell empty`,
      );
    }
  }
}
