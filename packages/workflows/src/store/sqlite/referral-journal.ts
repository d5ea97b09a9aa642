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

const PAGE = 1_000;

/** Rewrites the journal in place; answers how many events were changed, taken out or added. */
export function rewriteReferralEvents(
  database: Database,
  rewrite: (event: ReferralEvent) => ReferralEvent | null,
  added: readonly ReferralEvent[],
): number {
  const page = 'SELECT place, json FROM referral_events WHERE place > ? ORDER BY place LIMIT ?';
  let count = 0;
  let last = -1;
  for (;;) {
    const rows = database.all<{ place: number; json: string }>(page, last, PAGE);
    for (const { place, json } of rows) count += rewriteOne(database, place, JSON.parse(json), rewrite);
    last = rows.at(-1)?.place ?? last;
    if (rows.length < PAGE) return count + appendReferralEvents(database, added);
  }
}

function rewriteOne(
  database: Database,
  place: number,
  event: ReferralEvent,
  rewrite: (event: ReferralEvent) => ReferralEvent | null,
): number {
  const next = rewrite(event);
  if (next === event) return 0;
  if (next === null) return database.run('DELETE FROM referral_events WHERE place = ?', place);
  const sql = 'UPDATE referral_events SET key = ?, json = ? WHERE place = ?';
  return database.run(sql, next.key, JSON.stringify(next), place);
}
