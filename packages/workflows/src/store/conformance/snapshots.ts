import assert from 'node:assert/strict';
import { DAY_MS } from '@holdfast/core';
import { WorkspaceError } from '../../workspace/workspace-error.ts';
import { account, commit, contact, put } from '../conformance-records.ts';
import type { ScoreSnapshot, SnapshotRun } from '../score-snapshot.ts';
import type { StoreCase } from './store-case.ts';

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

/** What runs said of accounts. */
export const SNAPSHOTS: readonly StoreCase[] = [
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
];
