import type { EvidenceLabel, Id, Instant, RetentionModel } from '@holdfast/core';
import { superseded } from '../kept-snapshots.ts';
import type { ScoreSnapshot, SnapshotRun } from '../score-snapshot.ts';
import type { Database } from './database.ts';

interface SnapshotRow {
  readonly account_id: Id;
  readonly model: RetentionModel;
  readonly version: string;
  readonly evidence: EvidenceLabel;
  readonly log_odds: number;
  readonly facts: Uint8Array;
}

/** Adds accounts to a run's snapshot; what another run left of the same instant gives way. */
export function saveSnapshots(
  database: Database,
  { runId, at, features }: SnapshotRun,
  rows: readonly ScoreSnapshot[],
): void {
  const known = database.get<{ run_id: string }>('SELECT run_id FROM score_run WHERE at = ?', at);
  if (known?.run_id !== runId) {
    dropSnapshots(database, at);
    database.run('INSERT INTO score_run VALUES (?, ?, ?, 0)', at, runId, features);
  }
  const sql = 'INSERT OR REPLACE INTO score_snapshot VALUES (?, ?, ?, ?, ?, ?, ?)';
  for (const { accountId, model, version, evidence, logOdds, facts } of rows) {
    const bytes = new Uint8Array(facts.buffer, facts.byteOffset, facts.byteLength);
    database.run(sql, at, accountId, model, version, evidence, logOdds, bytes);
  }
}

/** Marks a run's snapshot as complete and lets go of what it makes superfluous. */
export function completeSnapshots(database: Database, at: Instant): void {
  database.run('UPDATE score_run SET complete = 1 WHERE at = ?', at);
  const unfinished = database.all<{ at: Instant }>('SELECT at FROM score_run WHERE complete = 0');
  const complete = database.all<{ at: Instant }>('SELECT at FROM score_run WHERE complete = 1 ORDER BY at');
  for (const it of unfinished) dropSnapshots(database, it.at);
  for (const old of superseded(complete.map((it) => it.at))) dropSnapshots(database, old);
}

/** The newest complete snapshot from before an instant. */
export function snapshotRunBefore(database: Database, at: Instant): SnapshotRun | null {
  const sql = `SELECT run_id AS runId, at, features FROM score_run
    WHERE at < ? AND complete = 1 ORDER BY at DESC LIMIT 1`;
  const row = database.get<SnapshotRun>(sql, at);
  return row ? { ...row } : null;
}

/** A run's accounts in the order of their ids, from one on. */
export function readSnapshots(database: Database, at: Instant, from: Id, limit: number): readonly ScoreSnapshot[] {
  const sql = `SELECT account_id, model, version, evidence, log_odds, facts FROM score_snapshot
    WHERE at = ? AND account_id >= ? ORDER BY account_id LIMIT ?`;
  return database.all<SnapshotRow>(sql, at, from, limit).map((row) => ({
    accountId: row.account_id,
    model: row.model,
    version: row.version,
    evidence: row.evidence,
    logOdds: row.log_odds,
    // copied: numbers must lie on a border of eight bytes
    facts: new Float64Array(row.facts.slice().buffer),
  }));
}

/** Forgets snapshots from before an instant; answers how many accounts'. */
export function purgeSnapshots(database: Database, before: Instant): number {
  database.run('DELETE FROM score_run WHERE at < ?', before);
  return database.run('DELETE FROM score_snapshot WHERE at < ?', before);
}

function dropSnapshots(database: Database, at: Instant): void {
  database.run('DELETE FROM score_run WHERE at = ?', at);
  database.run('DELETE FROM score_snapshot WHERE at = ?', at);
}
