import type { CrmAdapter, Entities, EntityName } from '@holdfast/core';
import { faultsOnce, generateBook } from '@holdfast/sandbox';
import { afterEach, describe, expect, test } from 'vitest';
import { installByHand } from './installed-fields.ts';
import { type TestPortal, testPortal } from './sandbox-portal.ts';

let portal: TestPortal;
afterEach(() => portal.close());

async function readAll<E extends EntityName>(crm: CrmAdapter, entity: E): Promise<Entities[E][]> {
  const records: Entities[E][] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof crm.read<E>>> = await crm.read(entity, { kind: 'all', cursor });
    expect(page.rejects).toEqual([]);
    records.push(...page.records);
    cursor = page.next;
  } while (cursor !== null);
  return records;
}

const calls = (purpose: string) =>
  portal.events.filter((event) => event.type === 'call' && event.purpose === purpose).length;

describe('a whole book', () => {
  const { book } = generateBook({ accounts: 250, seed: 7, asOf: '2026-11-01T00:00:00Z' });

  test('every record is read, in as few calls as its pages, after at most 20 fixed calls', async () => {
    portal = testPortal({ book });
    const crm = await portal.connect({ fields: { order: { promisedOn: 'promised_date' } } });
    expect(calls('connect')).toBeLessThanOrEqual(20);
    const found = [
      await readAll(crm, 'owner'),
      await readAll(crm, 'account'),
      await readAll(crm, 'contact'),
      await readAll(crm, 'opportunity'),
      await readAll(crm, 'order'),
      await readAll(crm, 'orderLine'),
      await readAll(crm, 'ticket'),
      await readAll(crm, 'activity'),
      await readAll(crm, 'surveyResponse'),
    ].map((records) => records.length);
    const { owners, accounts, contacts, opportunities, orders, tickets, activities, surveys } = book;
    const lines = [...book.opportunityLines, ...book.orderLines];
    const wanted = [owners, accounts, contacts, opportunities, orders, lines, tickets, activities, surveys];
    expect(found).toEqual(wanted.map((rows) => rows.length));
    const kinds = new Map<string, number>();
    for (const { kind } of activities) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const sources = [...wanted.slice(1, 7), surveys].map((rows) => rows.length).concat([...kinds.values()]);
    // owners are listed twice: those who work here, and those who left
    expect(calls('read')).toBe(sources.reduce((sum, rows) => sum + Math.ceil(rows / 100), 2));
  });

  test('reading records again before a write is one call: their links are not asked for', async () => {
    portal = testPortal({ book });
    const crm = await portal.connect();
    const { records } = await crm.read('opportunity', { kind: 'all', cursor: null });
    const ids = records.map(({ id }) => id);
    const before = calls('read');
    const again = await crm.read('opportunity', { kind: 'ids', ids, withoutLinks: true });
    expect(calls('read') - before).toBe(1);
    expect(again.records.map(({ id, name }) => `${id} ${name}`).sort()).toEqual(
      records.map(({ id, name }) => `${id} ${name}`).sort(),
    );
    const whole = await crm.read('opportunity', { kind: 'ids', ids });
    expect(whole.records.filter(({ accountId }) => accountId !== null).length).toBe(
      records.filter(({ accountId }) => accountId !== null).length,
    );
  });

  test('accounts, owners, contacts, dates and money arrive as the book has them', async () => {
    portal = testPortal({ book });
    const crm = await portal.connect({
      fields: {
        account: { renewalOn: 'renewal_date', recurring: 'contract_value' },
        opportunity: { source: 'lead_source' },
      },
    });
    const { idOf } = portal.emulator;
    const accounts = new Map((await readAll(crm, 'account')).map((record) => [record.id, record]));
    const deals = new Map((await readAll(crm, 'opportunity')).map((record) => [record.id, record]));
    for (const row of book.accounts) {
      const record = accounts.get(`company:${idOf('accounts', row.id)}`);
      expect(record).toMatchObject({
        ...{
          name: row.name,
          domain: row.domain ?? null,
          country: row.country ?? null,
          employees: row.employees ?? null,
        },
        ownerId: row.ownerId === undefined ? null : `owner:${idOf('owners', row.ownerId)}`,
      });
    }
    for (const row of book.opportunities) {
      expect(deals.get(`deal:${idOf('opportunities', row.id)}`)).toMatchObject({
        name: row.name,
        accountId: row.accountId === undefined ? null : `company:${idOf('accounts', row.accountId)}`,
        amount: row.amount === undefined ? null : { minor: Math.round(row.amount * 100) },
        closeOn: row.closeOn ?? null,
        source: row.source ?? null,
      });
    }
  });

  test('the label between contacts is read as who referred whom', async () => {
    portal = testPortal({ book });
    const crm = await portal.connect();
    const labelled = book.referrals.filter((one) => one.evidence === 'association' && one.referredContactId);
    expect(labelled.length).toBeGreaterThan(0);
    const { idOf } = portal.emulator;
    const ids = book.contacts.map((contact) => `contact:${idOf('contacts', contact.id)}`);
    const { records } = await crm.read('referralLink', { kind: 'ids', ids: ids.slice(0, 1_000) });
    const pairs = records.map((link) => `${link.referrerId} ${link.referredId}`).sort();
    const wanted = labelled.map(
      (one) =>
        `contact:${idOf('contacts', one.referrerContactId)} contact:${idOf('contacts', one.referredContactId ?? '')}`,
    );
    expect(pairs).toEqual([...new Set(wanted)].sort());
  });
});

describe('links', () => {
  test('T14 more than 500 links of one record are all read, listed or asked for', async () => {
    portal = testPortal();
    const { emulator } = portal;
    const deal = emulator.create('deals', { dealname: 'Big', dealstage: 'closedwon', pipeline: 'default' });
    const contacts = Array.from({ length: 620 }, (_, number) =>
      emulator.create('contacts', { email: `c${number}@example.com` }),
    );
    for (const contact of contacts) emulator.link('deals', deal, 'contacts', contact);
    const crm = await portal.connect({ entities: ['opportunity', 'contact', 'account'] });
    const wanted = contacts.map((id) => `contact:${id}`).sort();
    const [listed] = await readAll(crm, 'opportunity');
    expect([...(listed?.contactIds ?? [])].sort()).toEqual(wanted);
    const asked = await crm.read('opportunity', { kind: 'ids', ids: [`deal:${deal}`] });
    expect([...(asked.records[0]?.contactIds ?? [])].sort()).toEqual(wanted);
  });

  test('T18 T20 the primary company is the account, and it can move', async () => {
    portal = testPortal();
    const { emulator } = portal;
    const [first, second] = [emulator.create('companies', { name: 'A' }), emulator.create('companies', { name: 'B' })];
    const deal = emulator.create('deals', { dealname: 'D', dealstage: 'closedwon', pipeline: 'default' });
    emulator.link('deals', deal, 'companies', first, 341);
    emulator.link('deals', deal, 'companies', second, 341);
    const crm = await portal.connect({ entities: ['opportunity', 'contact', 'account'] });
    for (const primary of [second, first]) {
      emulator.link('deals', deal, 'companies', primary, 5);
      const [listed] = await readAll(crm, 'opportunity');
      const asked = await crm.read('opportunity', { kind: 'ids', ids: [`deal:${deal}`] });
      expect([listed?.accountId, asked.records[0]?.accountId]).toEqual([`company:${primary}`, `company:${primary}`]);
    }
  });

  test('T21 companies that are each other’s parent are two steps, and nothing hangs', async () => {
    portal = testPortal();
    const { emulator } = portal;
    const [a, b] = [emulator.create('companies', { name: 'A' }), emulator.create('companies', { name: 'B' })];
    emulator.link('companies', a, 'companies', b, 14);
    emulator.link('companies', b, 'companies', a, 14);
    const crm = await portal.connect({ entities: ['account', 'accountParent'] });
    const { records } = await crm.read('accountParent', { kind: 'ids', ids: [`company:${a}`, `company:${b}`] });
    expect(records.map((step) => `${step.childId} ${step.parentId}`).sort()).toEqual(
      [`company:${a} company:${b}`, `company:${b} company:${a}`].sort(),
    );
  });
});

describe('windows', () => {
  test('T1 T2 10,500 records that changed in one millisecond are all found, once', async () => {
    portal = testPortal({ journal: false });
    for (let number = 0; number < 10_500; number += 1) portal.emulator.create('companies', { name: `C${number}` });
    const crm = await portal.connect({ entities: ['account'] });
    const at = portal.clock.now();
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof crm.read<'account'>>> = await crm.read('account', {
        ...{ kind: 'changed', since: portal.clock.now() - 3_600_000, until: portal.clock.now() + 1, cursor },
      });
      found.push(...page.records.map((record) => record.id));
      cursor = page.next;
    } while (cursor !== null);
    expect([found.length, new Set(found).size]).toEqual([10_500, 10_500]);
    // 53 pages at five a second
    expect(portal.clock.now() - at).toBeGreaterThanOrEqual(10_000);
  });

  test('T22 T23 merges of merges lead to the last survivor, asked for by the old id or listed', async () => {
    portal = testPortal();
    const { emulator } = portal;
    const [a, b, c] = ['A', 'B', 'C'].map((name) => emulator.create('companies', { name })) as [string, string, string];
    const middle = emulator.merge('companies', a, b);
    const last = emulator.merge('companies', middle, c);
    const crm = await portal.connect({ entities: ['account'] });
    const asked = await crm.read('account', { kind: 'ids', ids: [`company:${a}`, `company:${c}`] });
    expect(asked.records.map((record) => record.id)).toEqual([`company:${last}`]);
    const gone = new Map(asked.gone.map((one) => [one.id, one.mergedInto]));
    expect(gone.get(`company:${a}`)).toBe(`company:${last}`);
    expect(gone.get(`company:${c}`)).toBe(`company:${last}`);
  });
});

describe('tokens', () => {
  const oauth = { clientId: 'app', clientSecret: 'secret-of-the-app', refreshToken: 'refresh-token-value' };
  const options = { token: undefined, oauth, entities: ['account'] as const };

  test('T45 an expired token is refreshed once, however many calls find it expired', async () => {
    portal = testPortal({ oauth: { ...oauth, scopes: 'all' } });
    portal.emulator.create('companies', { name: 'Ada' });
    const crm = await portal.connect(options);
    expect(calls('auth')).toBe(1);
    portal.clock.advance(1_801_000);
    const pages = await Promise.all(Array.from({ length: 5 }, () => readAll(crm, 'account')));
    expect(pages.map((records) => records.length)).toEqual([1, 1, 1, 1, 1]);
    expect(calls('auth')).toBe(2);
  });

  test('a refresh token that is refused is an auth error with the next step', async () => {
    portal = testPortal({ oauth: { ...oauth, scopes: 'all' } });
    const wrong = portal.connect({ ...options, oauth: { ...oauth, refreshToken: 'another' } });
    await expect(wrong).rejects.toMatchObject({ code: 'auth', retryable: false });
    expect(calls('auth')).toBe(1);
  });

  test('a malformed token, which says that it expired in 1970, is not refreshed', async () => {
    const faults = faultsOnce([{ kind: 'token-malformed', path: '/account-info/' }]);
    portal = testPortal({ oauth: { ...oauth, scopes: 'all' }, faults });
    await expect(portal.connect(options)).rejects.toMatchObject({ code: 'auth', retryable: false });
    expect([calls('auth'), calls('connect')]).toEqual([1, 1]);
  });
});

describe('time', () => {
  test('T50 a call that is never answered ends after the time given', async () => {
    let hangs = false;
    portal = testPortal({ faults: { next: () => (hangs ? 'hang' : undefined) } });
    const crm = await portal.connect({ entities: ['account'], timeoutMs: 60 });
    hangs = true;
    const error = crm.read('account', { kind: 'all', cursor: null });
    await expect(error).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    hangs = false;
    expect(await readAll(crm, 'account')).toEqual([]);
  });
});

describe('tasks', () => {
  test('a task is made once, linked to its account and due on its day in the portal’s zone', async () => {
    portal = testPortal({ timeZone: 'Pacific/Auckland' });
    installByHand(portal.emulator);
    const { emulator } = portal;
    const account = `company:${emulator.create('companies', { name: 'Ada', hubspot_owner_id: '7' })}`;
    const crm = await portal.connect();
    const set = { subject: 'Call', body: 'About the renewal', dueOn: '2026-11-05', ownerId: null };
    const write = {
      key: 'w',
      target: { externalKey: 'holdfast:call:1' },
      set,
      links: [{ to: 'account', id: account }],
    } as const;
    const [first] = await crm.write('task', [write]);
    const [second] = await crm.write('task', [write]);
    expect([first?.status, second]).toEqual(['written', first]);
    expect(emulator.ids('tasks')).toHaveLength(1);
    const { records } = await crm.read('task', { kind: 'keys', keys: ['holdfast:call:1', 'holdfast:none'] });
    expect(records).toMatchObject([{ key: 'holdfast:call:1', dueOn: '2026-11-05', accountId: account, done: false }]);
    emulator.edit('tasks', emulator.ids('tasks')[0] ?? '', { hs_task_status: 'COMPLETED' });
    await crm.write('task', [{ ...write, set: { body: 'Later' } }]);
    const again = await crm.read('task', { kind: 'keys', keys: ['holdfast:call:1'] });
    expect(again.records).toMatchObject([{ body: 'Later', dueOn: '2026-11-05', done: true }]);
    const activity = await readAll(crm, 'activity');
    expect(activity).toMatchObject([{ kind: 'task', byUs: true }]);
  });
});
