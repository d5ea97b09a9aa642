import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { WorkspaceError } from '../../workspace/workspace-error.ts';
import { MIGRATIONS } from './schema.ts';

/** An open database with its prepared statements. */
export interface Database {
  run(sql: string, ...values: SQLInputValue[]): number;
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[];
  /** All of `work` or nothing; takes the write lock at once. */
  transaction<T>(work: () => T): T;
  exec(sql: string): void;
  close(): void;
}

/**
 * Opens a store file and brings it to the newest schema; a copy of an older store is kept beside it first.
 * Throws `WorkspaceError` for a file that a newer version made, or that is no store.
 */
export function openDatabase(file: string, migrations: readonly string[] = MIGRATIONS): Database {
  const raw = openFile(file);
  try {
    raw.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON',
    );
    migrate(raw, file, migrations);
  } catch (cause) {
    raw.close();
    if (cause instanceof WorkspaceError) throw cause;
    throw new WorkspaceError(
      'damaged',
      `${file} is not a Holdfast store that can be opened. Move it away and pull again.`,
      cause,
    );
  }
  return wrap(raw);
}

function openFile(file: string): DatabaseSync {
  try {
    return new (loadSqlite().DatabaseSync)(file, { timeout: 5_000 });
  } catch (cause) {
    throw new WorkspaceError(
      'read-only',
      `The store ${file} cannot be opened for writing. Check its permissions.`,
      cause,
    );
  }
}

/** Node's SQLite says on first use that it is experimental; that one sentence is kept from the user. */
function loadSqlite(): typeof import('node:sqlite') {
  const emit = process.emitWarning;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).includes('SQLite')) Reflect.apply(emit, process, [warning, ...rest]);
  };
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emit;
  }
}

function migrate(raw: DatabaseSync, file: string, migrations: readonly string[]): void {
  const { user_version: version } = raw.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > migrations.length) {
    throw new WorkspaceError(
      'newer',
      `${file} was made by a newer Holdfast. Update this one, or use another workspace.`,
    );
  }
  if (version === migrations.length) return;
  if (version > 0) backUp(raw, `${file}.v${version}.bak`);
  raw.exec('BEGIN IMMEDIATE');
  for (const step of migrations.slice(version)) raw.exec(step);
  raw.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`);
}

function backUp(raw: DatabaseSync, copy: string): void {
  if (existsSync(copy) && statSync(copy).size > 0) return;
  raw.exec(`VACUUM INTO '${copy.replaceAll("'", "''")}'`);
}

function wrap(raw: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? raw.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  return {
    run: (sql, ...values) => Number(prepare(sql).run(...values).changes),
    get: <Row>(sql: string, ...values: SQLInputValue[]) => prepare(sql).get(...values) as Row | undefined,
    all: <Row>(sql: string, ...values: SQLInputValue[]) => prepare(sql).all(...values) as Row[],
    transaction: (work) => {
      raw.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        raw.exec('COMMIT');
        return result;
      } catch (error) {
        raw.exec('ROLLBACK');
        throw error;
      }
    },
    exec: (sql) => raw.exec(sql),
    close: () => raw.close(),
  };
}
