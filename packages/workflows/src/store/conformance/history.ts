import assert from 'node:assert/strict';
import { account, commit, fieldChange, ids, put, ticket } from '../conformance-records.ts';
import type { StoreCase } from './store-case.ts';

/** The history of fields, and what a purge leaves of it. */
export const HISTORY: readonly StoreCase[] = [
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
];
