import type { Instant } from '@holdfast/core';
import { WorkspaceError } from '../../workspace/workspace-error.ts';
import type { LeaseHolder } from '../store.ts';
import type { Database } from './database.ts';

/** A holder that has not stored anything for so long, or whose process is gone, no longer counts. */
const STALE_MS = 600_000;

interface LeaseRow extends LeaseHolder {
  readonly fence: number;
  readonly beat_at: Instant;
}

/**
 * Takes the lease and answers its fence; every later change must show the same one. Throws `WorkspaceError` `locked`
 * while another run holds it and lives.
 */
export function acquireLease(
  database: Database,
  holder: LeaseHolder,
  now: Instant,
  isAlive: (pid: number) => boolean,
): number {
  return database.transaction(() => {
    const held = database.get<LeaseRow>(
      'SELECT pid, host, started_at AS startedAt, purpose, fence, beat_at FROM lease',
    );
    if (held && !isStale(held, holder, now, isAlive)) throw locked(held);
    const fence =
      (held?.fence ?? database.get<{ value: number }>("SELECT value FROM meta WHERE name = 'fence'")!.value) + 1;
    database.run("UPDATE meta SET value = ? WHERE name = 'fence'", fence);
    database.run(
      'INSERT OR REPLACE INTO lease VALUES (1, ?, ?, ?, ?, ?, ?)',
      fence,
      holder.pid,
      holder.host,
      holder.startedAt,
      holder.purpose,
      now,
    );
    return fence;
  });
}

/** Shows inside a transaction that the lease is still ours, and keeps it alive. */
export function renewLease(database: Database, fence: number | null, now: Instant): void {
  const renewed = fence !== null && database.run('UPDATE lease SET beat_at = ? WHERE fence = ?', now, fence) > 0;
  if (renewed) return;
  throw new WorkspaceError(
    'lease-lost',
    'Another run took over this workspace. This one stops; nothing is half written.',
  );
}

/** Gives the lease back; nothing happens when it is not ours any more. */
export function releaseLease(database: Database, fence: number | null): void {
  if (fence !== null) database.run('DELETE FROM lease WHERE fence = ?', fence);
}

function isStale(held: LeaseRow, holder: LeaseHolder, now: Instant, isAlive: (pid: number) => boolean): boolean {
  if (now - held.beat_at > STALE_MS) return true;
  return held.host === holder.host && !isAlive(held.pid);
}

function locked(held: LeaseRow): WorkspaceError {
  const who = `process ${held.pid} on ${held.host}`;
  return new WorkspaceError('locked', `Another run (${held.purpose}, ${who}) uses this workspace. Wait for it to end.`);
}
