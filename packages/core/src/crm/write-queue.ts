import type { Id } from '../model/ids.ts';
import type { WritableEntity } from '../model/types.ts';
import { CrmError } from './error.ts';
import type { Page, Write, WriteResult } from './port.ts';
import { RETRY_POLICY, type RetryPolicy, retryDecision } from './retry.ts';
import { decideItem } from './write-decision.ts';
import { afterFailure, doubt, givenUp, oneMoreAttempt, retryableForm } from './write-failure.ts';
import {
  type DecideWrite,
  isKeyed,
  targetOf,
  type WriteIntent,
  type WriteItem,
  type WriteOutcome,
} from './write-item.ts';

/** Items that go through the next step together: first read again, then written. */
interface WriteGroup<E extends WritableEntity> {
  readonly stage: 'read' | 'write';
  readonly items: readonly WriteItem<E>[];
}

export interface WriteLimits {
  /** Most writes in one batch, and most ids in one re-read. */
  readonly batchSize: number;
  readonly readSize: number;
  readonly retry?: RetryPolicy;
  /** How a write is decided once its record was read again: `decideWrite` of the plan. */
  readonly decide: DecideWrite;
}

/** Where writing one entity stands: plain data, never changed in place. */
export interface WriteQueue<E extends WritableEntity = WritableEntity> {
  readonly limits: WriteLimits;
  /** Not yet begun from `offset` on. */
  readonly items: readonly WriteItem<E>[];
  readonly offset: number;
  /** Begun; the last is next. */
  readonly groups: readonly WriteGroup<E>[];
  readonly waitMs: number;
  /** Calls that failed with no success between: many in a row mean that the CRM is down, not that a record is bad. */
  readonly failuresInARow: number;
  readonly stopped: string | null;
}

/** What the loop does next. */
export type WriteStep<E extends WritableEntity = WritableEntity> =
  | { readonly kind: 'read'; readonly ids: readonly Id[] }
  | { readonly kind: 'read-keys'; readonly keys: readonly string[] }
  /** Note down the intents first, then send the batch. */
  | { readonly kind: 'write'; readonly batch: readonly Write<E>[]; readonly intents: readonly WriteIntent<E>[] }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'stop'; readonly reason: string }
  | { readonly kind: 'done' };

/** What came of a step. */
export type WriteEvent<E extends WritableEntity = WritableEntity> =
  | { readonly kind: 'records'; readonly page: Page<E> }
  | { readonly kind: 'results'; readonly results: readonly WriteResult[]; readonly random: number }
  | { readonly kind: 'failed'; readonly error: CrmError; readonly random: number }
  | { readonly kind: 'waited' }
  | { readonly kind: 'stop'; readonly reason: string };

export interface WriteAdvance<E extends WritableEntity = WritableEntity> {
  readonly queue: WriteQueue<E>;
  readonly outcomes: readonly WriteOutcome<E>[];
}

/** One more than a batch of 200 needs to be retried and halved down to its one bad record. */
const FAILURES_THAT_MEAN_DOWN = 16;

/** A queue of writes to one entity. Throws `invalid` when two of them go to the same record. */
export function beginWrites<E extends WritableEntity>(
  items: readonly WriteItem<E>[],
  limits: WriteLimits,
): WriteQueue<E> {
  const targets = new Set(items.map((item) => targetOf(item)));
  if (targets.size !== items.length) {
    throw new CrmError('invalid', 'The plan writes one record twice. Make a new plan.');
  }
  return { limits, items, offset: 0, groups: [], waitMs: 0, failuresInARow: 0, stopped: null };
}

/** The next step; `accept` what came of it before asking again. */
export function nextWriteStep<E extends WritableEntity>(queue: WriteQueue<E>): WriteStep<E> {
  if (queue.stopped !== null) return { kind: 'stop', reason: queue.stopped };
  if (queue.waitMs > 0) return { kind: 'wait', ms: queue.waitMs };
  const group = current(queue);
  if (!group) return { kind: 'done' };
  if (group.stage === 'write') {
    const batch = group.items.map((item) => item.send);
    return { kind: 'write', batch, intents: group.items.flatMap((item) => item.intent ?? []) };
  }
  const targets = group.items.map(targetOf);
  return group.items.every(isKeyed) ? { kind: 'read-keys', keys: targets } : { kind: 'read', ids: targets };
}

/**
 * Takes in what came of the last step. Before anything is written, and after any answer that leaves a doubt, the
 * records are read again and decided anew: finding the wanted values after an attempt means that it was ours. A create
 * goes by our key and is never simply sent again.
 */
export function acceptWriteEvent<E extends WritableEntity>(
  queue: WriteQueue<E>,
  event: WriteEvent<E>,
): WriteAdvance<E> {
  if (event.kind === 'stop') return stop(queue, event.reason);
  if (event.kind === 'waited') return { queue: { ...queue, waitMs: 0 }, outcomes: [] };
  const group = current(queue);
  if (!group) throw new TypeError('An answer came in, but no write was waiting for one.');
  const rest = withoutCurrent(queue);
  if (event.kind === 'failed') return acceptFailure(rest, group, event.error, event.random);
  if (event.kind === 'records') return acceptRecords(rest, group, event.page);
  return acceptResults({ ...rest, failuresInARow: 0 }, group, event.results, event.random);
}

function current<E extends WritableEntity>(queue: WriteQueue<E>): WriteGroup<E> | null {
  const begun = queue.groups.at(-1);
  if (begun) return begun;
  const first = queue.items[queue.offset];
  if (!first) return null;
  const most = queue.offset + Math.min(queue.limits.batchSize, queue.limits.readSize);
  let end = queue.offset + 1;
  for (let item = queue.items[end]; end < most && item && isKeyed(item) === isKeyed(first); item = queue.items[end])
    end++;
  return { stage: 'read', items: queue.items.slice(queue.offset, end) };
}

function withoutCurrent<E extends WritableEntity>(queue: WriteQueue<E>): WriteQueue<E> {
  if (queue.groups.length > 0) return { ...queue, groups: queue.groups.slice(0, -1) };
  return { ...queue, offset: queue.offset + (current(queue)?.items.length ?? 0) };
}

function withGroup<E extends WritableEntity>(
  queue: WriteQueue<E>,
  stage: WriteGroup<E>['stage'],
  items: readonly WriteItem<E>[],
): WriteQueue<E> {
  return items.length === 0 ? queue : { ...queue, groups: [...queue.groups, { stage, items }] };
}

function acceptRecords<E extends WritableEntity>(
  queue: WriteQueue<E>,
  group: WriteGroup<E>,
  page: Page<E>,
): WriteAdvance<E> {
  const outcomes: WriteOutcome<E>[] = [];
  const toWrite: WriteItem<E>[] = [];
  for (const item of group.items) {
    const decided = decideItem(item, page, queue.limits.decide);
    if ('status' in decided) outcomes.push(decided);
    else toWrite.push(decided);
  }
  return { queue: withGroup(queue, 'write', toWrite), outcomes };
}

/** A result counts only when it stands in the place of its write and carries its key; anything else tells nothing. */
function acceptResults<E extends WritableEntity>(
  queue: WriteQueue<E>,
  group: WriteGroup<E>,
  results: readonly WriteResult[],
  random: number,
): WriteAdvance<E> {
  const outcomes: WriteOutcome<E>[] = [];
  const again: WriteItem<E>[] = [];
  let waitMs = 0;
  let exhausted: string | null = null;
  for (const [index, item] of group.items.entries()) {
    const result = results[index]?.key === item.write.key ? results[index] : undefined;
    if (result?.status === 'written') {
      outcomes.push(writtenOutcome(item, result.id));
      continue;
    }
    const error = result?.status === 'failed' ? result.error : doubt(result?.reason);
    const tried = afterFailure(item, error);
    const decision = retryDecision(tried.attempts, retryableForm(error), random, retryPolicy(queue));
    if (error.exhausted) exhausted = error.message;
    if (decision.kind === 'give-up') outcomes.push(givenUp(tried, error, false));
    else again.push(tried);
    waitMs = Math.max(waitMs, decision.kind === 'wait' ? decision.ms : 0);
  }
  const next = { ...withGroup(queue, 'read', again), waitMs };
  if (exhausted === null) return { queue: next, outcomes };
  const stopped = stop(next, exhausted);
  return { queue: stopped.queue, outcomes: [...outcomes, ...stopped.outcomes] };
}

function acceptFailure<E extends WritableEntity>(
  queue: WriteQueue<E>,
  group: WriteGroup<E>,
  error: CrmError,
  random: number,
): WriteAdvance<E> {
  const { stage } = group;
  const known = stage === 'write' ? retryableForm(error) : error;
  const items = group.items.map((item) => (stage === 'write' ? afterFailure(item, error) : oneMoreAttempt(item)));
  const failed = { ...queue, failuresInARow: queue.failuresInARow + 1 };
  if (mustStop(failed, error)) return stop(withGroup(failed, stage, items), error.message);
  if (error.splittable && !known.retryable) return split(failed, stage, items, error);
  const attempts = Math.max(...items.map((item) => item.attempts));
  const decision = retryDecision(attempts, known, random, retryPolicy(queue));
  if (decision.kind === 'wait') {
    return { queue: { ...withGroup(failed, 'read', items), waitMs: decision.ms }, outcomes: [] };
  }
  if (known.retryable) return split(failed, stage, items, error);
  return { queue: failed, outcomes: items.map((item) => givenUp(item, error, stage === 'read')) };
}

/**
 * Halves what the CRM refused as a whole until the culprit stands alone; it is set aside with its reason. Each half is
 * read again first: while one is being settled, people go on editing the records of the other.
 */
function split<E extends WritableEntity>(
  queue: WriteQueue<E>,
  failedStage: WriteGroup<E>['stage'],
  items: readonly WriteItem<E>[],
  error: CrmError,
): WriteAdvance<E> {
  if (items.length === 1) {
    return { queue, outcomes: items.map((item) => givenUp(item, error, failedStage === 'read')) };
  }
  const middle = Math.ceil(items.length / 2);
  const second = withGroup(queue, 'read', items.slice(middle));
  return { queue: withGroup(second, 'read', items.slice(0, middle)), outcomes: [] };
}

/** The day's budget gone, the credentials refused or the CRM down: every further call would fail too. */
function mustStop(queue: WriteQueue, error: CrmError): boolean {
  const isRefused = error.code === 'auth' || error.code === 'permission';
  return error.exhausted || isRefused || queue.failuresInARow >= FAILURES_THAT_MEAN_DOWN;
}

function stop<E extends WritableEntity>(queue: WriteQueue<E>, reason: string): WriteAdvance<E> {
  const left = [...queue.groups.flatMap((group) => group.items).reverse(), ...queue.items.slice(queue.offset)];
  const outcomes = left.map((item) => ({ key: item.write.key, status: 'unprocessed' as const, reason }));
  return { queue: { ...queue, groups: [], offset: queue.items.length, waitMs: 0, stopped: reason }, outcomes };
}

function writtenOutcome<E extends WritableEntity>(item: WriteItem<E>, id: Id): WriteOutcome<E> {
  const { key, archive } = item.write;
  const found = item.intent?.found ?? false;
  const created = isKeyed(item) && !found && archive !== true;
  const set = created ? item.write.set : item.send.set;
  return { key, status: 'written', id, created, set, was: item.intent?.was ?? {} };
}

function retryPolicy(queue: WriteQueue): RetryPolicy {
  return queue.limits.retry ?? RETRY_POLICY;
}
