import assert from 'node:assert/strict';
import { noted, written } from '../conformance-records.ts';
import type { StoreCase } from './store-case.ts';

/** The journal of what was written to the CRM. */
export const WRITE_JOURNAL: readonly StoreCase[] = [
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
];
