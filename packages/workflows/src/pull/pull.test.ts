import { createHash } from 'node:crypto';
import { type CrmAdapter, DAY_MS, type EntityName, type Party } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ABook, aBook } from '../../test/support/a-book.ts';
import { pull } from './pull.ts';
import { READING_ORDER } from './reading-order.ts';

let book: ABook;
beforeEach(async () => {
  book = await aBook({ pageSize: 3, indexLagMs: 1_000 });
});
afterEach(() => book.close());

const only = (...entities: EntityName[]) => ({ ...book.context, entities });
const storedIds = (entity: EntityName) => book.store.ids(entity, { after: null, limit: 1_000, changedSince: null });
const trueIds = (entity: EntityName) =>
  book.crm
    .records(entity)
    .map(({ id }) => id)
    .sort();

/** An adapter that dies at its n-th read. */
function mortal(adapter: CrmAdapter, lives: number): CrmAdapter {
  let left = lives;
  return {
    ...adapter,
    read: (entity, request, signal) => {
      left -= 1;
      if (left < 0) throw new Error('killed');
      return adapter.read(entity, request, signal);
    },
  };
}

describe('pulling', () => {
  it('reads every entity, in the order of the model', () => {
    expect(READING_ORDER).toEqual(Object.keys(entitySchemas));
  });

  it('reads everything first, then only what changed', async () => {
    for (let n = 0; n < 10; n++) book.crm.edits.create('account', { name: `Account ${n}` });
    book.clock.advance(600_000);
    const first = await pull(book.adapter, book.store, only('account'));
    expect(first.entities[0]).toMatchObject({ pages: 4, records: 10, full: true });
    expect(await storedIds('account')).toEqual(trueIds('account'));
    book.clock.advance(DAY_MS);
    book.crm.edits.edit('account', trueIds('account')[4]!, { name: 'Renamed' });
    book.clock.advance(1_000);
    const second = await pull(book.adapter, book.store, only('account'));
    expect(second.entities[0]).toMatchObject({ records: 1, full: false });
  });

  it('killed at any read and started again, it ends with the same store', async () => {
    const accounts = Array.from({ length: 8 }, (_, n) => book.crm.edits.create('account', { name: `Account ${n}` }));
    const contacts = Array.from({ length: 5 }, () => book.crm.edits.create('contact', {}));
    for (const [n, contact] of contacts.entries()) book.crm.edits.link('contactRole', accounts[n]!, contact);
    for (let lives = 0; lives < 12; lives++) {
      await pull(mortal(book.adapter, 1), book.store, book.context).catch(() => null);
    }
    await pull(book.adapter, book.store, book.context);
    for (const entity of ['account', 'contact', 'contactRole'] as const) {
      expect(await storedIds(entity)).toEqual(trueIds(entity));
    }
  });

  it('who took part in mails is read with a digest only, and nothing of it is stored in clear', async () => {
    const parties = [
      { role: 'from', contactId: 'contact:1', address: { mailbox: 'ana@acme.example', domain: 'acme.example' } },
      { role: 'to', contactId: null, address: { mailbox: 'jo@free.example', domain: null } },
    ].map((it) => ({ ...it, name: 'ana berg', own: false }) as Party);
    const id = book.crm.edits.create('mailParties', { thread: 'thread-1', contactIds: ['contact:1'], parties });
    await pull(book.adapter, book.store, book.context);
    expect(await storedIds('mailParties')).toEqual([]);
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    const short = (text: string) => digest(text).slice(0, 20);
    await pull(book.adapter, book.store, { ...book.context, digest });
    const stored = await book.store.get('mailParties', id);
    expect(stored?.thread).toBe(short('thread-1'));
    expect(stored?.parties).toEqual([
      {
        ...parties[0],
        address: { mailbox: short('ana@acme.example'), domain: short('acme.example') },
        name: short('ana berg'),
      },
      { ...parties[1], address: { mailbox: short('jo@free.example'), domain: null }, name: short('ana berg') },
    ]);
    expect(stored?.contactIds).toEqual(['contact:1']);
  });

  it('deletions and merges arrive without a sweep where the CRM lists them', async () => {
    const [a, b, c] = ['A', 'B', 'C'].map((name) => book.crm.edits.create('account', { name }));
    await pull(book.adapter, book.store, only('account'));
    book.clock.advance(60_000);
    book.crm.edits.remove('account', a!);
    book.crm.edits.merge('account', b!, c!);
    book.clock.advance(60_000);
    const report = await pull(book.adapter, book.store, only('account'));
    expect(report.entities[0]?.full).toBe(false);
    expect(await storedIds('account')).toEqual([b]);
    expect(await book.store.resolve(c!)).toBe(b);
  });

  it('waits on the given clock and goes on after a rate limit; a lasting outage is thrown and resumed later', async () => {
    book.crm.edits.create('account', {});
    book.crm.failNext('rate-limit', 2);
    const before = book.clock.now();
    await pull(book.adapter, book.store, only('account'));
    expect(book.clock.now() - before).toBeGreaterThanOrEqual(20_000);
    book.crm.failNext('server-error', 6);
    await expect(pull(book.adapter, book.store, only('account'))).rejects.toMatchObject({ code: 'unavailable' });
    book.crm.heal();
    await pull(book.adapter, book.store, only('account'));
  });

  it('a reject is kept with its issues and the page goes on', async () => {
    const [good, bad] = [book.crm.edits.create('account', {}), book.crm.edits.create('account', {})];
    book.crm.edits.corrupt('account', bad);
    await pull(book.adapter, book.store, only('account'));
    expect(await storedIds('account')).toEqual([good]);
    expect((await book.store.rejects()).map(({ id }) => id)).toEqual([bad]);
  });

  it('stops and asks when a fifth of the records is suddenly not shown, and drops nothing', async () => {
    for (let n = 0; n < 20; n++) book.crm.edits.create('account', {});
    await pull(book.adapter, book.store, only('account'));
    for (const id of trueIds('account').slice(0, 6)) book.crm.edits.remove('account', id);
    const blind: CrmAdapter = {
      ...book.adapter,
      capabilities: {
        ...book.adapter.capabilities,
        read: { account: { ...book.adapter.capabilities.read.account!, deletions: 'sweep' } },
      },
    };
    const full = { ...only('account'), full: true };
    await expect(pull(blind, book.store, full)).rejects.toMatchObject({ code: 'guard', message: /6 of 20 records/ });
    expect(await storedIds('account')).toHaveLength(20);
    await pull(blind, book.store, { ...full, acceptShrink: true });
    expect(await storedIds('account')).toEqual(trueIds('account'));
  });

  it('stops at a quarter of the day’s calls, and goes on the next day', async () => {
    for (let n = 0; n < 30; n++) book.crm.edits.create('account', {});
    const small: CrmAdapter = {
      ...book.adapter,
      capabilities: { ...book.adapter.capabilities, budget: { limit: 16, used: 0 } },
    };
    await expect(pull(small, book.store, only('account'))).rejects.toMatchObject({ code: 'guard' });
    expect(await storedIds('account')).toHaveLength(12);
    await expect(pull(small, book.store, only('account'))).rejects.toMatchObject({ code: 'guard' });
    expect(await storedIds('account')).toHaveLength(24);
  });

  it('refuses to mix two orgs in one workspace', async () => {
    await pull(book.adapter, book.store, only('account'));
    const { capabilities } = book.adapter;
    const other = { ...book.adapter, capabilities: { ...capabilities, org: { ...capabilities.org, id: 'memory-2' } } };
    await expect(pull(other, book.store, only('account'))).rejects.toMatchObject({ code: 'org' });
  });

  it('an abort stops at once; the next pull goes on', async () => {
    for (let n = 0; n < 9; n++) book.crm.edits.create('account', {});
    const stop = new AbortController();
    const halfWay = { ...only('account'), signal: stop.signal, onProgress: () => stop.abort() };
    await expect(pull(book.adapter, book.store, halfWay)).rejects.toMatchObject({ name: 'AbortError' });
    await pull(book.adapter, book.store, only('account'));
    expect(await storedIds('account')).toEqual(trueIds('account'));
  });
});
