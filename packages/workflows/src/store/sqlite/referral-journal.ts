import type { ReferralEvent } from '@holdfast/core';
import type { Database } from './database.ts';

/** Adds one batch; those whose key is there already are left out. Answers how many were new. */
export function appendReferralEvents(database: Database, events: readonly ReferralEvent[]): number {
  const last = database.get<{ batch: number | null }>('SELECT max(batch) AS batch FROM referral_events')?.batch ?? 0;
  const sql = 'INSERT OR IGNORE INTO referral_events (batch, key, json) VALUES (?, ?, ?)';
  return events.reduce((count, it) => count + database.run(sql, last + 1, it.key, JSON.stringify(it)), 0);
}

/** Batch by batch, in the order in which they were written; memory holds one. */
export function* readReferralBatches(database: Database): Generator<readonly ReferralEvent[]> {
  const next = 'SELECT min(batch) AS batch FROM referral_events WHERE batch > ?';
  const sql = 'SELECT json FROM referral_events WHERE batch = ? ORDER BY place';
  let batch = database.get<{ batch: number | null }>(next, 0)?.batch ?? null;
  while (batch !== null) {
    yield database.all<{ json: string }>(sql, batch).map(({ json }) => JSON.parse(json) as ReferralEvent);
    batch = database.get<{ batch: number | null }>(next, batch)?.batch ?? null;
  }
}
