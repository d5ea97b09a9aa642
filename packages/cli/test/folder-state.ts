import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Tables whose rows say who works here, not what is known. */
const TABLES = ['org', 'records', 'gone', 'forgotten', 'checkpoints', 'rejects', 'runs', 'writes'];

/** Everything that lies in a folder, by path: a hash of each file, and of a store what its tables hold. */
export function folderState(folder: string): Readonly<Record<string, string>> {
  const state: Record<string, string> = {};
  if (!existsSync(folder)) return state;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || /store\.db-(wal|shm)$/.test(path)) continue;
    state[path] = path.endsWith('store.db') ? storeState(path) : hash(readFileSync(path));
  }
  return state;
}

function storeState(file: string): string {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    const opened = database;
    return hash(JSON.stringify(TABLES.map((table) => opened.prepare(`SELECT * FROM ${table}`).all())));
  } catch {
    return hash(readFileSync(file));
  } finally {
    database?.close();
  }
}

function hash(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
