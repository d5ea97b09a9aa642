import assert from 'node:assert/strict';
import { EMPTY_CHECKPOINT } from '@holdfast/core';
import { account, commit, contact, effects, ids, put, role, slices, ticket } from '../conformance-records.ts';
import type { StoreCase } from './store-case.ts';

/** Pages: what is stored, overwritten, merged, deleted and swept. */
export const PAGES: readonly StoreCase[] = [
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
];
