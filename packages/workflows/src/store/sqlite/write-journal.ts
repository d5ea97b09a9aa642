import type { Instant, WritableEntity, Write, WriteIntent, WriteOutcome } from '@holdfast/core';
import type { NotedWrite, OpenIntent, StoredOutcome, StoredRun, StoredWrite } from '../store.ts';
import type { Database } from './database.ts';

interface WriteRow {
  readonly key: string;
  readonly entity: WritableEntity;
  readonly write: string | null;
  readonly before: string | null;
  readonly intent: string | null;
  readonly outcome: string | null;
}

/** Saves a run; an existing one is overwritten. */
export function saveRun(database: Database, run: StoredRun): void {
  const sql = 'INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?)';
  database.run(sql, run.id, run.planId, run.startedAt, run.finishedAt);
}

/** Runs, newest first; all, or the one with an id. */
export function readRuns(database: Database, id: string | null = null): readonly StoredRun[] {
  const columns = 'id, plan_id AS planId, started_at AS startedAt, finished_at AS finishedAt';
  const sql = `SELECT ${columns} FROM runs WHERE ?1 IS NULL OR id = ?1 ORDER BY started_at DESC, id DESC`;
  return database.all<{ id: string; planId: string; startedAt: Instant; finishedAt: Instant | null }>(sql, id);
}

/** Notes what is about to be sent; a later attempt at the same write opens it again, whatever an earlier one said. */
export function noteIntents(database: Database, runId: string, writes: readonly NotedWrite[]): void {
  const sql = `INSERT INTO writes (run_id, key, entity, target, "write", before, intent) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (run_id, entity, key) DO UPDATE SET intent = excluded.intent, outcome = NULL`;
  for (const { key, entity, write, before, intent } of writes) {
    const target = 'id' in write.target ? write.target.id : write.target.externalKey;
    const texts = [write, before, intent].map((value) => (value === null ? null : JSON.stringify(value)));
    database.run(sql, runId, key, entity, target, texts[0] ?? null, texts[1] ?? null, texts[2] ?? null);
  }
}

/** Notes how writes ended. */
export function noteOutcomes(
  database: Database,
  runId: string,
  entity: WritableEntity,
  outcomes: readonly WriteOutcome[],
): void {
  const sql = `INSERT INTO writes (run_id, key, entity, target, outcome) VALUES (?, ?, ?, '', ?)
    ON CONFLICT (run_id, entity, key) DO UPDATE SET outcome = excluded.outcome`;
  for (const outcome of outcomes) {
    database.run(sql, runId, outcome.key, entity, JSON.stringify(storableOutcome(outcome)));
  }
}

/** The writes of a run that went out or ended, in that order. */
export function readWrites(database: Database, runId: string): readonly StoredWrite[] {
  const sql = 'SELECT key, entity, "write", before, intent, outcome FROM writes WHERE run_id = ? ORDER BY place';
  return database.all<WriteRow>(sql, runId).map(decodeWrite);
}

/** The writes of an entity in every run, in the order in which they went out. */
export function readWritesOf(
  database: Database,
  entity: WritableEntity,
): readonly (StoredWrite & { readonly startedAt: Instant })[] {
  const sql = `SELECT w.key, w.entity, w."write", w.before, w.intent, w.outcome, r.started_at AS startedAt
    FROM writes w JOIN runs r ON r.id = w.run_id WHERE w.entity = ? ORDER BY w.place`;
  const rows = database.all<WriteRow & { readonly startedAt: Instant }>(sql, entity);
  return rows.map((row) => ({ ...decodeWrite(row), startedAt: row.startedAt }));
}

/** Intents of any run of a plan whose outcome is not known, and that no later run settled. */
export function readOpenIntents(database: Database, planId: string): readonly OpenIntent[] {
  const isOpen = (row: string) =>
    `(${row}.outcome IS NULL OR json_extract(${row}.outcome, '$.status') = 'unprocessed')`;
  const sql = `SELECT w.entity AS entity, w.intent AS intent FROM writes w JOIN runs r ON r.id = w.run_id
    WHERE r.plan_id = ?1 AND w.intent IS NOT NULL AND ${isOpen('w')} AND NOT EXISTS (
      SELECT 1 FROM writes l JOIN runs s ON s.id = l.run_id
      WHERE s.plan_id = ?1 AND l.entity = w.entity AND l.key = w.key AND l.place > w.place AND NOT ${isOpen('l')}
    ) ORDER BY w.place`;
  return database
    .all<{ entity: WritableEntity; intent: string }>(sql, planId)
    .map(({ entity, intent }) => ({ entity, intent: JSON.parse(intent) as WriteIntent }));
}

/** An outcome as plain data. */
export function storableOutcome(outcome: WriteOutcome): StoredOutcome {
  if (outcome.status !== 'failed') return outcome;
  const { key, status, error } = outcome;
  return { key, status, code: error.code, message: error.message };
}

function decodeWrite(row: WriteRow): StoredWrite {
  const parse = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));
  const empty: Write = { key: row.key, target: { externalKey: row.key }, set: {} };
  return {
    key: row.key,
    entity: row.entity,
    write: parse<Write>(row.write) ?? empty,
    before: parse<StoredWrite['before']>(row.before) ?? {},
    intent: parse<WriteIntent>(row.intent),
    outcome: parse<StoredOutcome>(row.outcome),
  };
}
