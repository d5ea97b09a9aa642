import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, formatInstant } from '@holdfast/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ABook, aBook } from '../../test/support/a-book.ts';
import { pull } from '../pull/pull.ts';
import { createRunFolder } from '../run/run-folder.ts';
import { forgetContact } from './forget-contact.ts';
import { openWorkspace } from './open-workspace.ts';
import { purgeWorkspace } from './purge-workspace.ts';

let book: ABook;
beforeEach(async () => {
  book = await aBook();
});
afterEach(() => book.close());

describe('the workspace folder', () => {
  it('is its owner’s alone and ignores itself in git', () => {
    const { folder, storeFile } = book.workspace;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(storeFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('that cannot be written is refused in one sentence with the next step', () => {
    const file = join(book.workspace.folder, 'a-file');
    writeFileSync(file, '');
    expect(() => openWorkspace(join(file, '.holdfast'))).toThrow(
      /cannot be written \(ENOTDIR\).*choose another folder/,
    );
  });
});

describe('a run’s folder', () => {
  it('holds what a person may open, readable by its owner only', () => {
    const run = createRunFolder(book.workspace, '2026-01-01T00:00');
    run.writeJson('run', { calls: 3, entities: [{ n: 1 }, 2] });
    const features = run.startFeatures(['account', 'note']);
    features.add(['company:1', 'says "no", twice']);
    features.close();
    const scores = run.startScores();
    scores.add({ id: 'company:1' });
    scores.add({ id: 'company:2' });
    scores.close({ asOf: 3, referrals: [] });
    run.addResult({ key: 'a', status: 'written' });
    run.addResult({ key: 'b', status: 'conflict' });
    expect(readFileSync(join(run.path, 'features.csv'), 'utf8')).toBe('account,note\ncompany:1,"says ""no"", twice"\n');
    expect(readFileSync(join(run.path, 'results.ndjson'), 'utf8').split('\n')).toHaveLength(3);
    expect(JSON.parse(readFileSync(join(run.path, 'run.json'), 'utf8'))).toEqual({ calls: 3, entities: [{ n: 1 }, 2] });
    expect(JSON.parse(readFileSync(join(run.path, 'scores.json'), 'utf8'))).toEqual({
      lines: [{ id: 'company:1' }, { id: 'company:2' }],
      asOf: 3,
      referrals: [],
    });
    for (const name of ['run.json', 'scores.json', 'features.csv', 'results.ndjson']) {
      expect(statSync(join(run.path, name)).mode & 0o777).toBe(0o600);
    }
    expect(existsSync(join(book.workspace.runsFolder, '2026-01-01T00_00'))).toBe(true);
  });
});

describe('forgetting a contact', () => {
  it('erases it from the store and from earlier runs, and it does not come back', async () => {
    const account = book.crm.edits.create('account', {});
    const id = book.crm.edits.create('contact', { name: 'Zoe "Zed" Quux', email: 'zoe@example.com' });
    book.crm.edits.link('contactRole', account, id);
    book.crm.edits.create('opportunity', { accountId: account, contactIds: [id], referredById: id });
    await pull(book.adapter, book.store, book.context);
    const run = createRunFolder(book.workspace, 'earlier');
    run.writeJson('plan', { writes: [{ label: 'Zoe "Zed" Quux', target: id, note: 'zoe@example.com' }] });
    const report = await forgetContact(book.workspace, book.store, id, { at: book.clock.now() });
    expect(report.files).toBe(1);
    const text = readFileSync(join(run.path, 'plan.json'), 'utf8');
    for (const word of ['Zoe', 'zoe@', id]) expect(text).not.toContain(word);
    await pull(book.adapter, book.store, { ...book.context, full: true });
    expect(await book.store.get('contact', id)).toBeNull();
    for await (const slice of book.store.slices()) {
      expect(slice.contacts).toEqual([]);
      expect(slice.opportunities).toMatchObject([{ contactIds: [], referredById: null }]);
    }
  });

  it('erases whole ids, names and addresses only: contact 1 is not contact 12, Smith is not Smithson', async () => {
    const account = book.crm.edits.create('account', {});
    const id = book.crm.edits.create('contact', { name: 'Ann Smith', email: 'ann@example.com' });
    book.crm.edits.link('contactRole', account, id);
    await pull(book.adapter, book.store, book.context);
    const run = createRunFolder(book.workspace, 'earlier');
    const others = [`${id}2`, `x${id}`, 'Ann Smithson', 'joann@example.com', 'ann@example.community'];
    run.writeJson('plan', { others, mine: [id, `contact ${id}`, 'Ann Smith, CFO', 'mail ann@example.com.'] });
    await forgetContact(book.workspace, book.store, id, { at: book.clock.now() });
    expect(JSON.parse(readFileSync(join(run.path, 'plan.json'), 'utf8'))).toEqual({
      others,
      mine: ['[forgotten]', 'contact [forgotten]', '[forgotten], CFO', 'mail [forgotten].'],
    });
  });

  it('erases a short name too, as a whole word, and copies of the store from before an upgrade', async () => {
    const id = book.crm.edits.create('contact', { name: 'Bo', email: 'b-o+1@x.example' });
    await pull(book.adapter, book.store, book.context);
    const backup = `${book.workspace.storeFile}.v1.bak`;
    writeFileSync(backup, 'Bo');
    const run = createRunFolder(book.workspace, 'earlier');
    run.writeJson('plan', { by: 'Bo', text: 'Bob met Bo.', mail: 'b-o+1@x.example' });
    await forgetContact(book.workspace, book.store, id, { at: book.clock.now() });
    expect(JSON.parse(readFileSync(join(run.path, 'plan.json'), 'utf8'))).toEqual({
      by: '[forgotten]',
      text: 'Bob met [forgotten].',
      mail: '[forgotten]',
    });
    expect(existsSync(backup)).toBe(false);
  });
});

describe('what is older than the workspace keeps', () => {
  it('goes: events of the store and folders of runs; yesterday’s and a person’s own folder stay', async () => {
    const day = (shift: number) => formatInstant(book.clock.now() + shift * DAY_MS).slice(0, 10);
    for (const age of [1, 1_200]) {
      const occurredAt = book.clock.now() - age * DAY_MS;
      book.crm.edits.create('activity', { kind: 'call', occurredAt });
    }
    await pull(book.adapter, book.store, book.context);
    const names = [`${day(-1)}T090000-aaaa`, `${day(-1_200)}T090000-bbbb`, 'audit-2001'];
    for (const name of names) createRunFolder(book.workspace, name).writeJson('run', {});
    expect(await purgeWorkspace(book.workspace, book.store, book.clock.now())).toEqual({ rows: 1, runs: 1, payees: 0 });
    expect(names.map((name) => existsSync(join(book.workspace.runsFolder, name)))).toEqual([true, false, true]);
    expect(await book.store.countByObject('activity')).toEqual({ activity: 1 });
  });
});
