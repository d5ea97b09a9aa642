import { setImmediate as otherWork } from 'node:timers/promises';
import {
  type Clock,
  EMPTY_CHECKPOINT,
  type Entities,
  type EntityName,
  type FieldChange,
  type Id,
  type Reject,
  type SyncCheckpoint,
} from '@holdfast/core';
import { otherOrg } from '../other-org.ts';
import { mapReferences } from '../record-references.ts';
import type { Store, StoredReject, StoredTombstone } from '../store.ts';
import { commitPage, resolveId } from './commit-page.ts';
import { type Database, openDatabase } from './database.ts';
import { acquireLease, releaseLease, renewLease } from './lease.ts';
import { readResolver, readSlices } from './read-slices.ts';
import { appendReferralEvents, readReferralBatches, rewriteReferralEvents } from './referral-journal.ts';
import { completeSnapshots, purgeSnapshots, readSnapshots, saveSnapshots, snapshotRunBefore } from './snapshots.ts';
import { forget, purge } from './upkeep.ts';
import {
  noteIntents,
  noteOutcomes,
  readOpenIntents,
  readRuns,
  readWrites,
  readWritesOf,
  saveRun,
} from './write-journal.ts';

export interface SqliteStoreOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Whether a process of this machine lives; asked of the operating system by default. */
  readonly isAlive?: (pid: number) => boolean;
}

const PAGE = 1_000;
/** Rows or accounts after which other work has its turn. */
const BREATH = 250;

/** Opens the store in one SQLite file, made when missing and brought to the newest schema. Throws `WorkspaceError`. */
export function openSqliteStore(file: string, { clock, isAlive = processIsAlive }: SqliteStoreOptions): Store {
  const database = openDatabase(file);
  let fence: number | null = null;
  const change = async <T>(work: () => T): Promise<T> =>
    database.transaction(() => {
      renewLease(database, fence, clock.now());
      return work();
    });
  return {
    acquire: async (holder) => {
      fence = acquireLease(database, holder, clock.now(), isAlive);
    },
    release: async () => {
      releaseLease(database, fence);
      fence = null;
    },
    bindOrg: (crm, orgId) => change(() => bindOrg(database, crm, orgId)),
    keyMark: async () => database.get<{ value: number }>("SELECT value FROM meta WHERE name = 'key'")?.value ?? null,
    bindKey: (mark) => change(() => void database.run("INSERT OR REPLACE INTO meta VALUES ('key', ?)", mark)),
    mark: async () => database.get<{ value: number }>("SELECT value FROM meta WHERE name = 'sequence'")?.value ?? 0,
    checkpoint: async (entity) => readCheckpoint(database, entity),
    commitPage: (entity, advance) => change(() => commitPage(database, entity, advance, clock.now())),
    countUnseen: async (entity, mark) => {
      const sql = 'SELECT count(*) AS n FROM records WHERE entity = ? AND seen <= ?';
      return database.get<{ n: number }>(sql, entity, mark)?.n ?? 0;
    },
    ids: async (entity, { after, limit, changedSince }) => {
      const sql = 'SELECT id FROM records WHERE entity = ? AND id > ? AND changed > ? ORDER BY id LIMIT ?';
      return database.all<{ id: Id }>(sql, entity, after ?? '', changedSince ?? -1, limit).map(({ id }) => id);
    },
    countByObject: async (entity) => {
      const sql = `SELECT substr(id, 1, instr(id, ':') - 1) AS object, count(*) AS n FROM records
        WHERE entity = ? GROUP BY object ORDER BY object`;
      const rows = database.all<{ object: string; n: number }>(sql, entity);
      return Object.fromEntries(rows.map(({ object, n }) => [object, n]));
    },
    get: async <E extends EntityName>(entity: E, id: Id) => {
      const row = database.get<{ json: string }>('SELECT json FROM records WHERE entity = ? AND id = ?', entity, id);
      return row ? (JSON.parse(row.json) as Entities[E]) : null;
    },
    records: (entity) => readRecords(database, entity),
    resolve: async (id) => resolveId(database, id),
    slices: (range) => withBreaths(readSlices(database, range)),
    file,
    fieldChanges: async (recordIds) => readFieldChanges(database, recordIds),
    tombstones: async (entity) => readTombstones(database, entity),
    rejects: async () => readRejects(database),
    saveRun: (run) => change(() => saveRun(database, run)),
    run: async (id) => readRuns(database, id)[0] ?? null,
    runs: async () => readRuns(database),
    noteIntents: (runId, writes) => change(() => noteIntents(database, runId, writes)),
    noteOutcomes: (runId, entity, outcomes) => change(() => noteOutcomes(database, runId, entity, outcomes)),
    writes: async (runId) => readWrites(database, runId),
    writesOf: async (entity) => readWritesOf(database, entity),
    openIntents: async (planId) => readOpenIntents(database, planId),
    saveSnapshots: (run, rows) => change(() => saveSnapshots(database, run, rows)),
    completeSnapshots: (at) => change(() => completeSnapshots(database, at)),
    snapshotRunBefore: async (at) => snapshotRunBefore(database, at),
    snapshots: async (at, { from, limit }) => readSnapshots(database, at, from, limit),
    appendReferralEvents: (events) => change(() => appendReferralEvents(database, events)),
    rewriteReferralEvents: (rewrite, added = []) => change(() => rewriteReferralEvents(database, rewrite, added)),
    referralBatches: () => withBreaths(readReferralBatches(database)),
    purge: (before) => change(() => purge(database, before) + purgeSnapshots(database, before)),
    forget: async (contactId, erase = (text) => text, keys = []) => {
      const count = await change(() => forget(database, contactId, erase, keys));
      // secure_delete leaves copies of rows that had moved to another page: only a new file is free of them
      database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
      return count;
    },
    close: async () => database.close(),
  };
}

function bindOrg(database: Database, crm: string, orgId: string): void {
  const bound = database.get<{ crm: string; org_id: string }>('SELECT crm, org_id FROM org');
  if (!bound) database.run('INSERT INTO org VALUES (1, ?, ?)', crm, orgId);
  else if (bound.crm !== crm || bound.org_id !== orgId) throw otherOrg(bound.crm, bound.org_id, crm, orgId);
}

function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { readonly code?: string }).code === 'EPERM';
  }
}

function readCheckpoint(database: Database, entity: EntityName): SyncCheckpoint {
  const row = database.get<{ json: string }>('SELECT json FROM checkpoints WHERE entity = ?', entity);
  return row ? (JSON.parse(row.json) as SyncCheckpoint) : EMPTY_CHECKPOINT;
}

/** SQLite answers at once, so a long reading would keep everything else waiting: signals, timers, a second `Ctrl-C`. */
async function* withBreaths<T>(rows: Iterable<T>): AsyncGenerator<T> {
  let handedOut = 0;
  for (const row of rows) {
    yield row;
    handedOut += 1;
    if (handedOut % BREATH === 0) await otherWork();
  }
}

function readRecords<E extends EntityName>(database: Database, entity: E): AsyncGenerator<Entities[E]> {
  return withBreaths(storedRecords(database, entity));
}

function* storedRecords<E extends EntityName>(database: Database, entity: E): Generator<Entities[E]> {
  const resolve = readResolver(database);
  const sql = 'SELECT id, json FROM records WHERE entity = ? AND id > ? ORDER BY id LIMIT ?';
  for (let after = ''; ; ) {
    const rows = database.all<{ id: Id; json: string }>(sql, entity, after, PAGE);
    for (const { json } of rows) yield mapReferences(JSON.parse(json) as Entities[E], resolve);
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** Driven by the asked ids: without that order SQLite reads every row of history for each account. */
const CHANGES_SQL = `SELECT r.json AS json FROM json_each(?) asked
  CROSS JOIN records r ON r.entity = 'fieldChange' AND r.home_id = asked.value ORDER BY r.id`;

function readFieldChanges(database: Database, recordIds: readonly Id[]): readonly FieldChange[] {
  const rows = database.all<{ json: string }>(CHANGES_SQL, JSON.stringify(recordIds));
  const asked = new Set<Id | null>(recordIds);
  // a row that came in after its record was merged away was filed under the survivor
  return rows
    .map(({ json }) => JSON.parse(json) as FieldChange)
    .filter(({ recordId }) => asked.has(recordId))
    .map((row) => mapReferences(row, (id) => resolveId(database, id)));
}

function readTombstones(database: Database, entity: EntityName): readonly StoredTombstone[] {
  const sql = `SELECT id, at, merged_into AS mergedInto, noted_at AS notedAt FROM gone WHERE entity = ? ORDER BY id`;
  return database.all<StoredTombstone & Record<string, unknown>>(sql, entity);
}

function readRejects(database: Database): readonly StoredReject[] {
  const rows = database.all<{ entity: EntityName; id: Id | null; issues: string }>(
    'SELECT entity, id, issues FROM rejects',
  );
  return rows.map(({ entity, id, issues }) => ({ entity, id, issues: JSON.parse(issues) as Reject['issues'] }));
}
