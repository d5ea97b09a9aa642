import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { WorkspaceError } from '../../workspace/workspace-error.ts';
import { MIGRATIONS } from './schema.ts';
import { notAStore, storeError } from './store-error.ts';

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

/** Bytes (sqlite.org, "Database File Format", 1.3). */
const SQLITE_HEADER = 100;
/** How long to wait for another run's transaction, in milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * Opens a store file and brings it to the newest schema; a copy of an older store is kept beside it first.
 * Throws `WorkspaceError` for a file that a newer version made, that is no store, or that another run holds.
 * `copied` is called once the copy is there, before the store is changed.
 */
export function openDatabase(
  file: string,
  migrations: readonly string[] = MIGRATIONS,
  patienceMs: number = PATIENCE_MS,
  copied: () => void = () => {},
): Database {
  refuseStump(file);
  const raw = openFile(file, patienceMs);
  try {
    raw.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON',
    );
    migrate(raw, file, migrations, copied);
  } catch (cause) {
    raw.close();
    throw storeError(file, cause) ?? notAStore(file, cause);
  }
  return wrap(raw, file);
}

/** Opens a store file for reading only, as it is; meant for a file that this process has open already. */
export function openToRead(file: string): Database {
  return wrap(new (loadSqlite().DatabaseSync)(file, { readOnly: true, timeout: PATIENCE_MS }), file);
}

/** Fewer bytes than SQLite's header: it would be taken for an empty store, and what people decided would be gone. */
function refuseStump(file: string): void {
  const size = existsSync(file) ? statSync(file).size : 0;
  if (size > 0 && size < SQLITE_HEADER) throw notAStore(file, undefined);
}

function openFile(file: string, timeout: number): DatabaseSync {
  try {
    return new (loadSqlite().DatabaseSync)(file, { timeout });
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

function migrate(raw: DatabaseSync, file: string, migrations: readonly string[], copied: () => void): void {
  const version = versionOf(raw, file, migrations);
  if (version === migrations.length) return;
  if (version > 0) backUp(raw, `${file}.v${version}.bak`);
  copied();
  raw.exec('BEGIN IMMEDIATE');
  // another run may have brought it forward while the copy was made
  for (const step of migrations.slice(versionOf(raw, file, migrations))) raw.exec(step);
  raw.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`);
}

function versionOf(raw: DatabaseSync, file: string, migrations: readonly string[]): number {
  const { user_version: version } = raw.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version <= migrations.length) return version;
  throw new WorkspaceError('newer', `${file} was made by a newer Holdfast. Update this one, or use another workspace.`);
}

function backUp(raw: DatabaseSync, copy: string): void {
  if (existsSync(copy) && statSync(copy).size > 0) return;
  // made empty first: SQLite itself would make it readable by all
  closeSync(openSync(copy, 'w', 0o600));
  raw.exec(`VACUUM INTO '${copy.replaceAll("'", "''")}'`);
}

function wrap(raw: DatabaseSync, file: string): Database {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? raw.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const told = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw storeError(file, error) ?? error;
    }
  };
  return {
    run: (sql, ...values) => told(() => Number(prepare(sql).run(...values).changes)),
    get: <Row>(sql: string, ...values: SQLInputValue[]) => told(() => prepare(sql).get(...values) as Row | undefined),
    all: <Row>(sql: string, ...values: SQLInputValue[]) => told(() => prepare(sql).all(...values) as Row[]),
    transaction: (work) => {
      told(() => raw.exec('BEGIN IMMEDIATE'));
      try {
        const result = work();
        told(() => raw.exec('COMMIT'));
        return result;
      } catch (error) {
        // where SQLite has rolled back by itself there is nothing left to roll back
        if (raw.isTransaction) raw.exec('ROLLBACK');
        throw error;
      }
    },
    exec: (sql) => told(() => raw.exec(sql)),
    close: () => raw.close(),
  };
}
