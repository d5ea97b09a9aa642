import assert from 'node:assert/strict';
import type { Id } from '@holdfast/core';
import { account, commit, contact, fillBook, opportunity, put, role, slices } from '../conformance-records.ts';
import type { StoreCase } from './store-case.ts';

/** What is read back account by account and record by record. */
export const READING: readonly StoreCase[] = [
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
];
