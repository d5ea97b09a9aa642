/** One row of a table: text, numbers, and null where the file says NULL. */
export type SqlRow = Readonly<Record<string, string | number | null>>;

type Token = { readonly kind: 'text' | 'number' | 'word' | 'mark'; readonly value: string };

/**
 * Reads the rows of a PostgreSQL dump by table: `CREATE TABLE` names the columns, `INSERT INTO ... VALUES` gives the rows;
 * every other statement is passed over. Throws Error with the line of what cannot be read.
 */
export function readInserts(sql: string): ReadonlyMap<string, readonly SqlRow[]> {
  const columns = new Map<string, readonly string[]>();
  const rows = new Map<string, SqlRow[]>();
  for (const statement of statements(sql)) {
    const [first, second, name] = statement.map((token) => token.value.toUpperCase());
    const table = statement[2]?.value ?? '';
    if (first === 'CREATE' && second === 'TABLE') columns.set(table, columnNames(statement.slice(4, -1)));
    if (first === 'INSERT' && name !== undefined) {
      const known = columns.get(table);
      if (!known)
        throw new Error(`INSERT INTO ${table} comes before its CREATE TABLE: give a whole dump, schema and data`);
      const list = rows.get(table) ?? [];
      list.push(...tuples(statement.slice(4), table, known));
      rows.set(table, list);
    }
  }
  return rows;
}

/** Comment, quoted text ('' is a quote; a backslash is itself, as `standard_conforming_strings` says), number, word or one other character. */
const pattern = /--[^\n]*|\s+|'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)(?![\w.])|([A-Za-z_]\w*)|([^\s'])/gy;

function* statements(sql: string): Generator<Token[]> {
  let statement: Token[] = [];
  let end = 0;
  for (const match of sql.matchAll(pattern)) {
    end = match.index + match[0].length;
    const token = tokenOf(match);
    if (token?.kind === 'mark' && token.value === ';') {
      yield statement;
      statement = [];
    } else if (token) statement.push(token);
  }
  if (end < sql.length) throw new Error(`Line ${sql.slice(0, end).split('\n').length}: a quote is not closed`);
}

function tokenOf([, text, number, word, mark]: RegExpMatchArray): Token | undefined {
  if (text !== undefined) return { kind: 'text', value: text.replaceAll("''", "'") };
  if (number !== undefined) return { kind: 'number', value: number };
  if (word !== undefined) return { kind: 'word', value: word };
  return mark === undefined ? undefined : { kind: 'mark', value: mark };
}

/** The first word of each definition; table constraints are no columns. */
function columnNames(inside: readonly Token[]): string[] {
  const constraints = new Set(['CONSTRAINT', 'PRIMARY', 'FOREIGN', 'UNIQUE', 'CHECK']);
  return splitAtCommas(inside)
    .map(([first]) => first?.value ?? '')
    .filter((name) => name !== '' && !constraints.has(name.toUpperCase()));
}

function tuples(tokens: readonly Token[], table: string, columns: readonly string[]): SqlRow[] {
  return splitAtCommas(tokens).map((group) => {
    const cells = splitAtCommas(group.slice(1, -1)).map((cell) => literalOf(cell, table));
    if (group[0]?.value !== '(' || cells.length !== columns.length) {
      throw new Error(
        `INSERT INTO ${table} gives ${cells.length} values for ${columns.length} columns: only VALUES of all columns can be read`,
      );
    }
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]!]));
  });
}

function literalOf(cell: readonly Token[], table: string): string | number | null {
  const [token] = cell;
  if (cell.length === 1 && token?.kind === 'text') return token.value;
  if (cell.length === 1 && token?.kind === 'number') return Number(token.value);
  if (cell.length === 1 && token?.value.toUpperCase() === 'NULL') return null;
  throw new Error(`INSERT INTO ${table}: ${cell.map(({ value }) => value).join(' ')} is no text, number or NULL`);
}

function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    const mark = token.kind === 'mark' ? token.value : '';
    depth += mark === '(' ? 1 : mark === ')' ? -1 : 0;
    if (mark === ',' && depth === 0) groups.push([]);
    else groups.at(-1)!.push(token);
  }
  return groups;
}
