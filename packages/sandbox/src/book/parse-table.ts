import { CsvError, parse } from 'csv-parse/sync';
import type { Book } from './book.ts';
import { BookError } from './book-error.ts';
import { parseCell } from './csv-value.ts';
import { type Column, columnsOf, tables } from './tables.ts';

/** Rows of one file with the line on which each begins. */
export interface TableRows {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly lines: readonly number[];
}

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Reads one file's text. Throws BookError for malformed CSV, columns unknown, missing or twice, bad cells and ids used twice. */
export function parseTable(name: keyof Book, text: string): TableRows {
  const { file } = tables[name];
  const [header, ...body] = splitLines(file, text);
  if (!header)
    throw new BookError({ file }, 'the file is empty', `Begin it with a header: ${requiredOf(name).join(',')}`);
  const columns = readHeader(name, header);
  const rows = body.map((line) => readRow(file, columns, line));
  const lines = body.map(({ line }) => line);
  checkKeys(name, rows, lines);
  return { rows, lines };
}

/** Cells by line; blank lines are passed over. A quoted cell may run over several lines. */
function splitLines(file: string, text: string): Line[] {
  const lines: Line[] = [];
  let done = 0;
  const onRecord = (cells: string[], { lines: last }: { readonly lines: number }) => {
    if (cells.length > 1 || cells[0] !== '') lines.push({ cells, line: done + 1 });
    done = last;
    return null;
  };
  try {
    parse(text, { bom: true, relax_column_count: true, on_record: onRecord });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const wrong = `the CSV is malformed (${cause.code.replace(/^CSV_/, '').toLowerCase().replaceAll('_', ' ')})`;
    const next = 'Put a cell that holds a quote, comma or line break in quotes, and write a quote inside it twice';
    throw new BookError({ file, line: done + 1 }, wrong, next);
  }
  return lines;
}

type Header = readonly (readonly [string, Column])[];

function readHeader(name: keyof Book, { cells, line }: Line): Header {
  const { file } = tables[name];
  const known = new Map(columnsOf(name));
  const all = [...known.keys()].join(', ');
  if (cells.length === 1 && cells[0]!.includes(';')) {
    throw new BookError({ file, line }, 'the cells are separated by semicolons', 'Save it again with commas');
  }
  const seen = new Set<string>();
  for (const cell of cells) {
    if (!known.has(cell))
      throw new BookError(
        { file, line, column: cell },
        'unknown column',
        `Remove or rename it; the columns are ${all}`,
      );
    if (seen.has(cell))
      throw new BookError({ file, line, column: cell }, 'the column is there twice', 'Remove one of them');
    seen.add(cell);
  }
  const missing = requiredOf(name).find((column) => !seen.has(column));
  if (missing !== undefined) {
    throw new BookError(
      { file, line, column: missing },
      'a required column is missing',
      `Add it; required are ${requiredOf(name).join(', ')}`,
    );
  }
  return cells.map((cell) => [cell, known.get(cell)!]);
}

function requiredOf(name: keyof Book): string[] {
  return columnsOf(name).flatMap(([column, { required }]) => (required ? [column] : []));
}

function readRow(file: string, header: Header, { cells, line }: Line): Record<string, unknown> {
  if (cells.length !== header.length) {
    const next = 'Give every line as many cells as the header, and put a cell that holds a comma in quotes';
    throw new BookError({ file, line }, `the line has ${cells.length} cells and the header ${header.length}`, next);
  }
  const row: Record<string, unknown> = {};
  for (const [index, [name, column]] of header.entries()) {
    const text = cells[index]!;
    if (text === '' && column.required)
      throw new BookError({ file, line, column: name }, 'the cell is empty', 'Fill it in: the column is required');
    if (text === '') continue;
    const result = parseCell(text, column);
    if ('wrong' in result) throw new BookError({ file, line, column: name }, result.wrong, result.next);
    row[name] = result.value;
  }
  return row;
}

function checkKeys(name: keyof Book, rows: TableRows['rows'], lines: readonly number[]): void {
  const { file } = tables[name];
  const key: readonly string[] = tables[name].key;
  const seen = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const value = key.map((column) => row[column]).join(' ');
    const before = seen.get(value);
    if (before !== undefined) {
      throw new BookError(
        { file, line: lines[index]!, column: key.join(' + ') },
        `"${value}" is on line ${before} already`,
        'Remove one, or give it an id of its own',
      );
    }
    seen.set(value, lines[index]!);
  }
}
