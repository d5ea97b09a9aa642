import assert from 'node:assert/strict';
import { DAY_MS, type ReferralEvent } from '@holdfast/core';
import { WorkspaceError } from '../../workspace/workspace-error.ts';
import type { Store } from '../store.ts';
import type { StoreCase } from './store-case.ts';

const day = (n: number) => n * DAY_MS;
/** A day that went on: the simplest event. */
const tick = (n: number): ReferralEvent => ({ key: `day ${n}`, occurredAt: day(n), recordedAt: day(n), kind: 'day' });

/** The journal of referrals. */
export const REFERRAL_JOURNAL: readonly StoreCase[] = [
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
];
