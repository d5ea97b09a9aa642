import type { Instant } from '../model/dates.ts';
import type { EntityCapability } from './port.ts';

/** An unfinished run of reading one entity; enough to go on after a kill, with nothing else remembered. */
export interface SyncRun {
  /** `all`: every record. `of`: relations, owner by owner. `changed`: one window. `deleted`: what went away. */
  readonly phase: 'all' | 'of' | 'changed' | 'deleted';
  /** Everything is read, so what is not seen by the end is gone. */
  readonly full: boolean;
  /** Our clock when the run began. */
  readonly startedAt: Instant;
  /** The CRM's clock when the run began, as a page tells; until one does, our clock less the allowance for skew. */
  readonly windowStart: Instant;
  /** True once a page of this run has told the CRM's clock. */
  readonly clockTold: boolean;
  /** The store's sequence when the run began. A record stored later has a higher one. */
  readonly mark: number;
  readonly since: Instant;
  readonly until: Instant;
  /** The adapter's cursor, or for phase `of` the last owner done. */
  readonly cursor: string | null;
  /** A cursor met earlier in this phase, for finding a list that runs in a circle in constant space (Brent, 1980). */
  readonly anchor: string | null;
  readonly pages: number;
}

/** Where reading one entity stands. Plain data: it is stored as JSON in the same transaction as the page it follows. */
export interface SyncCheckpoint {
  readonly version: 1;
  /**
   * START of the last finished window on the CRM's clock, `null` before the first. Never the newest record seen: a
   * record committed late, or indexed late, carries a time that lies before records already read.
   */
  readonly watermark: Instant | null;
  /** Our clock when the last finished full read began. */
  readonly sweptAt: Instant | null;
  /** The store's sequence when the last finished run began: owners changed since have relations to read again. */
  readonly mark: number;
  /** How far the CRM's clock was last seen ahead of ours, in milliseconds; negative when behind. */
  readonly crmAheadMs: number;
  /** What was readable in the last finished full read; when it changes, everything is read again. */
  readonly shape: string;
  readonly run: SyncRun | null;
}

/** The checkpoint of an entity never read. */
export const EMPTY_CHECKPOINT: SyncCheckpoint = {
  version: 1,
  watermark: null,
  sweptAt: null,
  mark: 0,
  crmAheadMs: 0,
  shape: '',
  run: null,
};

const DAY = 86_400_000;

export interface SyncOptions {
  /** Our clock. */
  readonly now: Instant;
  /** The store's sequence now. */
  readonly mark: number;
  /** Full reads of entities that can be asked for changes, in milliseconds; 7 days by default. */
  readonly sweepEveryMs?: number;
  /** Full reads of entities and relations that cannot; 1 day by default. */
  readonly relationSweepEveryMs?: number;
  /** How wrong our clock may be against the CRM's, in milliseconds; 2 minutes by default. */
  readonly clockSkewMs?: number;
  /** Read everything, whatever is due. */
  readonly full?: boolean;
}

/**
 * Begins a run of reading one entity; a run already begun is thrown away, so resume it first unless it is unwanted.
 * An entity that can only be swept and is not due begins none. A period counts as over from nine tenths of it on, so that a daily run that starts a minute early skips no day.
 */
export function beginSync(
  checkpoint: SyncCheckpoint,
  capability: EntityCapability,
  options: SyncOptions,
): SyncCheckpoint {
  const { now, mark, clockSkewMs = 120_000 } = options;
  const full = isFullReadDue(checkpoint, capability, options);
  if (!full && !capability.of && capability.changes === 'sweep') return abandonSync(checkpoint);
  const until = now + Math.max(0, checkpoint.crmAheadMs) + clockSkewMs;
  const since = checkpoint.watermark === null ? 0 : checkpoint.watermark - overlapMs(capability, clockSkewMs);
  const run: SyncRun = {
    phase: capability.of ? 'of' : full ? 'all' : 'changed',
    full,
    startedAt: now,
    windowStart: now - clockSkewMs,
    clockTold: false,
    mark,
    since: Math.max(0, Math.min(since, until)),
    until,
    cursor: null,
    anchor: null,
    pages: 0,
  };
  return { ...checkpoint, run };
}

/** The checkpoint without its unfinished run; nothing read by it counts as a finished window. */
export function abandonSync(checkpoint: SyncCheckpoint): SyncCheckpoint {
  return { ...checkpoint, run: null };
}

/** A text that changes when the fields that can be read change. */
export function readableShape(capability: EntityCapability): string {
  return JSON.stringify([capability.of ?? null, Object.keys(capability.missing).sort()]);
}

/**
 * How far a window reaches back before the start of the one before it. A change made before that start can have been
 * missing from it for `indexLagMs`; its timestamp is rounded down by up to `clockResolutionMs`; and where the CRM tells
 * no clock, ours may be wrong. Reading again is harmless, because storing a record twice changes nothing.
 */
function overlapMs(capability: EntityCapability, clockSkewMs: number): number {
  return capability.indexLagMs + capability.clockResolutionMs + clockSkewMs;
}

function isFullReadDue(checkpoint: SyncCheckpoint, capability: EntityCapability, options: SyncOptions): boolean {
  const { sweepEveryMs = 7 * DAY, relationSweepEveryMs = DAY } = options;
  const every = capability.changes === 'sweep' ? relationSweepEveryMs : sweepEveryMs;
  if (options.full || checkpoint.sweptAt === null || checkpoint.shape !== readableShape(capability)) return true;
  return options.now - checkpoint.sweptAt >= every * 0.9 || options.now < checkpoint.sweptAt;
}
