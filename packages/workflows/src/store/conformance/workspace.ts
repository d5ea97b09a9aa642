import assert from 'node:assert/strict';
import { WorkspaceError } from '../../workspace/workspace-error.ts';
import { account, put } from '../conformance-records.ts';
import { HOLDER, type StoreCase } from './store-case.ts';

/** Whose the workspace is, and who works on it. */
export const WORKSPACE: readonly StoreCase[] = [
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
];
