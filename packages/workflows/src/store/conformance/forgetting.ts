import assert from 'node:assert/strict';
import type { MailParties, Party } from '@holdfast/core';
import { account, contact, fieldChange, ids, lead, noted, opportunity, put, role } from '../conformance-records.ts';
import type { StoreCase } from './store-case.ts';

/** Who was forgotten stays out. */
export const FORGETTING: readonly StoreCase[] = [
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
