import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, type Id, type PayeeVaultEntry, type ReferralEvent } from '@holdfast/core';
import { describe, expect, it } from 'vitest';
import { type ABook, aBook } from '../../test/support/a-book.ts';
import { pull } from '../pull/pull.ts';
import { openKeptReferrals } from '../referrals/open-kept-referrals.ts';
import { openReferrals } from '../referrals/open-referrals.ts';
import { createRunFolder } from '../run/run-folder.ts';
import type { Store } from '../store/store.ts';
import { forgetContact } from './forget-contact.ts';
import { readPayeeVault, writePayeeVault } from './payee-vault.ts';
import { purgeWorkspace } from './purge-workspace.ts';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const times = { occurredAt: NOW - 9 * DAY_MS, recordedAt: NOW - 9 * DAY_MS };

const participant = (id: Id): ReferralEvent => ({
  ...{ key: `participant ${id}`, ...times, kind: 'participant' },
  participant: {
    ...{ id, programId: 'default', accountId: null, role: 'customer', status: 'active', statusSince: 0 },
    ...{ termsVersion: null, employerPermission: false, segment: 'private', country: null, taxFormOn: null },
  },
});
const claim = (by: Id, on: Id): ReferralEvent => ({
  ...{ key: `submitted ${by}>${on}`, ...times, kind: 'claim' },
  claim: {
    ...{ programId: 'default', participantId: by, referrerAccountId: null, subjectId: on, referredContactId: on },
    ...{ opportunityId: null, introducedAt: times.occurredAt, consent: 'introduced_in_person', code: null },
    touch: { key: `touch ${by}>${on}`, participantId: by, subjectId: on, evidence: 'code', ...times, sourceId: null },
  },
  known: {
    relation: { customerSince: null, customerUntil: null, opportunities: [], contacts: [] },
    ...{ signals: [], isErased: false },
  },
});
const payee = (partyId: Id): PayeeVaultEntry => ({
  ...{ partyId, name: 'Zoe Quux', address: null, email: 'zoe@example.com', phone: '+49 30 765 43 21', payout: 'x' },
  ...{ taxId: null, country: 'DE', taxFormOn: null, sanctions: 'clear', restricted: false, expiresAt: null },
});

/** Zoe referred somebody and was referred by Ann; nothing was paid. */
async function zoesBook(): Promise<ABook & { readonly zoe: Id; readonly ann: Id; readonly text: () => string }> {
  const book = await aBook();
  const zoe = book.crm.edits.create('contact', { name: 'Zoe Quux', email: 'zoe@example.com' });
  const ann = book.crm.edits.create('contact', { name: 'Ann Other', email: 'ann@example.com' });
  await pull(book.adapter, book.store, book.context);
  await book.store.appendReferralEvents([participant(zoe), participant(ann)]);
  await book.store.appendReferralEvents([claim(ann, zoe), claim(zoe, 'contact:777')]);
  await book.store.appendReferralEvents([claim(ann, 'contact:778'), claim(ann, 'contact:777')]);
  writePayeeVault(book.workspace, [payee(zoe)]);
  const run = createRunFolder(book.workspace, 'earlier');
  run.writeText('list.txt', `Zoe Quux (${zoe}), zoe@example.com, 0049 30 7654321`);
  return { ...book, zoe, ann, text: () => readFileSync(join(run.path, 'list.txt'), 'utf8') };
}

/** Everything that is left: journal, vault, file and record. */
async function leftOf({ store, workspace, text, zoe }: Awaited<ReturnType<typeof zoesBook>>) {
  const batches = [];
  for await (const batch of store.referralBatches()) batches.push(batch);
  return { batches, vault: readPayeeVault(workspace), text: text(), record: await store.get('contact', zoe) };
}

/** The store as a process meets it that dies at its nth change of it, before or after. */
function dyingStore(
  store: Store,
  at: { readonly method: 'rewriteReferralEvents' | 'forget'; readonly after: boolean },
): Store {
  const method = async (...given: readonly unknown[]) => {
    if (at.after) await (store[at.method] as (...all: readonly unknown[]) => Promise<unknown>)(...given);
    throw new Error('killed');
  };
  return { ...store, [at.method]: method };
}

describe('a contact is forgotten', () => {
  it('the journal names nobody, a claim of a rival stays, and by its tombstone the person is known again', async () => {
    const book = await zoesBook();
    const report = await forgetContact(book.workspace, book.store, book.zoe, { at: NOW });
    expect(report).toMatchObject({ files: 1, payee: null });
    const { batches, vault, text, record } = await leftOf(book);
    expect(text).toBe('[forgotten] ([forgotten]), [forgotten], [forgotten]');
    expect([vault, record]).toEqual([[], null]);
    const { state } = await openReferrals(book.store);
    // Ann claims 777 too, so Zoe's claim on it stays, under her id alone, and has ended
    expect([...state.claims.values()].map((it) => [it.subjectId, it.participantId, it.state])).toEqual([
      ['contact:777', book.zoe, 'withdrawn'],
      ['contact:777', book.ann, 'duplicate'],
      ['contact:778', book.ann, 'accepted'],
    ]);
    expect([...state.tombstones.values()].map((it) => it.kind)).toEqual(['email', 'phone']);
    expect(JSON.stringify(batches)).not.toMatch(/Zoe|Quux|zoe@|7654321/);
    await book.close();
  });

  it.each([
    ['before the journal', { method: 'rewriteReferralEvents', after: false }],
    ['after the journal', { method: 'rewriteReferralEvents', after: true }],
    ['before the store', { method: 'forget', after: false }],
    ['after the store', { method: 'forget', after: true }],
  ] as const)('killed %s and run again: the same as in one go', async (_title, at) => {
    const whole = await zoesBook();
    await forgetContact(whole.workspace, whole.store, whole.zoe, { at: NOW });
    const book = await zoesBook();
    // the same key in both workspaces, so that digests can be compared
    const key = readFileSync(join(whole.workspace.folder, 'key'));
    writeFileSync(join(book.workspace.folder, 'key'), key);
    const died = forgetContact(book.workspace, dyingStore(book.store, at), book.zoe, { at: NOW });
    await expect(died).rejects.toThrow('killed');
    await forgetContact(book.workspace, book.store, book.zoe, { at: NOW });
    const left = await leftOf(book);
    expect(left).toEqual(await leftOf(whole));
    await forgetContact(book.workspace, book.store, book.zoe, { at: NOW + DAY_MS });
    expect(await leftOf(book)).toEqual(left);
    await book.close();
    await whole.close();
  });

  it('a lead is a person: with the contact that it became it is gone, whichever is named, and stays out', async () => {
    const book = await aBook();
    const [name, email] = ['Zoe Quux', 'zoe@example.com'];
    const ann = book.crm.edits.create('contact', { name: 'Ann Other' });
    const contact = book.crm.edits.create('contact', { name, email });
    const was = book.crm.edits.create('lead', {
      name: 'Zoe Q. Quux',
      email: 'q@example.com',
      convertedContactId: contact,
    });
    const open = book.crm.edits.create('lead', { name: 'Yann Zed', email: 'yann@example.com' });
    await pull(book.adapter, book.store, book.context);
    await book.store.appendReferralEvents([participant(ann), claim(ann, was), claim(ann, open)]);
    for (const id of [was, open]) await forgetContact(book.workspace, book.store, id, { at: NOW });
    await pull(book.adapter, book.store, { ...book.context, full: true });
    expect([await book.store.get('contact', contact), await book.store.get('lead', was)]).toEqual([null, null]);
    expect(await book.store.get('lead', open)).toBeNull();
    const { state } = await openReferrals(book.store);
    expect([...state.claims.values()]).toEqual([]);
    expect([...state.tombstones.values()].map((it) => it.kind)).toEqual(['email', 'email', 'email']);
    await book.close();
  });

  it('bug: street and account number stayed in the export for whoever pays', async () => {
    const book = await zoesBook();
    const head = 'party,currency,paid,name,address,payout,tax id,country\n';
    const other = `${book.ann},EUR,5.00,Ann Other,"Way 2\n1010 Vienna",AT22,,AT\n`;
    const run = createRunFolder(book.workspace, 'paid');
    const theirs = `${book.zoe},EUR,5.00,Zoe Quux,"Lane ""1""\n1010 Vienna",AT11,12 345,AT\n`;
    const file = run.writeText('payout-default-2026-02-restricted.csv', head + theirs + other);
    await forgetContact(book.workspace, book.store, book.zoe, { at: NOW });
    expect(readFileSync(file, 'utf8')).toBe(head + other);
    await book.close();
  });

  it('bug: an address that was given the second time was not remembered', async () => {
    const book = await zoesBook();
    await forgetContact(book.workspace, book.store, book.zoe, { at: NOW });
    await forgetContact(book.workspace, book.store, book.zoe, { at: NOW + DAY_MS, emails: ['zq@example.org'] });
    const { state } = await openReferrals(book.store);
    expect([...state.tombstones.values()].map((it) => it.kind)).toEqual(['email', 'phone', 'email']);
    await book.close();
  });

  it('an id from before a merge leads to the person', async () => {
    const book = await zoesBook();
    book.crm.edits.merge('contact', book.zoe, book.ann);
    await pull(book.adapter, book.store, { ...book.context, full: true });
    await forgetContact(book.workspace, book.store, book.ann, { at: NOW });
    expect(await book.store.get('contact', book.zoe)).toBeNull();
    expect(book.text()).not.toContain('Zoe');
    await book.close();
  });
});

describe('what is not kept', () => {
  it('payees whose time is over leave the vault with a purge, and the last one takes the file along', async () => {
    const book = await aBook();
    const entry = (partyId: Id, expiresAt: number | null) => ({ ...payee(partyId), expiresAt });
    writePayeeVault(book.workspace, [entry('contact:2', NOW + 1), entry('contact:1', NOW)]);
    expect(await purgeWorkspace(book.workspace, book.store, NOW)).toMatchObject({ payees: 1 });
    expect(readPayeeVault(book.workspace).map((it) => it.partyId)).toEqual(['contact:2']);
    expect(await purgeWorkspace(book.workspace, book.store, NOW + 1)).toMatchObject({ payees: 1 });
    expect(() => readFileSync(join(book.workspace.folder, 'vault.json'))).toThrow('ENOENT');
    await book.close();
  });

  it('claims by hand that came to nothing leave the journal 180 days later, what the CRM tells again does not', async () => {
    const book = await aBook();
    const read = { ...claim('contact:1', 'contact:9'), key: 'claim default contact:1>contact:9 recorded' };
    const tick = (n: number): ReferralEvent => ({ key: `day ${n}`, occurredAt: n, recordedAt: n, kind: 'day' });
    await book.store.appendReferralEvents([participant('contact:1')]);
    await book.store.appendReferralEvents([claim('contact:1', 'contact:8'), read]);
    // without progress a claim lapses when its protection of 90 days ends
    const expired = times.occurredAt + 90 * DAY_MS;
    await book.store.appendReferralEvents([tick(expired + DAY_MS)]);
    const open = async (days: number) => {
      const { state } = await openKeptReferrals(book.store, {}, expired + days * DAY_MS);
      return [...state.claims.values()].map((it) => [it.subjectId, it.state]).sort();
    };
    expect(await open(179)).toEqual([
      ['contact:8', 'expired'],
      ['contact:9', 'expired'],
    ]);
    expect(await open(180)).toEqual([['contact:9', 'expired']]);
    expect(JSON.stringify(await leftIn(book.store))).not.toContain('contact:8');
    await book.close();
  });
});

async function leftIn(store: Store): Promise<readonly unknown[]> {
  const batches = [];
  for await (const batch of store.referralBatches()) batches.push(batch);
  return batches;
}
