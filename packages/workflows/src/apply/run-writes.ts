import {
  acceptWriteEvent,
  beginWrites,
  type CrmAdapter,
  CrmError,
  decideWrite,
  type Id,
  linkEnds,
  linkKey,
  nextWriteStep,
  type PlannedWrite,
  type ReadRequest,
  type WritableEntity,
  type WriteAdvance,
  type WriteEvent,
  type WriteIntent,
  type WriteItem,
  type WriteOutcome,
  type WriteStep,
  writeItem,
} from '@holdfast/core';
import { type CallCap, type CapShares, createCallCap } from '../run/call-cap.ts';
import type { CallMeter } from '../run/call-meter.ts';
import type { RetryContext } from '../run/with-retries.ts';
import { followMerges } from '../store/follow-merges.ts';
import type { Store } from '../store/store.ts';

export interface WriteOptions extends RetryContext {
  readonly meter?: CallMeter;
  readonly shares?: CapShares;
  /** Each outcome as it is known, for `results.ndjson` and progress. */
  readonly onOutcome?: (entity: WritableEntity, outcome: WriteOutcome) => void;
}

/** How many writes ended how, and why the run stopped early, if it did. */
export interface WriteReport {
  readonly runId: string;
  readonly counts: Readonly<Record<WriteOutcome['status'], number>>;
  readonly stopped: string | null;
}

/** A write of a plan or of an undo: as much of a planned write as the queue needs. */
export type DueWrite = Pick<PlannedWrite, 'entity' | 'write' | 'before'>;

const ENTITIES = [
  'account',
  'contact',
  'opportunity',
  'lead',
  'referral',
  'referralLink',
  'task',
  'note',
] as const satisfies readonly WritableEntity[];

/**
 * Carries writes out as run `runId`, entity by entity. An intent is in the journal before a batch goes out and its
 * outcome after, so a run that dies between any two steps is taken up by reading again: intents of earlier attempts at
 * the same plan tell what may be ours.
 */
export async function runWrites(
  adapter: CrmAdapter,
  store: Store,
  run: { readonly id: string; readonly planId: string },
  due: readonly DueWrite[],
  options: WriteOptions,
): Promise<WriteReport> {
  for (const entity of ENTITIES)
    assertWritable(
      adapter,
      entity,
      due.filter((write) => write.entity === entity),
    );
  const open = await store.openIntents(run.planId);
  const earlier = new Map(open.map(({ entity, intent }) => [`${entity} ${intent.key}`, intent]));
  const known = await store.run(run.id);
  const startedAt = known?.startedAt ?? options.clock.now();
  await store.saveRun({ id: run.id, planId: run.planId, startedAt, finishedAt: null });
  const settled = await settledKeys(store, run.id);
  const counts = { written: settled.size, unchanged: 0, conflict: 0, failed: 0, unprocessed: 0 };
  const cap = createCallCap(adapter, options.meter, options.shares);
  let stopped: string | null = null;
  for (const entity of ENTITIES) {
    const mine = due.filter((write) => write.entity === entity && !settled.has(`${entity} ${write.write.key}`));
    if (mine.length === 0) continue;
    const items = await prepareItems(store, entity, mine, earlier);
    const byKey = new Map(items.map((item) => [item.write.key, item]));
    const context = { ...options, cap, runId: run.id, counts, byKey };
    stopped = await writeEntity(adapter, store, entity, items, stopped, context);
  }
  await store.saveRun({ id: run.id, planId: run.planId, startedAt, finishedAt: options.clock.now() });
  return { runId: run.id, counts, stopped };
}

interface EntityContext extends WriteOptions {
  readonly cap: CallCap;
  readonly runId: string;
  readonly counts: Record<WriteOutcome['status'], number>;
  readonly byKey: ReadonlyMap<string, WriteItem>;
}

/** What this run wrote before it died is not looked at again. */
async function settledKeys(store: Store, runId: string): Promise<ReadonlySet<string>> {
  const writes = await store.writes(runId);
  const written = writes.filter(({ outcome }) => outcome?.status === 'written');
  return new Set(written.map(({ entity, key }) => `${entity} ${key}`));
}

/**
 * Links to records that were merged since the plan was made follow the merge, those that are fields of a referral too,
 * in what was seen as in what is wanted. The record to write does not: what the plan saw was another record's.
 */
async function prepareItems(
  store: Store,
  entity: WritableEntity,
  due: readonly DueWrite[],
  earlier: ReadonlyMap<string, WriteIntent>,
): Promise<readonly WriteItem[]> {
  if (entity === 'referralLink') return linkItems(store, due, earlier);
  const items: WriteItem[] = [];
  for (const { write, before } of due) {
    const links = await Promise.all(
      (write.links ?? []).map(async (link) => ({ ...link, id: await store.resolve(link.id) })),
    );
    const [set, seen] = entity === 'referral' ? await followMerges(store, [write.set, before]) : [write.set, before];
    const resolved = { ...write, set: set ?? {}, ...(write.links && { links }) };
    items.push(writeItem(resolved, seen ?? {}, earlier.get(`${entity} ${write.key}`) ?? null));
  }
  return items;
}

/** A link is known by its two ends, so its key follows their merges; two that became one are one. */
async function linkItems(
  store: Store,
  due: readonly DueWrite[],
  earlier: ReadonlyMap<string, WriteIntent>,
): Promise<readonly WriteItem[]> {
  const items = new Map<string, WriteItem>();
  for (const { write, before } of due) {
    const ends = linkEnds('externalKey' in write.target ? write.target.externalKey : '');
    const [moved] = ends === null ? [] : await followMerges(store, [ends]);
    if (moved === undefined)
      throw new CrmError('invalid', `${write.key} is no link between two people. Make a new plan.`);
    const externalKey = linkKey(moved);
    const resolved = { ...write, target: { externalKey }, set: write.archive ? {} : moved };
    const item = writeItem(resolved, write.archive ? moved : before, earlier.get(`referralLink ${write.key}`) ?? null);
    if (!items.has(externalKey)) items.set(externalKey, item);
  }
  return [...items.values()];
}

/** What the org cannot take at all is refused before anything is noted or written. */
function assertWritable(adapter: CrmAdapter, entity: WritableEntity, due: readonly DueWrite[]): void {
  if (due.length === 0) return;
  const targets = new Set(due.map(({ write: { target } }) => ('id' in target ? target.id : target.externalKey)));
  if (targets.size !== due.length || new Set(due.map(({ write }) => write.key)).size !== due.length) {
    throw new CrmError('invalid', `The plan writes one record of ${entity} twice. Make a new plan.`);
  }
  const capability = adapter.capabilities.write[entity];
  // what goes by our own key is read back by it, also where the org shows no such records otherwise
  const byId = due.some(({ write }) => 'id' in write.target);
  if (!capability || (byId && !adapter.capabilities.read[entity])) {
    const why = adapter.capabilities.unavailable[entity];
    throw new CrmError(
      'permission',
      `This org or user cannot write ${entity} records${why === undefined ? '' : ` (${why})`}. Run check, then make a new plan.`,
    );
  }
  const creates = due.some(({ write }) => 'externalKey' in write.target && !write.archive);
  if (creates && capability.create !== true) throw new CrmError('permission', capability.create);
  const fields = new Set(due.flatMap(({ write }) => Object.keys(write.set)));
  const missing = [...fields].filter((field) => !capability.fields.includes(field));
  if (missing.length > 0) {
    throw new CrmError(
      'permission',
      `These fields of ${entity} do not exist or may not be written: ${missing.join(', ')}. Run install, then make a new plan.`,
    );
  }
}

async function writeEntity(
  adapter: CrmAdapter,
  store: Store,
  entity: WritableEntity,
  items: readonly WriteItem[],
  stopped: string | null,
  context: EntityContext,
): Promise<string | null> {
  const batchSize = adapter.capabilities.write[entity]?.batchSize ?? 1;
  const readSize = adapter.capabilities.read[entity]?.pageSize.ids ?? batchSize;
  const { retry } = context;
  let queue = beginWrites(items, { batchSize, readSize, decide: decideWrite, ...(retry && { retry }) });
  for (let halt = stopped ?? context.cap(); ; halt = context.cap()) {
    const step = nextWriteStep(queue);
    if (step.kind === 'done') return null;
    if (step.kind === 'stop') return step.reason;
    const event: WriteEvent =
      halt !== null ? { kind: 'stop', reason: halt } : await carryOut(adapter, store, entity, step, context);
    const advance: WriteAdvance = acceptWriteEvent(queue, event);
    queue = advance.queue;
    await report(store, entity, advance.outcomes, context);
  }
}

/** What may be written is decided by the fields that we write; links would cost calls and time between read and write. */
const ownFieldsOf = (ids: readonly Id[]): ReadRequest => ({ kind: 'ids', ids, withoutLinks: true });

async function carryOut(
  adapter: CrmAdapter,
  store: Store,
  entity: WritableEntity,
  step: Exclude<WriteStep, { readonly kind: 'done' | 'stop' }>,
  context: EntityContext,
): Promise<WriteEvent> {
  const { clock, random, signal } = context;
  signal?.throwIfAborted();
  try {
    switch (step.kind) {
      case 'wait':
        await clock.sleep(step.ms, signal);
        return { kind: 'waited' };
      case 'read':
        return { kind: 'records', page: await adapter.read(entity, ownFieldsOf(step.ids), signal) };
      case 'read-keys':
        return { kind: 'records', page: await adapter.read(entity, { kind: 'keys', keys: step.keys }, signal) };
      case 'write':
        await noteIntents(store, entity, step.intents, context);
        return { kind: 'results', results: await adapter.write(entity, step.batch, signal), random: random() };
    }
  } catch (error) {
    if (!(error instanceof CrmError)) throw error;
    return { kind: 'failed', error, random: random() };
  }
}

async function noteIntents(
  store: Store,
  entity: WritableEntity,
  intents: readonly WriteIntent[],
  context: EntityContext,
): Promise<void> {
  const noted = intents.flatMap((intent) => {
    const item = context.byKey.get(intent.key);
    return item ? [{ key: intent.key, entity, write: item.write, before: item.before, intent }] : [];
  });
  await store.noteIntents(context.runId, noted);
}

async function report(
  store: Store,
  entity: WritableEntity,
  outcomes: readonly WriteOutcome[],
  context: EntityContext,
): Promise<void> {
  if (outcomes.length === 0) return;
  await store.noteOutcomes(context.runId, entity, outcomes);
  for (const outcome of outcomes) {
    context.counts[outcome.status] += 1;
    context.onOutcome?.(entity, outcome);
  }
}
