import type { CrmAdapter, Id, Plan, PlannedWrite } from '@holdfast/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ABook, aBook, aPlan, aPlannedTask, aScore } from '../../test/support/a-book.ts';
import { pull } from '../pull/pull.ts';
import { applyPlan } from './apply-plan.ts';
import { undoRun } from './undo-run.ts';

let book: ABook;
let accounts: readonly Id[];
beforeEach(async () => {
  book = await aBook({ batchSize: 3 });
  accounts = Array.from({ length: 7 }, (_, n) =>
    book.crm.edits.create('account', { name: `Account ${n}`, healthScore: 60 }),
  );
  await pull(book.adapter, book.store, { ...book.context, entities: ['account'] });
});
afterEach(() => book.close());

const apply = (plan: Plan, runId = 'run-1', adapter: CrmAdapter = book.adapter) =>
  applyPlan(adapter, book.store, plan, { ...book.context, runId, attended: true });
const scores = () => book.crm.records('account').map(({ healthScore }) => healthScore);
const scoreAll = (wanted = 40) => aPlan(accounts.map((id) => aScore(id, wanted, 60)));

describe('applying a plan', () => {
  it('writes each record with two calls a batch; applying it again writes nothing', async () => {
    const before = book.meter.calls();
    expect((await apply(scoreAll())).counts).toMatchObject({ written: 7 });
    const between = book.meter.calls();
    expect([between.read - before.read, between.write - before.write]).toEqual([3, 3]);
    expect(scores()).toEqual([40, 40, 40, 40, 40, 40, 40]);
    expect((await apply(scoreAll(), 'run-2')).counts).toMatchObject({ unchanged: 7, written: 0 });
    expect(book.meter.calls().write).toBe(between.write);
  });

  it('a person’s edit of a field that we write is a conflict and stays; of another field it is none', async () => {
    book.crm.edits.edit('account', accounts[0]!, { healthScore: 99 });
    book.crm.edits.edit('account', accounts[1]!, { name: 'Renamed', ownerId: 'owner:9' });
    expect((await apply(scoreAll())).counts).toMatchObject({ written: 6, conflict: 1 });
    expect(book.crm.records('account')[0]?.healthScore).toBe(99);
    expect(book.crm.records('account')[1]).toMatchObject({ name: 'Renamed', ownerId: 'owner:9', healthScore: 40 });
  });

  it('refuses a plan of another org or another CRM before any call', async () => {
    const calls = book.meter.total();
    await expect(apply(aPlan([], { orgId: 'memory-2' }))).rejects.toMatchObject({ code: 'org' });
    await expect(apply(aPlan([], { crm: 'other' }))).rejects.toMatchObject({ code: 'org' });
    expect(book.meter.total()).toBe(calls);
  });

  it('refuses a field that we do not own, before anything is written', async () => {
    const stranger = aPlan([
      { ...aScore(accounts[0]!, 40, 60), write: { key: 'x', target: { id: accounts[0]! }, set: { name: 'Hacked' } } },
    ] as never);
    await expect(apply(stranger)).rejects.toMatchObject({ code: 'permission' });
    expect(book.meter.calls().write).toBe(0);
    expect(await book.store.runs()).toEqual([]);
  });

  it('T47 an answer lost after the write: read again, counted as written, with what it replaced', async () => {
    let isLost = false;
    const loses: CrmAdapter = {
      ...book.adapter,
      write: async (entity, batch, signal) => {
        if (!isLost) book.crm.failNext('lost-answer');
        isLost = true;
        return book.adapter.write(entity, batch, signal);
      },
    };
    const before = book.meter.calls();
    expect((await apply(scoreAll(), 'run-1', loses)).counts).toMatchObject({ written: 7 });
    const after = book.meter.calls();
    expect([after.read - before.read, after.write - before.write]).toEqual([4, 3]);
    const [first] = await book.store.writes('run-1');
    expect(first?.outcome).toMatchObject({ status: 'written', was: { healthScore: 60 } });
  });

  it('killed between any two steps and run again, everything is written once and known', async () => {
    const tasks = accounts.map((id) => aPlannedTask(`renewal ${id}`, id));
    const plan = aPlan([...scoreAll().writes, ...tasks]);
    for (let lives = 0; lives < 20; lives++) {
      let left = lives % 5;
      const die = () => {
        left -= 1;
        if (left < 0) throw new Error('killed');
      };
      const mortal: CrmAdapter = {
        ...book.adapter,
        read: async (entity, request, signal) => {
          die();
          return book.adapter.read(entity, request, signal);
        },
        write: async (entity, batch, signal) => {
          const results = await book.adapter.write(entity, batch, signal);
          die();
          return results;
        },
      };
      await apply(plan, 'run-1', mortal).catch(() => null);
    }
    await apply(plan, 'run-2');
    const ended = await book.store.writes('run-1');
    expect(ended).toHaveLength(14);
    expect(ended.every(({ outcome }) => outcome?.status === 'written')).toBe(true);
    expect(book.crm.records('task')).toHaveLength(7);
    expect(book.crm.records('task').every(({ accountId }) => accountId !== null)).toBe(true);
  });

  it('a run that nobody watches stops when over a tenth of the bands would change', async () => {
    const band = (id: Id): PlannedWrite => ({
      entity: 'account',
      write: { key: id, target: { id }, set: { healthBand: 'at_risk' } },
      before: { healthBand: 'healthy' },
      label: id,
      why: 'test',
    });
    for (const id of accounts) book.crm.edits.edit('account', id, { healthBand: 'healthy' });
    await pull(book.adapter, book.store, { ...book.context, entities: ['account'], full: true });
    const plan = aPlan(accounts.map(band));
    const unwatched = { ...book.context, runId: 'run-1' };
    await expect(applyPlan(book.adapter, book.store, plan, unwatched)).rejects.toMatchObject({ code: 'guard' });
    expect((await apply(plan)).counts.written).toBe(7);
  });

  it('T42 the day’s budget: stops at the cap, says so, and leaves the rest for the next run', async () => {
    const { capabilities } = book.adapter;
    const small = { ...book.adapter, capabilities: { ...capabilities, budget: { limit: 16, used: 0 } } };
    const report = await apply(scoreAll(), 'run-1', small);
    expect(report.counts).toMatchObject({ written: 6, unprocessed: 1 });
    expect(report.stopped).toMatch(/cap of 25 %/);
    expect((await apply(scoreAll(), 'run-2')).counts).toMatchObject({ written: 1, unchanged: 6 });
  });

  it('where the org has no unique key for tasks, creation is refused with the org’s reason', async () => {
    const other = await aBook({ uniqueTaskKey: false });
    const id = other.crm.edits.create('account', {});
    const plan = aPlan([aPlannedTask('renewal', id)]);
    const options = { ...other.context, runId: 'run-1', attended: true };
    await expect(applyPlan(other.adapter, other.store, plan, options)).rejects.toMatchObject({ code: 'permission' });
    expect(other.crm.records('task')).toHaveLength(0);
    await other.close();
  });
});

describe('undoing a run', () => {
  const undo = () => undoRun(book.adapter, book.store, 'run-1', book.context);

  it('puts back what was there, and archives the tasks that it made', async () => {
    await apply(aPlan([...scoreAll().writes, aPlannedTask('renewal', accounts[0]!)]));
    expect(await undo()).toMatchObject({ counts: { written: 8 }, kept: 0 });
    expect(scores()).toEqual([60, 60, 60, 60, 60, 60, 60]);
    expect(book.crm.records('task')).toHaveLength(0);
    const writes = book.meter.calls().write;
    expect((await undo()).counts).toMatchObject({ written: 0, unchanged: 8 });
    expect(book.meter.calls().write).toBe(writes);
  });

  it('leaves what a person has changed since', async () => {
    await apply(aPlan([...scoreAll().writes, aPlannedTask('renewal', accounts[0]!)]));
    book.crm.edits.edit('account', accounts[0]!, { healthScore: 77 });
    book.crm.edits.edit('task', book.crm.records('task')[0]!.id, { subject: 'Done by phone' });
    expect((await undo()).counts).toMatchObject({ written: 6, conflict: 2 });
    expect(scores()[0]).toBe(77);
    expect(book.crm.records('task')).toHaveLength(1);
  });

  it('of an unknown run says so', async () => {
    await expect(undoRun(book.adapter, book.store, 'nothing', book.context)).rejects.toMatchObject({ code: 'missing' });
  });
});

describe('undoing what is not known to be done', () => {
  const lost: Pick<CrmAdapter, 'write'> = {
    write: async (entity, batch, signal) => {
      await book.adapter.write(entity, batch, signal);
      throw new Error('killed');
    },
  };

  it('a run that died after a batch went out: what it may have written is put back too', async () => {
    const plan = aPlan([...scoreAll().writes, aPlannedTask('renewal', accounts[0]!)]);
    await expect(apply(plan, 'run-1', { ...book.adapter, ...lost })).rejects.toThrow('killed');
    expect(scores().filter((score) => score === 40)).toHaveLength(3);
    await undoRun(book.adapter, book.store, 'run-1', book.context);
    expect(scores()).toEqual([60, 60, 60, 60, 60, 60, 60]);
  });

  it('and when the plan is applied again after that, all of it is written', async () => {
    let left = 1;
    const dies: CrmAdapter = {
      ...book.adapter,
      write: async (entity, batch, signal) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return book.adapter.write(entity, batch, signal);
      },
    };
    await expect(apply(scoreAll(), 'run-1', dies)).rejects.toThrow('killed');
    await undoRun(book.adapter, book.store, 'run-1', book.context);
    expect(scores()).toEqual([60, 60, 60, 60, 60, 60, 60]);
    expect((await apply(scoreAll(), 'run-2')).counts).toMatchObject({ written: 7 });
    expect(scores()).toEqual([40, 40, 40, 40, 40, 40, 40]);
  });

  it('an undo can be undone: the scores stand again', async () => {
    await apply(scoreAll());
    const { runId } = await undoRun(book.adapter, book.store, 'run-1', book.context);
    expect((await undoRun(book.adapter, book.store, runId, book.context)).counts).toMatchObject({ written: 7 });
    expect(scores()).toEqual([40, 40, 40, 40, 40, 40, 40]);
  });

  it('a record merged away since fails with the reason, the others are put back', async () => {
    await apply(scoreAll());
    book.crm.edits.merge('account', accounts[1]!, accounts[0]!);
    const { counts } = await undoRun(book.adapter, book.store, 'run-1', book.context);
    expect(counts).toMatchObject({ written: 6, failed: 1 });
    expect(
      (await book.store.writes('undo-run-1')).find(({ outcome }) => outcome?.status === 'failed')?.outcome,
    ).toEqual(expect.objectContaining({ code: 'not-found', message: expect.stringMatching(/merged into/) }));
  });

  it('a plan that a person edited into writing one record twice is refused before anything is noted', async () => {
    const [first] = scoreAll().writes;
    await expect(apply(aPlan([first!, { ...first!, label: 'again' }]))).rejects.toMatchObject({ code: 'invalid' });
    const other = { ...first!, write: { ...first!.write, key: 'another key' } } as PlannedWrite;
    await expect(apply(aPlan([first!, other]))).rejects.toMatchObject({ code: 'invalid' });
    const sameKey = { ...first!, write: { ...first!.write, target: { id: accounts[1]! } } } as PlannedWrite;
    await expect(apply(aPlan([first!, sameKey]))).rejects.toMatchObject({ code: 'invalid' });
    expect(await book.store.runs()).toEqual([]);
  });
});
