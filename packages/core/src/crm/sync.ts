import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { Entities, EntityName } from '../model/types.ts';
import { CrmError } from './error.ts';
import { mergeSurvivors } from './merge-chain.ts';
import type { EntityCapability, Gone, Page, ReadRequest, Reject } from './port.ts';
import { readableShape, type SyncCheckpoint, type SyncRun } from './sync-checkpoint.ts';

/** What the loop does next. */
export type SyncStep =
  | { readonly kind: 'read'; readonly request: ReadRequest }
  /** Take up to `limit` ids of `of` after `after` from the store (only those changed since a mark, where one is given). */
  | {
      readonly kind: 'read-of';
      readonly of: EntityName;
      readonly changedSince: number | null;
      readonly after: Id | null;
      readonly limit: number;
    }
  | { readonly kind: 'done' };

/** What a page changes in the store. All of it and the checkpoint are stored in one transaction, or none. */
export interface SyncEffects<E extends EntityName = EntityName> {
  readonly upsert: readonly Entities[E][];
  /** The page came from an index that may lag: a stored record with a later `updatedAt` stays as it is. */
  readonly keepNewer: boolean;
  /** Records that exist but could not be decoded: what is stored of them stays, and counts as seen. */
  readonly seen: readonly Id[];
  readonly rejects: readonly Reject[];
  /** Chains of merges within the page lead to the last survivor. */
  readonly gone: readonly Gone[];
  /** The entity that `gone` speaks of: a relation's page speaks of its owners. */
  readonly goneEntity: EntityName;
  /** The whole set of relations of these owners is in this page: others of theirs are gone. */
  readonly replace: { readonly of: EntityName; readonly owners: readonly Id[] } | null;
  /** The run was a full read and is over: what was not seen since this mark is gone. */
  readonly sweep: number | null;
}

export interface SyncAdvance<E extends EntityName = EntityName> {
  readonly checkpoint: SyncCheckpoint;
  readonly effects: SyncEffects<E>;
}

/**
 * The next step of an entity's unfinished run; `done` when there is none.
 *
 * A window is `[since, until)`. The adapter's cursor is a keyset on the record's id inside the window, so a page starts
 * after an id, never at an offset: a record edited while we page cannot push another one over a page's edge, any number
 * of records may share a millisecond, and the ceiling that a search puts on offsets (10,000 results) is never met.
 */
export function nextStep(checkpoint: SyncCheckpoint, capability: EntityCapability): SyncStep {
  const run = checkpoint.run;
  if (run === null) return { kind: 'done' };
  if (run.phase === 'of' && capability.of) {
    const changedSince = run.full ? null : checkpoint.mark;
    return { kind: 'read-of', of: capability.of, changedSince, after: run.cursor, limit: capability.pageSize.ids };
  }
  return { kind: 'read', request: requestOf(run) };
}

/**
 * Takes one page in: the checkpoint that may be saved once the effects are stored, and the effects.
 * A page with a next cursor and no records goes on (T12). Throws `protocol` when the cursor does not move (T11).
 */
export function acceptPage<E extends EntityName>(
  entity: E,
  checkpoint: SyncCheckpoint,
  capability: EntityCapability,
  request: ReadRequest,
  page: Page<E>,
  now: Instant,
): SyncAdvance<E> {
  const timed = tellClock(checkpoint, page.servedAt, now);
  const run = runOf(timed);
  const next = request.kind === 'ids' ? lastOwner(entity, request.ids, page.next) : page.next;
  const advanced = next === null ? endPhase(timed, run, capability) : turnPage(entity, timed, run, next);
  return { checkpoint: advanced, effects: effectsOf(entity, capability, request, page, sweepMark(advanced, run)) };
}

/** Takes in that the store has no more owners to read relations of. */
export function acceptNoOwners<E extends EntityName>(
  entity: E,
  checkpoint: SyncCheckpoint,
  capability: EntityCapability,
): SyncAdvance<E> {
  const run = runOf(checkpoint);
  const advanced = endPhase(checkpoint, run, capability);
  const page: Page<E> = { records: [], rejects: [], gone: [], next: null, servedAt: null };
  return {
    checkpoint: advanced,
    effects: effectsOf(entity, capability, requestOf(run), page, sweepMark(advanced, run)),
  };
}

function requestOf(run: SyncRun): ReadRequest {
  const { phase, since, until, cursor } = run;
  if (phase === 'changed') return { kind: 'changed', since, until, cursor };
  if (phase === 'deleted') return { kind: 'deleted', since, cursor };
  return { kind: 'all', cursor };
}

function runOf(checkpoint: SyncCheckpoint): SyncRun {
  if (checkpoint.run === null) throw new TypeError('A page came in for an entity that is not being read.');
  return checkpoint.run;
}

/**
 * The first page that tells the CRM's clock fixes where the run's window starts: at the run's begin on that clock, not
 * at the answer, since the answer shows what was true when the question arrived.
 */
function tellClock(checkpoint: SyncCheckpoint, servedAt: Instant | null, now: Instant): SyncCheckpoint {
  const run = runOf(checkpoint);
  if (servedAt === null || run.clockTold) return checkpoint;
  const began = servedAt - Math.max(0, now - run.startedAt);
  const windowStart = run.pages === 0 ? began : Math.min(run.windowStart, began);
  return { ...checkpoint, crmAheadMs: servedAt - now, run: { ...run, windowStart, clockTold: true } };
}

function lastOwner(entity: EntityName, owners: readonly Id[], next: string | null): string | null {
  if (next !== null) throw new CrmError('protocol', `Reading ${entity}: a page of given ids cannot have a next page.`);
  return owners.at(-1) ?? null;
}

function turnPage(entity: EntityName, checkpoint: SyncCheckpoint, run: SyncRun, next: string): SyncCheckpoint {
  if (next === run.cursor || next === run.anchor) {
    throw new CrmError(
      'protocol',
      `Reading ${entity}: the CRM repeats the same page. Try again; if it stays, report it.`,
    );
  }
  const pages = run.pages + 1;
  const isPowerOfTwo = (pages & (pages - 1)) === 0;
  return { ...checkpoint, run: { ...run, cursor: next, anchor: isPowerOfTwo ? next : run.anchor, pages } };
}

function endPhase(checkpoint: SyncCheckpoint, run: SyncRun, capability: EntityCapability): SyncCheckpoint {
  const hasDeletions = capability.deletions === 'list' && checkpoint.watermark !== null && !capability.of;
  if (run.phase !== 'deleted' && hasDeletions) {
    return { ...checkpoint, run: { ...run, phase: 'deleted', cursor: null, anchor: null, pages: run.pages + 1 } };
  }
  return finish(checkpoint, run, capability);
}

/** `until` can lie before the CRM's clock when ours is slow: then a window has asked for nothing later than that. */
function finish(checkpoint: SyncCheckpoint, run: SyncRun, capability: EntityCapability): SyncCheckpoint {
  return {
    ...checkpoint,
    watermark: run.full ? run.windowStart : Math.min(run.windowStart, run.until),
    sweptAt: run.full ? run.startedAt : checkpoint.sweptAt,
    mark: run.mark,
    shape: run.full ? readableShape(capability) : checkpoint.shape,
    run: null,
  };
}

function sweepMark(advanced: SyncCheckpoint, run: SyncRun): number | null {
  return advanced.run === null && run.full ? run.mark : null;
}

function effectsOf<E extends EntityName>(
  entity: E,
  capability: EntityCapability,
  request: ReadRequest,
  page: Page<E>,
  sweep: number | null,
): SyncEffects<E> {
  const isOf = request.kind === 'ids' && capability.of !== undefined;
  return {
    upsert: page.records,
    keepNewer: request.kind === 'changed',
    seen: page.rejects.flatMap((reject) => (reject.id === null ? [] : [reject.id])),
    rejects: page.rejects,
    gone: mergeSurvivors(page.gone),
    goneEntity: capability.of ?? entity,
    replace: isOf && capability.of ? { of: capability.of, owners: request.ids } : null,
    sweep,
  };
}
