import assert from 'node:assert/strict';
import { DAY_MS, EMPTY_CHECKPOINT, type Id, type MailParties, type Party, type ReferralEvent } from '@holdfast/core';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import {
  account,
  commit,
  contact,
  effects,
  fieldChange,
  fillBook,
  ids,
  lead,
  noted,
  opportunity,
  put,
  role,
  slices,
  ticket,
  written,
} from './conformance-records.ts';
import type { ScoreSnapshot, SnapshotRun } from './score-snapshot.ts';
import type { LeaseHolder, Store } from './store.ts';

/** One demand on a store; `run` gets a fresh store with the lease held, and a way to open the same store again. */
export interface StoreCase {
  readonly title: string;
  /** Needs `slices` or what belongs to them, which a store for simulations may leave out. */
  readonly slices?: true;
  readonly run: (store: Store, reopen: () => Promise<Store>) => Promise<void>;
}

const day = (n: number) => n * DAY_MS;
const scored = (n: number, runId = `r${n}`): SnapshotRun => ({ runId, at: day(n), features: 'a b c' });
const snapshot = (n: number, facts: readonly number[] = [n, 0, -1]): ScoreSnapshot => ({
  accountId: `company:${n}`,
  model: 'contract',
  version: 'one',
  evidence: 'points only',
  logOdds: -2.2 - n / 3,
  facts: Float64Array.from(facts),
});

/** A day that went on: the simplest event. */
const tick = (n: number): ReferralEvent => ({ key: `day ${n}`, occurredAt: day(n), recordedAt: day(n), kind: 'day' });
const HOLDER: LeaseHolder = { pid: 1, host: 'here', startedAt: 0, purpose: 'test' };

/** Takes the lease as the conformance suite expects it to be held. */
export function acquireForConformance(store: Store): Promise<void> {
  return store.acquire(HOLDER);
}

/** What every store must do, as data: run each case on a fresh store with any test runner. */
export const STORE_CASES: readonly StoreCase[] = [
  {
    title: 'a page and its checkpoint are stored together and are there after reopening',
    run: async (store, reopen) => {
      const checkpoint = { ...EMPTY_CHECKPOINT, watermark: 42 };
      await store.commitPage('account', { checkpoint, effects: effects({ upsert: [account(1)] }) });
      const again = await reopen();
      assert.equal((await again.checkpoint('account')).watermark, 42);
      assert.equal((await again.get('account', 'company:1'))?.name, 'one');
      assert.deepEqual(await again.checkpoint('contact'), EMPTY_CHECKPOINT);
    },
  },
  {
    title: 'storing the same page twice changes nothing and counts as seen, not as changed',
    run: async (store) => {
      await put(store, 'account', account(1));
      const mark = await store.mark();
      await put(store, 'account', account(1));
      assert.equal(await store.countUnseen('account', mark), 0);
      assert.deepEqual(await ids(store, 'account', mark), []);
      await put(store, 'account', account(1, { name: 'uno' }));
      assert.deepEqual(await ids(store, 'account', mark), ['company:1']);
    },
  },
  {
    title: 'a page from an index that lags neither overwrites a later version nor revives what was merged',
    run: async (store) => {
      await put(store, 'account', account(1, { updatedAt: 200, name: 'new' }));
      await commit(store, 'account', { upsert: [account(1, { updatedAt: 100, name: 'old' })], keepNewer: true });
      assert.equal((await store.get('account', 'company:1'))?.name, 'new');
      await put(store, 'account', account(1, { updatedAt: 100, name: 'a full read shows what is' }));
      assert.equal((await store.get('account', 'company:1'))?.updatedAt, 100);
      await commit(store, 'account', { gone: [{ id: 'company:1', at: null, mergedInto: 'company:2' }] });
      await commit(store, 'account', { upsert: [account(1, { updatedAt: 300 })], keepNewer: true });
      assert.equal(await store.get('account', 'company:1'), null);
    },
  },
  {
    title:
      'a ticket of a person and no account follows the person: to the primary account, through merges, never to two',
    slices: true,
    run: async (store) => {
      const ticketsOf = async () =>
        Object.fromEntries((await slices(store)).map((slice) => [slice.account.id, slice.tickets.map(({ id }) => id)]));
      await put(store, 'account', account(1), account(2));
      await put(store, 'contact', contact(7), contact(8));
      await put(store, 'contactRole', role(1, 7), { ...role(2, 7), isPrimary: false });
      await put(store, 'ticket', ticket(3, 'contact:7'), ticket(2, 'contact:7', 'company:2'));
      assert.deepEqual(await ticketsOf(), { 'company:1': ['ticket:3'], 'company:2': ['ticket:2'] });
      await put(store, 'contactRole', { ...role(1, 7), isPrimary: false }, role(2, 7));
      assert.deepEqual(await ticketsOf(), { 'company:1': [], 'company:2': ['ticket:2', 'ticket:3'] });
      await put(store, 'contactRole', role(1, 8));
      await commit(store, 'contact', { gone: [{ id: 'contact:7', at: null, mergedInto: 'contact:8' }] });
      await commit(store, 'contactRole', { replace: { of: 'contact', owners: ['contact:8'] }, upsert: [role(1, 8)] });
      assert.deepEqual(await ticketsOf(), { 'company:1': ['ticket:3'], 'company:2': ['ticket:2'] });
      await store.forget('contact:8');
      assert.deepEqual(await ticketsOf(), { 'company:1': [], 'company:2': ['ticket:2'] });
    },
  },
  {
    title: 'a deletion takes the record and its relations; one older than the record does not (T29 restored)',
    run: async (store) => {
      await put(store, 'account', account(1, { updatedAt: 500 }));
      await put(store, 'contactRole', role(1, 7));
      await commit(store, 'account', { gone: [{ id: 'company:1', at: 400, mergedInto: null }] });
      assert.notEqual(await store.get('account', 'company:1'), null);
      await commit(store, 'account', { gone: [{ id: 'company:1', at: 600, mergedInto: null }] });
      assert.equal(await store.get('account', 'company:1'), null);
      assert.deepEqual(await ids(store, 'contactRole'), []);
      await commit(store, 'account', { upsert: [account(1, { updatedAt: 700 })], keepNewer: true });
      assert.notEqual(await store.get('account', 'company:1'), null);
    },
  },
  {
    title: 'T23 merges lead to the last survivor in whatever order they are learnt, and survive reopening (T26)',
    run: async (store, reopen) => {
      await put(store, 'account', account(1), account(2), account(3));
      await commit(store, 'account', { gone: [{ id: 'company:1', at: null, mergedInto: 'company:2' }] });
      await commit(store, 'account', { gone: [{ id: 'company:2', at: null, mergedInto: 'company:3' }] });
      await commit(store, 'account', { gone: [{ id: 'company:1', at: null, mergedInto: 'company:2' }] });
      const again = await reopen();
      assert.equal(await again.resolve('company:1'), 'company:3');
      assert.equal(await again.resolve('company:2'), 'company:3');
      assert.equal(await again.resolve('company:3'), 'company:3');
    },
  },
  {
    title: 'what went away is told, with its last survivor and the time that the CRM gave, by entity',
    slices: true,
    run: async (store) => {
      await put(store, 'account', account(1), account(2), account(3), account(4));
      await put(store, 'contact', contact(7));
      await commit(store, 'account', { gone: [{ id: 'company:1', at: 600, mergedInto: 'company:2' }] });
      await commit(store, 'account', { gone: [{ id: 'company:2', at: 700, mergedInto: 'company:3' }] });
      await commit(store, 'account', { gone: [{ id: 'company:4', at: null, mergedInto: null }] });
      await commit(store, 'contact', { gone: [{ id: 'contact:7', at: 800, mergedInto: null }] });
      const told = await store.tombstones('account');
      assert.deepEqual(
        told.map(({ id, at, mergedInto }) => [id, at, mergedInto]),
        [
          ['company:1', 600, 'company:3'],
          ['company:2', 700, 'company:3'],
          ['company:4', null, null],
        ],
      );
      assert.ok(told.every((it) => Number.isInteger(it.notedAt)));
    },
  },
  {
    title: 'a merge marks the survivor as changed, so that its relations are read again',
    run: async (store) => {
      await put(store, 'account', account(1), account(2));
      const mark = await store.mark();
      await commit(store, 'account', { gone: [{ id: 'company:1', at: null, mergedInto: 'company:2' }] });
      assert.deepEqual(await ids(store, 'account', mark), ['company:2']);
    },
  },
  {
    title: 'a sweep takes what was not seen since its mark; a reject counts as seen',
    run: async (store) => {
      await put(store, 'account', account(1), account(2), account(3));
      const mark = await store.mark();
      await put(store, 'account', account(1));
      assert.equal(await store.countUnseen('account', mark), 2);
      const rejects = [{ id: 'company:2', issues: ['name: too odd'] }];
      await commit(store, 'account', { seen: ['company:2'], rejects, sweep: mark });
      assert.deepEqual(await ids(store, 'account'), ['company:1', 'company:2']);
      assert.deepEqual(await store.rejects(), [{ entity: 'account', ...rejects[0] }]);
      await put(store, 'account', account(2));
      assert.deepEqual(await store.rejects(), []);
    },
  },
  {
    title: 'whole sets: relations of the owners read are replaced, those of others stay',
    run: async (store) => {
      await put(store, 'contactRole', role(1, 7), role(1, 8), role(2, 7));
      const replace = { of: 'account', owners: ['company:1'] } as const;
      await commit(store, 'contactRole', { upsert: [role(1, 9)], replace, goneEntity: 'account' });
      assert.deepEqual(await ids(store, 'contactRole'), ['role:1+9', 'role:2+7']);
    },
  },
  {
    title: 'ids come in order, after an id, up to a limit; records are counted by their object',
    run: async (store) => {
      await put(store, 'account', account(3), account(1), account(2));
      assert.deepEqual(await store.ids('account', { after: 'company:1', limit: 1, changedSince: null }), ['company:2']);
      assert.deepEqual(await store.countByObject('account'), { company: 3 });
    },
  },
  {
    title: 'what a record once held is found by it, and goes with it: into no merge, and without a trace of its own',
    slices: true,
    run: async (store) => {
      await put(store, 'account', account(1), account(2), account(3));
      const ofTwo = fieldChange(2, 'company:2');
      await put(store, 'fieldChange', fieldChange(1, 'company:1'), ofTwo, fieldChange(3, 'company:3'));
      assert.deepEqual(await store.fieldChanges(['company:2', 'deal:9']), [ofTwo]);
      await commit(store, 'account', { gone: [{ id: 'company:1', at: null, mergedInto: 'company:2' }] });
      await put(store, 'fieldChange', fieldChange(4, 'company:1'));
      assert.deepEqual(await store.fieldChanges(['company:2']), [ofTwo]);
      const mark = await store.mark();
      await put(store, 'account', account(2));
      await commit(store, 'account', { sweep: mark });
      assert.deepEqual(await store.fieldChanges(['company:3']), []);
      await commit(store, 'fieldChange', { sweep: await store.mark() });
      assert.deepEqual(await store.tombstones('fieldChange'), []);
    },
  },
  {
    title: 'a forgotten contact is forgotten where a field once held it, and does not come back',
    slices: true,
    run: async (store) => {
      const row = fieldChange(1, 'ticket:1', '"contact:7"', '"contact:8"');
      await put(store, 'contact', contact(7));
      await put(store, 'fieldChange', row);
      await store.forget('contact:7');
      assert.deepEqual(await store.fieldChanges(['ticket:1']), [{ ...row, before: null }]);
      await put(store, 'fieldChange', row);
      assert.deepEqual(await store.fieldChanges(['ticket:1']), [{ ...row, before: null }]);
    },
  },
  {
    title: 'a purge takes the history of what it purges, and no other, however old',
    slices: true,
    run: async (store) => {
      const closed = { ...ticket(1, 'contact:7'), closedAt: 5 };
      await put(store, 'ticket', closed);
      await put(store, 'account', account(1));
      const kept = fieldChange(2, 'company:1');
      const since = { ...fieldChange(3, 'company:1'), recordId: null };
      const ofTicket = { ...fieldChange(1, 'ticket:1'), entity: 'ticket' as const };
      await put(store, 'fieldChange', ofTicket, kept, since);
      await store.purge(100);
      assert.deepEqual(await store.fieldChanges(['ticket:1', 'company:1']), [kept]);
      assert.deepEqual(await ids(store, 'fieldChange'), ['history:2', 'history:3']);
    },
  },
  {
    title: 'records of an entity stream in order with merged ids re-pointed',
    run: async (store) => {
      await put(store, 'account', account(1), account(2));
      await put(store, 'opportunity', opportunity(5, 1));
      await commit(store, 'account', { gone: [{ id: 'company:1', at: null, mergedInto: 'company:2' }] });
      const found: (Id | null)[] = [];
      for await (const record of store.records('opportunity')) found.push(record.accountId);
      assert.deepEqual(found, ['company:2']);
    },
  },
  {
    title: 'slices: each account with its contacts, sales, orders and lines, in the order of ids',
    slices: true,
    run: async (store) => {
      await fillBook(store);
      const [first, second] = await slices(store);
      assert.deepEqual([first?.account.id, second?.account.id], ['company:1', 'company:2']);
      assert.equal(first?.owner?.name, 'Ann');
      assert.deepEqual(first?.childIds, ['company:2']);
      assert.equal(second?.parentId, 'company:1');
      assert.deepEqual(
        first?.contacts.map(({ id }) => id),
        ['contact:7'],
      );
      assert.deepEqual(
        first?.opportunities.map(({ id }) => id),
        ['deal:5'],
      );
      assert.deepEqual(
        first?.orderLines.map(({ id }) => id),
        ['line:1', 'line:2'],
      );
      assert.deepEqual(second?.orderLines, []);
    },
  },
  {
    title: 'slices: what belonged to a merged account or contact stands with the survivor, once',
    slices: true,
    run: async (store) => {
      await fillBook(store);
      await put(store, 'contact', contact(8));
      await put(store, 'contactRole', role(1, 8));
      await commit(store, 'contact', { gone: [{ id: 'contact:8', at: null, mergedInto: 'contact:7' }] });
      await commit(store, 'account', { gone: [{ id: 'company:1', at: null, mergedInto: 'company:2' }] });
      const [only, ...others] = await slices(store);
      assert.equal(others.length, 0);
      assert.deepEqual(
        only?.contacts.map(({ id }) => id),
        ['contact:7'],
      );
      assert.equal(only?.roles.length, 1);
      assert.deepEqual(
        only?.opportunities.map(({ accountId }) => accountId),
        ['company:2'],
      );
      assert.deepEqual([only?.parentId, only?.childIds], [null, []]);
    },
  },
  {
    title: 'the journal: an intent is open until its outcome is known, and a later attempt opens it again',
    run: async (store, reopen) => {
      await store.saveRun({ id: 'r1', planId: 'p', startedAt: 1, finishedAt: null });
      await store.noteIntents('r1', [noted]);
      const again = await reopen();
      assert.deepEqual(await again.openIntents('p'), [{ entity: 'account', intent: noted.intent }]);
      assert.deepEqual(await again.openIntents('another plan'), []);
      await again.noteOutcomes('r1', 'account', [{ key: 'k', status: 'unprocessed', reason: 'unknown' }]);
      assert.equal((await again.openIntents('p')).length, 1);
      await again.noteOutcomes('r1', 'account', [written]);
      assert.deepEqual(await again.openIntents('p'), []);
      await again.noteIntents('r1', [noted]);
      assert.equal((await again.openIntents('p')).length, 1);
    },
  },
  {
    title: 'the journal: the writes of an entity are told over all runs, in the order in which they went out',
    run: async (store, reopen) => {
      const task = { ...noted, key: 't', entity: 'task' as const, write: { ...noted.write, key: 't' } };
      for (const [n, id] of ['r1', 'r2'].entries()) {
        await store.saveRun({ id, planId: `p${n}`, startedAt: n + 1, finishedAt: null });
        await store.noteIntents(id, [noted, task]);
      }
      const told = await (await reopen()).writesOf('task');
      assert.deepEqual(
        told.map(({ key, entity, startedAt, outcome }) => [key, entity, startedAt, outcome]),
        [1, 2].map((startedAt) => ['t', 'task', startedAt, null]),
      );
    },
  },
  {
    title: 'the journal: what a later run of the plan settled is not open any more',
    run: async (store) => {
      await store.saveRun({ id: 'r1', planId: 'p', startedAt: 1, finishedAt: 2 });
      await store.noteIntents('r1', [noted]);
      await store.saveRun({ id: 'r2', planId: 'p', startedAt: 3, finishedAt: null });
      await store.noteOutcomes('r2', 'account', [written]);
      assert.deepEqual(await store.openIntents('p'), []);
      assert.deepEqual(
        (await store.runs()).map(({ id }) => id),
        ['r2', 'r1'],
      );
      assert.deepEqual(await store.writes('r1'), [{ ...noted, outcome: null }]);
    },
  },
  {
    title: 'a workspace is tied to one org',
    run: async (store) => {
      await store.bindOrg('memory', '1');
      await store.bindOrg('memory', '1');
      await assert.rejects(store.bindOrg('memory', '2'), WorkspaceError);
    },
  },
  {
    title: 'a workspace keeps the mark of its key',
    run: async (store, reopen) => {
      assert.equal(await store.keyMark(), null);
      await store.bindKey(2 ** 48 - 1);
      await store.bindKey(1);
      assert.equal(await (await reopen()).keyMark(), 1);
    },
  },
  {
    title: 'a second run is refused while the first holds the lease, and nothing is stored without it',
    run: async (store) => {
      await assert.rejects(store.acquire({ ...HOLDER, pid: 2, host: 'there' }), WorkspaceError);
      await store.release();
      await assert.rejects(put(store, 'account', account(1)), WorkspaceError);
      await store.acquire({ ...HOLDER, pid: 2 });
      await put(store, 'account', account(1));
    },
  },
  {
    title: 'snapshots: what a run said of its accounts comes back in order and bit by bit, once the run is complete',
    run: async (store, reopen) => {
      assert.equal(await store.snapshotRunBefore(day(9)), null);
      const rows = [snapshot(3), snapshot(1, [1, Number.NaN, 0.1 + 0.2])];
      await store.saveSnapshots(scored(1), rows);
      await store.saveSnapshots(scored(1), [snapshot(2)]);
      assert.equal(await store.snapshotRunBefore(day(9)), null);
      await store.completeSnapshots(day(1));
      const again = await reopen();
      assert.deepEqual(await again.snapshotRunBefore(day(9)), scored(1));
      assert.equal(await again.snapshotRunBefore(day(1)), null);
      assert.deepEqual(await again.snapshots(day(1), { from: '', limit: 2 }), [rows[1], snapshot(2)]);
      assert.deepEqual(await again.snapshots(day(1), { from: 'company:2', limit: 9 }), [snapshot(2), rows[0]]);
    },
  },
  {
    title: 'snapshots: the last two runs and the newest of each week before them are kept, what a dead run left is not',
    run: async (store) => {
      // day 0 is a Thursday: days 4 and 10 begin and end a week
      for (const n of [1, 4, 8, 10, 11]) {
        await store.saveSnapshots(scored(n), [snapshot(n)]);
        if (n !== 8) await store.completeSnapshots(day(n));
      }
      const kept = async (n: number) => (await store.snapshots(day(n), { from: '', limit: 9 })).length;
      assert.deepEqual(await Promise.all([1, 4, 8, 10, 11].map(kept)), [1, 0, 0, 1, 1]);
      await store.saveSnapshots(scored(12), [snapshot(1)]);
      await store.completeSnapshots(day(12));
      assert.deepEqual(await Promise.all([1, 10, 11, 12].map(kept)), [1, 1, 1, 1]);
      await store.saveSnapshots(scored(13), [snapshot(1)]);
      await store.completeSnapshots(day(13));
      assert.deepEqual(await Promise.all([1, 10, 11, 12, 13].map(kept)), [1, 1, 0, 1, 1]);
    },
  },
  {
    title: 'snapshots: a second run of the same instant takes the place of the first',
    run: async (store) => {
      await store.saveSnapshots(scored(1), [snapshot(1), snapshot(2)]);
      await store.completeSnapshots(day(1));
      await store.saveSnapshots(scored(1, 'again'), [snapshot(2)]);
      await store.completeSnapshots(day(1));
      assert.deepEqual(await store.snapshots(day(1), { from: '', limit: 9 }), [snapshot(2)]);
      assert.equal((await store.snapshotRunBefore(day(2)))?.runId, 'again');
    },
  },
  {
    title:
      'snapshots: those from before an instant are purged; a merge and a forgotten contact leave them as they were',
    run: async (store) => {
      for (const n of [1, 11]) {
        await store.saveSnapshots(scored(n), [snapshot(1), snapshot(2)]);
        await store.completeSnapshots(day(n));
      }
      await put(store, 'account', account(1), account(2));
      await put(store, 'contact', contact(7));
      await commit(store, 'account', { gone: [{ id: 'company:1', at: null, mergedInto: 'company:2' }] });
      await store.forget('contact:7');
      assert.equal((await store.snapshots(day(1), { from: '', limit: 9 })).length, 2);
      assert.equal(await store.purge(day(2)), 2);
      assert.deepEqual(await store.snapshots(day(1), { from: '', limit: 9 }), []);
      assert.deepEqual(await store.snapshotRunBefore(day(99)), scored(11));
      await store.release();
      await assert.rejects(store.saveSnapshots(scored(20), [snapshot(1)]), WorkspaceError);
    },
  },
  {
    title: 'referral journal: batches come back as they were written; a key that is there already is left out',
    run: async (store, reopen) => {
      assert.equal(await store.appendReferralEvents([tick(1), tick(2)]), 2);
      assert.equal(await store.appendReferralEvents([tick(2), tick(3)]), 1);
      assert.equal(await store.appendReferralEvents([tick(1), tick(3)]), 0);
      const again = await reopen();
      const batches = [];
      for await (const batch of again.referralBatches()) batches.push(batch);
      assert.deepEqual(batches, [[tick(1), tick(2)], [tick(3)]]);
    },
  },
  {
    title: 'referral journal: a rewriting keeps places and batches, is all or nothing, and frees the keys that go',
    run: async (store, reopen) => {
      const read = async (from: Store) => {
        const batches = [];
        for await (const batch of from.referralBatches()) batches.push(batch);
        return batches;
      };
      const said = (key: string): ReferralEvent => ({ ...tick(2), key, kind: 'merge', loserId: 'a', survivorId: 'b' });
      await store.appendReferralEvents([tick(1), said('x'), tick(3)]);
      await store.appendReferralEvents([tick(4)]);
      await store.appendReferralEvents([tick(5)]);
      const broken = store.rewriteReferralEvents((it) => {
        if (it.key === 'day 5') throw new RangeError('no');
        return null;
      });
      await assert.rejects(broken, RangeError);
      assert.equal((await read(store)).flat().length, 5);
      const goes = ['day 1', 'day 4'];
      const count = await store.rewriteReferralEvents(
        (it) => (goes.includes(it.key) ? null : it.key === 'x' ? said('y') : it),
        [tick(6), tick(5)],
      );
      assert.equal(count, 4);
      const after = [[said('y'), tick(3)], [tick(5)], [tick(6)]];
      assert.deepEqual(await read(store), after);
      assert.equal(await store.rewriteReferralEvents((it) => it, [tick(6)]), 0);
      assert.equal(await store.appendReferralEvents([tick(1), said('y')]), 1);
      assert.deepEqual(await read(await reopen()), [...after, [tick(1)]]);
    },
  },
  {
    title: 'referral journal: nothing is added without the lease, and a purge or a forgotten contact leaves it whole',
    run: async (store) => {
      await store.appendReferralEvents([tick(1)]);
      await store.purge(day(99));
      await store.forget('contact:7');
      await store.release();
      await assert.rejects(store.appendReferralEvents([tick(2)]), WorkspaceError);
      await assert.rejects(
        store.rewriteReferralEvents(() => null),
        WorkspaceError,
      );
      for await (const batch of store.referralBatches()) assert.deepEqual(batch, [tick(1)]);
    },
  },
  {
    title: 'T28 a forgotten contact is gone from records and relations, and stays out when it is read again',
    run: async (store) => {
      await put(store, 'contact', contact(7));
      await put(store, 'contactRole', role(1, 7));
      await store.forget('contact:7');
      await put(store, 'contact', contact(7));
      await put(store, 'contactRole', role(1, 7));
      assert.equal(await store.get('contact', 'contact:7'), null);
      assert.deepEqual(await ids(store, 'contactRole'), []);
      await put(store, 'opportunity', { ...opportunity(5, 1), contactIds: ['contact:7', 'contact:8'] });
      assert.deepEqual((await store.get('opportunity', 'deal:5'))?.contactIds, ['contact:8']);
    },
  },
  {
    title: 'a forgotten lead is gone and stays out; so does the lead that a forgotten contact was',
    run: async (store) => {
      await put(store, 'lead', lead(1), lead(2, 'contact:7'), lead(3));
      await store.forget('lead:1');
      assert.deepEqual(await ids(store, 'lead'), ['lead:2', 'lead:3']);
      await store.forget('contact:7', undefined, ['lead:2']);
      await put(store, 'lead', lead(1), lead(2, 'contact:7'), lead(4, 'contact:7'));
      assert.deepEqual(await ids(store, 'lead'), ['lead:3']);
    },
  },
  {
    title: 'a forgotten person is nobody among the people of mails, by record, address or name, also when read again',
    run: async (store) => {
      const at = (mailbox: string) => ({ mailbox, domain: null });
      const ann: Party = { role: 'from', contactId: null, address: at('key-a'), name: null, own: false };
      const bo: Party = { role: 'to', contactId: 'contact:8', address: at('key-b'), name: 'key-bo', own: false };
      const alias: Party = { ...ann, address: at('key-c'), name: 'key-ann' };
      const mail: MailParties = {
        ...{ id: 'email:1', createdAt: 1, updatedAt: 1, activityId: null, direction: null, occurredAt: 1 },
        ...{ thread: null, hints: null, contactIds: ['contact:7', 'contact:8'] },
        parties: [ann, bo, alias, { ...bo, role: 'cc', contactId: 'contact:7' }],
      };
      const nobody = { contactId: null, address: null, name: null };
      const left = {
        contactIds: ['contact:8'],
        parties: [{ ...ann, ...nobody }, bo, { ...alias, name: null }, { ...bo, role: 'cc', ...nobody }],
      };
      await put(store, 'mailParties', mail);
      await store.forget('contact:7', undefined, ['key-a', 'key-ann']);
      assert.deepEqual(await store.get('mailParties', 'email:1'), { ...mail, ...left });
      await put(store, 'mailParties', mail);
      assert.deepEqual(await store.get('mailParties', 'email:1'), { ...mail, ...left });
    },
  },
  {
    title: 'a forgotten person is taken out of the texts of other records and of the journal of writes',
    run: async (store) => {
      await put(store, 'account', account(1, { name: 'one of Ann' }), account(2));
      await store.saveRun({ id: 'r', planId: 'p', startedAt: 1, finishedAt: null });
      await store.noteIntents('r', [{ ...noted, before: { reasons: 'Ann left' } }]);
      const count = await store.forget('contact:7', (text) => text.replaceAll('Ann', '-'));
      assert.equal(count, 2);
      assert.equal((await store.get('account', 'company:1'))?.name, 'one of -');
      assert.deepEqual((await store.writes('r'))[0]?.before, { reasons: '- left' });
    },
  },
];
