import { type Id, linkKey, type PlannedWrite } from '@holdfast/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profile } from '../../test/referrals/a-referral-book.ts';
import { type ABook, aBook, aPlan } from '../../test/support/a-book.ts';
import { applyPlan } from '../apply/apply-plan.ts';
import { undoRun } from '../apply/undo-run.ts';
import { pull } from '../pull/pull.ts';
import { readEvidence } from '../referrals/read-evidence.ts';
import { othersLinks, readOwnLinks } from './own-links.ts';

let book: ABook;
let ada: Id;
let ned: Id;
beforeEach(async () => {
  book = await aBook();
  [ada, ned] = ['Ada', 'Ned'].map((name) => book.crm.edits.create('contact', { name })) as [Id, Id];
  await readAll();
});
afterEach(() => book.close());

const readAll = () => pull(book.adapter, book.store, { ...book.context, full: true, acceptShrink: true });
const tie = (): PlannedWrite => {
  const set = { referredId: ned, referrerId: ada };
  const write = { key: linkKey(set), target: { externalKey: linkKey(set) }, set };
  return { entity: 'referralLink', write, before: {}, label: ned, why: 'test' };
};
const apply = (runId: string, adapter = book.adapter) =>
  applyPlan(adapter, book.store, aPlan([tie()]), { ...book.context, runId, attended: true });
const undo = (runId: string) => undoRun(book.adapter, book.store, runId, book.context);
const others = async () => {
  const found: string[] = [];
  for await (const it of othersLinks(book.store)) found.push(linkKey(it));
  return found;
};
const comparing = { key: (text: string) => text, isShared: () => false };
const evidence = async () => (await readEvidence(book.store, profile, book.clock.now(), comparing)).links.length;
const ties = () => book.crm.records('referralLink').map(linkKey);

describe('links between two people that we made', () => {
  it('are nobody else’s, are made once, and undone; what stands there afterwards is a person’s', async () => {
    expect((await apply('one')).counts).toMatchObject({ written: 1 });
    await readAll();
    expect([ties(), await others()]).toEqual([[linkKey({ referredId: ned, referrerId: ada })], []]);
    expect(await evidence()).toBe(0);
    expect((await apply('two')).counts).toMatchObject({ unchanged: 1 });
    expect((await undo('one')).counts).toMatchObject({ written: 1 });
    expect(ties()).toEqual([]);
    expect((await readOwnLinks(book.store)).settled.size).toBe(1);
    book.crm.edits.link('referralLink', ada, ned);
    await readAll();
    expect([await others(), await evidence()]).toEqual([ties(), 1]);
  });

  it('what a person had tied before stays theirs, also after undo', async () => {
    book.crm.edits.link('referralLink', ada, ned);
    expect((await apply('one')).counts).toMatchObject({ unchanged: 1, written: 0 });
    await readAll();
    await undo('one');
    expect([ties().length, (await others()).length]).toEqual([1, 1]);
    expect((await readOwnLinks(book.store)).settled.size).toBe(1);
  });

  it('of a run that died after the tie was made, and that nobody took up again: ours', async () => {
    const dies = {
      ...book.adapter,
      write: async (...given: Parameters<typeof book.adapter.write>) => {
        await book.adapter.write(...given);
        throw new Error('killed');
      },
    };
    await expect(apply('one', dies as typeof book.adapter)).rejects.toThrow('killed');
    await readAll();
    expect([ties().length, await others()]).toEqual([1, []]);
    expect((await readOwnLinks(book.store)).settled.size).toBe(0);
    await undo('one');
    expect(ties()).toEqual([]);
  });

  it('follow the merge of either end', async () => {
    await apply('one');
    const survivor = book.crm.edits.create('contact', { name: 'Ned B' });
    book.crm.edits.merge('contact', survivor, ned);
    await readAll();
    expect([ties(), await others()]).toEqual([[linkKey({ referredId: survivor, referrerId: ada })], []]);
    expect((await undo('one')).counts).toMatchObject({ written: 1 });
    expect(ties()).toEqual([]);
  });

  it('are remembered longer than runs are kept, and forgotten with either person', async () => {
    await apply('one');
    await readAll();
    book.clock.advance(400 * 86_400_000);
    await book.store.purge(book.clock.now());
    expect(await others()).toEqual([]);
    await book.store.forget(ada);
    expect(await book.store.writesOf('referralLink')).toEqual([]);
  });
});
