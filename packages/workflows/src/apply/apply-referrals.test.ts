import type { Id, PlannedWrite, ReferralWritten } from '@holdfast/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ABook, aBook, aPlan } from '../../test/support/a-book.ts';
import { pull } from '../pull/pull.ts';
import { applyPlan } from './apply-plan.ts';
import { undoRun } from './undo-run.ts';

const KEY = 'program/ada/grace';
let book: ABook;
let ada: Id;
let grace: Id;
beforeEach(async () => {
  book = await aBook({ referralObject: true });
  ada = book.crm.edits.create('contact', { name: 'Ada' });
  grace = book.crm.edits.create('contact', { name: 'Grace' });
  await pull(book.adapter, book.store, book.context);
});
afterEach(() => book.close());

const planned = (
  target: PlannedWrite['write']['target'],
  set: Partial<ReferralWritten>,
  before = {},
): PlannedWrite => ({
  entity: 'referral',
  write: { key: KEY, target, set },
  before,
  label: 'Ada Ltd',
  why: 'test',
});
const made = (over: Partial<ReferralWritten> = {}) =>
  planned({ externalKey: KEY }, { state: 'accepted', advocateId: ada, prospectId: grace, ...over });
const apply = (write: PlannedWrite, runId: string, id = `plan-${runId}`) =>
  applyPlan(book.adapter, book.store, aPlan([write], { id }), { ...book.context, runId, attended: true });
const records = () => book.crm.records('referral');

describe('referral records', () => {
  it('are made once on their key, then changed by their id, and undone', async () => {
    expect((await apply(made(), 'one')).counts).toMatchObject({ written: 1 });
    expect((await apply(made(), 'again')).counts).toMatchObject({ unchanged: 1, written: 0 });
    await pull(book.adapter, book.store, book.context);
    const [record] = records();
    const change = planned(
      { id: record!.id },
      { state: 'won', credit: 'sourced' },
      { state: 'accepted', credit: null },
    );
    expect((await apply(change, 'two')).counts).toMatchObject({ written: 1 });
    expect(records()).toMatchObject([{ key: KEY, state: 'won', credit: 'sourced', advocateId: ada }]);
    const undo = (runId: string) => undoRun(book.adapter, book.store, runId, { ...book.context });
    expect((await undo('two')).counts).toMatchObject({ written: 1 });
    expect(records()).toMatchObject([{ state: 'accepted', credit: null }]);
    expect((await undo('one')).counts).toMatchObject({ written: 1 });
    expect(records()).toEqual([]);
  });

  it('T26 a party merged after the plan was made: the link goes to the survivor, and the store reads it so', async () => {
    const survivor = book.crm.edits.create('contact', { name: 'Ada B' });
    const write = made();
    book.crm.edits.merge('contact', survivor, ada);
    await pull(book.adapter, book.store, { ...book.context, full: true });
    expect((await apply(write, 'one')).counts).toMatchObject({ written: 1 });
    expect(records()).toMatchObject([{ advocateId: survivor, prospectId: grace }]);
  });

  it('T26 a merge between plan and apply is no conflict: what was seen follows the merge too', async () => {
    await apply(made(), 'one');
    await pull(book.adapter, book.store, book.context);
    const change = planned({ id: records()[0]!.id }, { advocateId: grace }, { advocateId: ada });
    const survivor = book.crm.edits.create('contact', { name: 'Ada B' });
    book.crm.edits.merge('contact', survivor, ada);
    await pull(book.adapter, book.store, { ...book.context, full: true });
    const stored = [];
    for await (const record of book.store.records('referral')) stored.push(record.advocateId);
    expect(stored).toEqual([survivor]);
    expect((await apply(change, 'two')).counts).toMatchObject({ written: 1, conflict: 0 });
    expect(records()).toMatchObject([{ advocateId: grace }]);
  });

  it('an org without the object refuses them before anything is noted or written', async () => {
    const other = await aBook();
    const run = { ...other.context, runId: 'one', attended: true };
    await expect(applyPlan(other.adapter, other.store, aPlan([made()]), run)).rejects.toMatchObject({
      code: 'permission',
    });
    expect(await other.store.runs()).toEqual([]);
    await other.close();
  });
});
