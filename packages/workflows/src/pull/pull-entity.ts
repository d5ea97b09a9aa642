import {
  abandonSync,
  acceptNoOwners,
  acceptPage,
  beginSync,
  type Contact,
  type CrmAdapter,
  type EntityCapability,
  type EntityName,
  hiddenAddress,
  type Instant,
  type MailParties,
  nextStep,
  type Page,
  type ReadRequest,
  type SyncAdvance,
  type SyncCheckpoint,
  withoutClearText,
} from '@holdfast/core';
import { assertUnderCap, type CallCap } from '../run/call-cap.ts';
import { withRetries } from '../run/with-retries.ts';
import type { Store } from '../store/store.ts';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import type { PullOptions } from './pull.ts';

/** What reading one entity did so far. */
export interface EntityPull {
  readonly entity: EntityName;
  readonly pages: number;
  readonly records: number;
  readonly rejects: number;
  readonly gone: number;
  /** Whether everything was read, and what was not seen taken away. */
  readonly full: boolean;
}

interface PullContext extends PullOptions {
  readonly startedAt: Instant;
  readonly cap: CallCap;
}

/** A sweep may take away less than this share of an entity without a person's word. */
const SHRINK_SHARE = 0.2;
/** Below so many records it is no landslide, however small the book. */
const SHRINK_FEWEST = 5;

/** Reads one entity: finishes a run that was left unfinished, then makes one that began in this pull. */
export async function pullEntity(
  adapter: CrmAdapter,
  store: Store,
  entity: EntityName,
  capability: EntityCapability,
  context: PullContext,
): Promise<EntityPull> {
  let done: EntityPull = { entity, pages: 0, records: 0, rejects: 0, gone: 0, full: false };
  let checkpoint = await store.checkpoint(entity);
  const isUnwanted = context.full === true && checkpoint.run?.full === false;
  let isLast = checkpoint.run === null || isUnwanted;
  if (isLast) checkpoint = await begin(store, checkpoint, capability, context);
  for (;;) {
    const advance = await advanceOnce(adapter, store, entity, capability, checkpoint, context);
    if (advance === null) {
      if (isLast) return done;
      isLast = true;
      checkpoint = await begin(store, checkpoint, capability, context);
      continue;
    }
    await store.commitPage(entity, advance);
    checkpoint = advance.checkpoint;
    done = addPage(done, advance);
    context.onProgress?.(done);
  }
}

async function begin(
  store: Store,
  checkpoint: SyncCheckpoint,
  capability: EntityCapability,
  context: PullContext,
): Promise<SyncCheckpoint> {
  const { full, sweepEveryMs, relationSweepEveryMs, clockSkewMs } = context;
  return beginSync(checkpoint, capability, {
    now: context.clock.now(),
    mark: await store.mark(),
    ...(full !== undefined && { full }),
    ...(sweepEveryMs !== undefined && { sweepEveryMs }),
    ...(relationSweepEveryMs !== undefined && { relationSweepEveryMs }),
    ...(clockSkewMs !== undefined && { clockSkewMs }),
  });
}

/** One step of a run; `null` when it is over. */
async function advanceOnce(
  adapter: CrmAdapter,
  store: Store,
  entity: EntityName,
  capability: EntityCapability,
  checkpoint: SyncCheckpoint,
  context: PullContext,
): Promise<SyncAdvance | null> {
  const step = nextStep(checkpoint, capability);
  if (step.kind === 'done') return null;
  const request = step.kind === 'read' ? step.request : await ownersRequest(store, step);
  const advance =
    request === null
      ? acceptNoOwners(entity, checkpoint, capability)
      : await readOnce(adapter, entity, capability, checkpoint, request, context);
  return guardShrink(store, entity, checkpoint, advance, context);
}

async function ownersRequest(
  store: Store,
  step: Extract<ReturnType<typeof nextStep>, { readonly kind: 'read-of' }>,
): Promise<ReadRequest | null> {
  const { after, limit, changedSince } = step;
  const ids = await store.ids(step.of, { after, limit, changedSince });
  return ids.length === 0 ? null : { kind: 'ids', ids };
}

async function readOnce(
  adapter: CrmAdapter,
  entity: EntityName,
  capability: EntityCapability,
  checkpoint: SyncCheckpoint,
  request: ReadRequest,
  context: PullContext,
): Promise<SyncAdvance> {
  const { clock, signal, cap } = context;
  const page = await withRetries(() => {
    assertUnderCap(cap);
    return adapter.read(entity, request, signal);
  }, context);
  return acceptPage(entity, checkpoint, capability, request, storable(entity, page, context), clock.now());
}

/** Mails without anything in clear of the people in them, contacts without their further addresses. */
function storable(entity: EntityName, page: Page, { digest }: PullContext): Page {
  if (entity === 'contact')
    return { ...page, records: (page.records as readonly Contact[]).map((it) => discreet(it, digest)) };
  if (entity !== 'mailParties' || !digest) return page;
  return { ...page, records: (page.records as readonly MailParties[]).map((it) => withoutClearText(it, digest)) };
}

function discreet(contact: Contact, digest: PullContext['digest']): Contact {
  const { otherAddresses } = contact;
  if (!otherAddresses) return contact;
  return { ...contact, otherAddresses: digest ? otherAddresses.map((it) => hiddenAddress(it, digest)) : null };
}

/** A CRM that suddenly shows far fewer records has more often lost a permission than its customers. */
async function guardShrink(
  store: Store,
  entity: EntityName,
  before: SyncCheckpoint,
  advance: SyncAdvance,
  context: PullContext,
): Promise<SyncAdvance> {
  const { sweep, upsert, seen } = advance.effects;
  if (sweep === null || context.acceptShrink) return advance;
  const unseen = (await store.countUnseen(entity, sweep)) - upsert.length - seen.length;
  if (unseen < SHRINK_FEWEST) return advance;
  const held = Object.values(await store.countByObject(entity)).reduce((sum, count) => sum + count, 0);
  if (unseen < held * SHRINK_SHARE) return advance;
  await store.commitPage(entity, { checkpoint: abandonSync(before), effects: { ...advance.effects, sweep: null } });
  throw new WorkspaceError(
    'guard',
    `The CRM no longer shows ${unseen} of ${held} records of ${entity}. Nothing was dropped. Check this user's permissions; if the records are truly gone, pull again and accept it.`,
  );
}

function addPage(done: EntityPull, { effects, checkpoint }: SyncAdvance): EntityPull {
  return {
    ...done,
    pages: done.pages + 1,
    records: done.records + effects.upsert.length,
    rejects: done.rejects + effects.rejects.length,
    gone: done.gone + effects.gone.length,
    full: done.full || effects.sweep !== null || checkpoint.run?.full === true,
  };
}
