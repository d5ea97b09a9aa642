import { describe, expect, it } from 'vitest';
import type { AccountWritten } from '../model/types.ts';
import { decideWrite } from '../plan/decide-write.ts';
import { CrmError, type CrmErrorOptions } from './error.ts';
import type { Page, Write, WriteResult } from './port.ts';
import { type WriteItem, type WriteOutcome, writeItem } from './write-item.ts';
import { acceptWriteEvent, beginWrites, nextWriteStep, type WriteQueue, type WriteStep } from './write-queue.ts';

const limits = { batchSize: 4, readSize: 4, decide: decideWrite };
const scored = (healthScore: number): Partial<AccountWritten> => ({ healthScore });

function update(n: number, wanted = 40, before = 60): WriteItem<'account'> {
  return writeItem({ key: `k${n}`, target: { id: `company:${n}` }, set: scored(wanted) }, scored(before));
}

function accountsPage(scores: Readonly<Record<number, number>>): Page<'account'> {
  const records = Object.entries(scores).map(([n, healthScore]) => ({ id: `company:${n}`, healthScore }));
  return { records, rejects: [], gone: [], next: null, servedAt: null } as unknown as Page<'account'>;
}

/** Plays answers by the kind of step, and gathers what came out. */
function play(
  queue: WriteQueue<'account'>,
  answer: (step: WriteStep<'account'>, turn: number) => Page<'account'> | readonly WriteResult[] | CrmError,
) {
  const outcomes: WriteOutcome[] = [];
  const steps: WriteStep<'account'>[] = [];
  let state = queue;
  for (let turn = 0; turn < 200; turn++) {
    const step = nextWriteStep(state);
    steps.push(step);
    if (step.kind === 'done' || step.kind === 'stop') return { outcomes, steps };
    const reply = step.kind === 'wait' ? null : answer(step, turn);
    const advance = acceptWriteEvent(
      state,
      reply === null
        ? { kind: 'waited' }
        : reply instanceof CrmError
          ? { kind: 'failed', error: reply, random: 0.5 }
          : 'records' in reply
            ? { kind: 'records', page: reply }
            : { kind: 'results', results: reply, random: 0.5 },
    );
    outcomes.push(...advance.outcomes);
    state = advance.queue;
  }
  throw new Error('does not end');
}

const all = (batch: readonly Write[]): WriteResult[] =>
  batch.map(({ key, target }) => ({ key, status: 'written', id: 'id' in target ? target.id : `task:${key}` }));
const fails = (code: 'invalid' | 'unavailable' | 'rate-limit' | 'auth', options: CrmErrorOptions = {}) =>
  new CrmError(code, 'No.', options);
const statuses = (outcomes: readonly WriteOutcome[]) => outcomes.map(({ key, status }) => `${key} ${status}`).sort();

describe('writing', () => {
  it('reads again, then writes only what still differs: unchanged, written, conflict, gone', () => {
    const queue = beginWrites([update(1), update(2), update(3), update(4)], limits);
    const { outcomes, steps } = play(queue, (step) =>
      step.kind === 'write' ? all(step.batch) : accountsPage({ 1: 40, 2: 60, 3: 77 }),
    );
    expect(statuses(outcomes)).toEqual(['k1 unchanged', 'k2 written', 'k3 conflict', 'k4 failed']);
    expect(steps.map((step) => step.kind)).toEqual(['read', 'write', 'done']);
    expect(steps[1]).toMatchObject({
      batch: [{ key: 'k2', set: { healthScore: 40 } }],
      intents: [{ was: scored(60) }],
    });
    expect(outcomes.find(({ status }) => status === 'written')).toMatchObject({ was: scored(60), set: scored(40) });
  });

  it('calls: two for each full batch, and none to write what is there already', () => {
    const items = Array.from({ length: 9 }, (_, n) => update(n));
    const now = (score: number) => accountsPage(Object.fromEntries(items.map((_, n) => [n, score])));
    const first = play(beginWrites(items, limits), (step) => (step.kind === 'write' ? all(step.batch) : now(60)));
    expect(first.steps.filter(({ kind }) => kind === 'read')).toHaveLength(3);
    expect(first.steps.filter(({ kind }) => kind === 'write')).toHaveLength(3);
    const second = play(beginWrites(items, limits), () => now(40));
    expect(second.steps.some(({ kind }) => kind === 'write')).toBe(false);
  });

  it('a batch refused as a whole is halved down to the poison record, which is set aside with its reason', () => {
    const items = Array.from({ length: 4 }, (_, n) => update(n));
    const { outcomes, steps } = play(beginWrites(items, limits), (step) => {
      if (step.kind !== 'write') return accountsPage({ 0: 60, 1: 60, 2: 60, 3: 60 });
      const isPoisoned = step.batch.some(({ key }) => key === 'k2');
      return isPoisoned ? fails('invalid', { splittable: true }) : all(step.batch);
    });
    expect(statuses(outcomes)).toEqual(['k0 written', 'k1 written', 'k2 failed', 'k3 written']);
    expect(steps.filter(({ kind }) => kind === 'write')).toHaveLength(5);
  });

  it('a half that waited while the other was settled is read again: what a person did meanwhile is a conflict', () => {
    let score = 60;
    const { outcomes } = play(beginWrites([update(0), update(1)], limits), (step) => {
      if (step.kind !== 'write') return accountsPage({ 0: 60, 1: score });
      score = 77;
      return step.batch.some(({ key }) => key === 'k0') ? fails('invalid', { splittable: true }) : all(step.batch);
    });
    expect(statuses(outcomes)).toEqual(['k0 failed', 'k1 conflict']);
  });

  it('T47 an answer lost after the write went through: read again, recognised as ours, not sent twice', () => {
    let score = 60;
    const { outcomes, steps } = play(beginWrites([update(1)], limits), (step) => {
      if (step.kind !== 'write') return accountsPage({ 1: score });
      score = 40;
      return fails('unavailable', { retryable: true, outcomeUnknown: true });
    });
    expect(statuses(outcomes)).toEqual(['k1 written']);
    expect(outcomes[0]).toMatchObject({ was: scored(60) });
    expect(steps.map((step) => step.kind)).toEqual(['read', 'write', 'wait', 'read', 'done']);
  });

  it('a lost answer, then a person edits: a conflict, never an overwrite', () => {
    let score = 60;
    const { outcomes } = play(beginWrites([update(1)], limits), (step) => {
      if (step.kind !== 'write') return accountsPage({ 1: score });
      score = 71;
      return fails('unavailable', { retryable: true, outcomeUnknown: true });
    });
    expect(statuses(outcomes)).toEqual(['k1 conflict']);
  });

  it('an intent left by a run that died turns "is there already" into written', () => {
    const write: Write<'account'> = { key: 'k1', target: { id: 'company:1' }, set: scored(40) };
    const item = writeItem(write, scored(60), { key: 'k1', was: scored(60), found: false });
    const { outcomes } = play(beginWrites([item], limits), () => accountsPage({ 1: 40 }));
    expect(outcomes).toMatchObject([{ status: 'written', was: scored(60), set: scored(40) }]);
  });

  it('results that are missing or belong to another write tell nothing: read again, at most six times', () => {
    const { outcomes, steps } = play(beginWrites([update(1), update(2)], limits), (step) =>
      step.kind === 'write' ? [] : accountsPage({ 1: 60, 2: 60 }),
    );
    expect(statuses(outcomes)).toEqual(['k1 unprocessed', 'k2 unprocessed']);
    expect(steps.filter(({ kind }) => kind === 'write')).toHaveLength(6);
    const swapped = play(beginWrites([update(1), update(2)], limits), (step, turn) =>
      step.kind === 'write' ? (turn < 2 ? all(step.batch).reverse() : all(step.batch)) : accountsPage({ 1: 60, 2: 60 }),
    );
    expect(statuses(swapped.outcomes)).toEqual(['k1 written', 'k2 written']);
  });

  it('T42 the budget runs out: stops at once, the rest is unprocessed', () => {
    const items = Array.from({ length: 9 }, (_, n) => update(n));
    const { outcomes, steps } = play(beginWrites(items, limits), (step) =>
      step.kind === 'write' ? fails('rate-limit', { exhausted: true }) : accountsPage({ 0: 60, 1: 60, 2: 60, 3: 60 }),
    );
    expect(outcomes).toHaveLength(9);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['unprocessed']));
    expect(steps.map((step) => step.kind)).toEqual(['read', 'write', 'stop']);
  });

  it('refused credentials stop the run', () => {
    const { outcomes, steps } = play(beginWrites([update(1), update(2)], limits), () => fails('auth'));
    expect(statuses(outcomes)).toEqual(['k1 unprocessed', 'k2 unprocessed']);
    expect(steps).toHaveLength(2);
  });

  it('a CRM that is down ends the run instead of costing calls for every record', () => {
    const items = Array.from({ length: 400 }, (_, n) => update(n));
    const big = { ...limits, batchSize: 200, readSize: 200 };
    const { outcomes, steps } = play(beginWrites(items, big), () => fails('unavailable', { retryable: true }));
    expect(outcomes).toHaveLength(400);
    expect(steps.filter(({ kind }) => kind === 'read' || kind === 'write').length).toBeLessThan(20);
  });

  it('one record that breaks the server on every try is found, the others are written', () => {
    const items = Array.from({ length: 4 }, (_, n) => update(n));
    const { outcomes } = play(beginWrites(items, limits), (step) => {
      if (step.kind !== 'write') return accountsPage({ 0: 60, 1: 60, 2: 60, 3: 60 });
      return step.batch.some(({ key }) => key === 'k0') ? fails('unavailable', { retryable: true }) : all(step.batch);
    });
    expect(statuses(outcomes)).toEqual(['k0 unprocessed', 'k1 written', 'k2 written', 'k3 written']);
  });

  it('refuses two writes to one record', () => {
    expect(() => beginWrites([update(1), { ...update(1) }], limits)).toThrow(/twice/);
  });
});

describe('records that we create', () => {
  const task = (archive?: true): Write<'task'> => ({
    key: 'renewal-42',
    target: { externalKey: 'renewal-42' },
    set: archive ? {} : { subject: 'Call about the renewal' },
    links: [{ to: 'account', id: 'company:1' }],
    ...(archive ? { archive } : {}),
  });
  const held = (over: object = {}): Page<'task'> =>
    ({
      records: [
        { id: 'task:7', key: 'renewal-42', subject: 'Call about the renewal', accountId: 'company:1', ...over },
      ],
      rejects: [],
      gone: [],
      next: null,
      servedAt: null,
    }) as unknown as Page<'task'>;
  const nothing: Page<'task'> = { ...held(), records: [] };
  const begin = (item: WriteItem<'task'>) => beginWrites([item], limits);
  const afterRead = (item: WriteItem<'task'>, page: Page<'task'>) =>
    acceptWriteEvent(begin(item), { kind: 'records', page });

  it('are looked up by our key first, then sent by that key', () => {
    expect(nextWriteStep(begin(writeItem(task(), {})))).toEqual({ kind: 'read-keys', keys: ['renewal-42'] });
    const { queue } = afterRead(writeItem(task(), {}), nothing);
    expect(nextWriteStep(queue)).toMatchObject({ kind: 'write', batch: [task()] });
    const results: WriteResult[] = [{ key: 'renewal-42', status: 'written', id: 'task:7' }];
    expect(acceptWriteEvent(queue, { kind: 'results', results, random: 0 }).outcomes).toMatchObject([
      { status: 'written', created: true, set: { subject: 'Call about the renewal' } },
    ]);
  });

  it('that stand there with their links are unchanged, whatever a person made of their fields', () => {
    expect(afterRead(writeItem(task(), {}), held({ subject: 'Done by phone' })).outcomes).toEqual([
      { key: 'renewal-42', status: 'unchanged', id: 'task:7' },
    ]);
  });

  it('that stand there without the link get the link alone, and do not count as created', () => {
    const { queue } = afterRead(writeItem(task(), {}), held({ accountId: null }));
    expect(nextWriteStep(queue)).toMatchObject({ kind: 'write', batch: [{ set: {}, links: task().links }] });
    const results: WriteResult[] = [{ key: 'renewal-42', status: 'written', id: 'task:7' }];
    expect(acceptWriteEvent(queue, { kind: 'results', results, random: 0 }).outcomes).toMatchObject([
      { status: 'written', created: false, set: {} },
    ]);
  });

  it('T47 created with the answer lost and the link missing: only the link is completed, and it counts as created', () => {
    const intent = { key: 'renewal-42', was: {}, found: false };
    const { queue } = afterRead(writeItem(task(), {}, intent), held({ accountId: null }));
    expect(nextWriteStep(queue)).toMatchObject({ batch: [{ set: {}, links: task().links }] });
    const results: WriteResult[] = [{ key: 'renewal-42', status: 'written', id: 'task:7' }];
    expect(acceptWriteEvent(queue, { kind: 'results', results, random: 0 }).outcomes).toMatchObject([
      { status: 'written', created: true, set: { subject: 'Call about the renewal' } },
    ]);
  });

  it('are taken away only while they hold what we gave them', () => {
    const item = writeItem(task(true), { subject: 'Call about the renewal' });
    expect(nextWriteStep(afterRead(item, held()).queue)).toMatchObject({ kind: 'write', batch: [{ archive: true }] });
    expect(afterRead(item, held({ subject: 'Changed' })).outcomes).toMatchObject([{ status: 'conflict' }]);
    expect(afterRead(item, nothing).outcomes).toMatchObject([{ status: 'unchanged' }]);
  });
});
