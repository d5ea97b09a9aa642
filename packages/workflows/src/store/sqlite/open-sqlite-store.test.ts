import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_CHECKPOINT, type Entities, type ReferralEvent } from '@holdfast/core';
import { createTestClock, type TestClock } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspace, type Workspace } from '../../workspace/open-workspace.ts';
import type { Store } from '../store.ts';
import { acquireForConformance, STORE_CASES } from '../store-conformance.ts';
import { openDatabase } from './database.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { MIGRATIONS } from './schema.ts';

let workspace: Workspace;
let clock: TestClock;
let opened: Store[];

beforeEach(() => {
  workspace = openWorkspace(join(mkdtempSync(join(tmpdir(), 'holdfast-store-')), '.holdfast'));
  clock = createTestClock();
  opened = [];
});
afterEach(async () => {
  for (const store of opened) await store.close();
  rmSync(join(workspace.folder, '..'), { recursive: true });
});

function open(isAlive: (pid: number) => boolean = () => true): Store {
  const store = openSqliteStore(workspace.storeFile, { clock, isAlive });
  opened.push(store);
  return store;
}

const holder = (pid: number, host = 'here') => ({ pid, host, startedAt: 0, purpose: 'pull' });

describe('the SQLite store passes the conformance suite', () => {
  it.each(STORE_CASES)('$title', async ({ run }) => {
    const store = open();
    await acquireForConformance(store);
    await run(store, async () => {
      await store.release();
      await store.close();
      opened.pop();
      const again = open();
      await acquireForConformance(again);
      return again;
    });
  });
});

describe('the lease', () => {
  it('of a process that is gone is taken over; the message of a live one names it', async () => {
    await open().acquire(holder(11));
    await expect(open(() => true).acquire(holder(12))).rejects.toThrow(/pull, process 11 on here/);
    await open(() => false).acquire(holder(12));
  });

  it('of another machine is taken over only when nothing was stored for ten minutes', async () => {
    await open().acquire(holder(11, 'there'));
    await expect(open(() => false).acquire(holder(12))).rejects.toMatchObject({ code: 'locked' });
    clock.advance(600_001);
    await open(() => false).acquire(holder(12));
  });

  it('is fenced: who lost it cannot store anything, nor give back what is another’s', async () => {
    const slow = open();
    await slow.acquire(holder(11));
    clock.advance(600_001);
    const quick = open();
    await quick.acquire(holder(12));
    const page = { checkpoint: EMPTY_CHECKPOINT, effects: nothing };
    await expect(slow.commitPage('account', page)).rejects.toMatchObject({ code: 'lease-lost' });
    await slow.release();
    await quick.commitPage('account', page);
  });
});

const nothing = {
  upsert: [],
  keepNewer: false,
  seen: [],
  rejects: [],
  gone: [],
  goneEntity: 'account',
  replace: null,
  sweep: null,
} as const;

describe('the store file', () => {
  it('is readable by its owner only, with everything SQLite puts beside it', async () => {
    const store = open();
    await acquireForConformance(store);
    await store.commitPage('account', { checkpoint: EMPTY_CHECKPOINT, effects: nothing });
    for (const file of ['store.db', 'store.db-wal', 'store.db-shm']) {
      expect(statSync(join(workspace.folder, file)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(workspace.folder).mode & 0o777).toBe(0o700);
  });

  it('moves forward to a newer schema after a copy of the old one', () => {
    openDatabase(workspace.storeFile).close();
    const next = openDatabase(workspace.storeFile, [...MIGRATIONS, 'CREATE TABLE later (id TEXT) STRICT']);
    expect(next.get('PRAGMA user_version')).toEqual({ user_version: MIGRATIONS.length + 1 });
    next.close();
    const copy = openDatabase(`${workspace.storeFile}.v${MIGRATIONS.length}.bak`);
    expect(copy.get("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'later'")).toEqual({ n: 0 });
    copy.close();
  });

  it('of the first schema moves forward to one that keeps snapshots, with its records and a copy', async () => {
    const first = openDatabase(workspace.storeFile, MIGRATIONS.slice(0, 1));
    first.run("INSERT INTO records VALUES ('account', 'company:1', NULL, NULL, 1, 1, 1, '{\"name\":\"one\"}')");
    first.close();
    const store = open();
    expect(await store.get('account', 'company:1')).toEqual({ name: 'one' });
    expect(await store.snapshotRunBefore(1)).toBeNull();
    expect(statSync(`${workspace.storeFile}.v1.bak`).size).toBeGreaterThan(0);
  });

  it('of a newer Holdfast, or that is no store, is refused with the next step', () => {
    openDatabase(workspace.storeFile, [...MIGRATIONS, 'CREATE TABLE later (id TEXT) STRICT']).close();
    expect(() => openDatabase(workspace.storeFile)).toThrow(/newer Holdfast/);
    const other = join(workspace.folder, 'other.db');
    writeFileSync(other, 'this is no database at all, but a text of some length');
    expect(() => openDatabase(other)).toThrow(/not a Holdfast store/);
    writeFileSync(other, 'S');
    expect(() => openDatabase(other)).toThrow(/damaged\. Put back a copy/);
    expect(statSync(other).size).toBe(1);
  });

  it('keeps the copy of an older one readable by its owner only', () => {
    openDatabase(workspace.storeFile).close();
    openDatabase(workspace.storeFile, [...MIGRATIONS, 'CREATE TABLE later (id TEXT) STRICT']).close();
    expect(statSync(`${workspace.storeFile}.v${MIGRATIONS.length}.bak`).mode & 0o777).toBe(0o600);
  });

  it('that another run is writing just now is not called damaged', () => {
    openDatabase(workspace.storeFile).close();
    const other = new (process.getBuiltinModule('node:sqlite').DatabaseSync)(workspace.storeFile);
    other.exec('BEGIN EXCLUSIVE');
    const more = [...MIGRATIONS, 'CREATE TABLE later (id TEXT) STRICT'];
    expect(() => openDatabase(workspace.storeFile, more, 10)).toThrow(/Another run.*Wait/);
    other.exec('ROLLBACK');
    other.close();
    openDatabase(workspace.storeFile, more, 10).close();
  });

  it('that another run has brought forward meanwhile is not brought forward twice', () => {
    openDatabase(workspace.storeFile).close();
    const more = [...MIGRATIONS, 'CREATE TABLE later (id TEXT) STRICT'];
    // the other run comes between the look at the version and the migration: while the copy is made
    const meanwhile = () => openDatabase(workspace.storeFile, more).close();
    openDatabase(workspace.storeFile, more, 10, meanwhile).close();
  });

  it('that is damaged inside says so with the next step', async () => {
    const store = open();
    await acquireForConformance(store);
    const accounts = Array.from({ length: 2_000 }, (_, n) => ({
      id: `company:${n}`,
      createdAt: 1,
      updatedAt: 1,
      name: 'x'.repeat(200),
    })) as unknown as Entities['account'][];
    await store.commitPage('account', { checkpoint: EMPTY_CHECKPOINT, effects: { ...nothing, upsert: accounts } });
    await store.close();
    opened.pop();
    const bytes = readFileSync(workspace.storeFile);
    bytes.fill(0xff, 8_192, bytes.length - 4_096);
    writeFileSync(workspace.storeFile, bytes);
    const read = async () => {
      const damaged = open();
      await acquireForConformance(damaged);
      for await (const _ of damaged.records('account'));
    };
    await expect(read()).rejects.toMatchObject({ code: 'damaged', message: expect.stringMatching(/pull again/) });
  });

  it('holds nothing of a forgotten contact but its id, not even in free pages', async () => {
    const store = open();
    await acquireForConformance(store);
    const name = 'Canary Person-Zebra';
    const contact = { id: 'contact:7', createdAt: 1, updatedAt: 1, name } as Entities['contact'];
    await store.commitPage('contact', { checkpoint: EMPTY_CHECKPOINT, effects: { ...nothing, upsert: [contact] } });
    await store.forget('contact:7');
    await store.close();
    opened.pop();
    expect(readFileSync(workspace.storeFile).includes(name)).toBe(false);
  });

  it('holds nothing of what was taken out of the journal, in whatever order its pages were filled', async () => {
    const store = open();
    await acquireForConformance(store);
    const name = 'Canary Person-Zebra';
    const long = (n: number) => name.repeat(1 + ((n * 7) % 40));
    const event = (n: number, why = long(n), of = name): ReferralEvent => ({
      ...{ key: `${(n * 7_919) % 3_000} ${of}`, occurredAt: n, recordedAt: n, kind: 'act', by: 'owner:1' },
      does: { act: 'approve', rewardKey: 'r', why },
    });
    for (let from = 0; from < 3_000; from += 100) {
      await store.appendReferralEvents(Array.from({ length: 100 }, (_, n) => event(from + n)));
    }
    let place = 0;
    await store.rewriteReferralEvents((it) => {
      place += 1;
      return place % 3 === 0 ? null : event(it.occurredAt, '-', '-');
    });
    await store.forget('contact:7');
    for (const file of [workspace.storeFile, `${workspace.storeFile}-wal`]) {
      expect(readFileSync(file).includes('Zebra')).toBe(false);
    }
  });

  it('purges events from before an instant, and keeps what the CRM still has of the rest', async () => {
    const store = open();
    await acquireForConformance(store);
    const call = (n: number, occurredAt: number) =>
      ({
        id: `call:${n}`,
        createdAt: 1,
        updatedAt: 1,
        accountId: null,
        contactIds: [],
        occurredAt,
      }) as unknown as Entities['activity'];
    const upsert = [call(1, 1_000), call(2, 3_000)];
    await store.commitPage('activity', { checkpoint: EMPTY_CHECKPOINT, effects: { ...nothing, upsert } });
    expect(await store.purge(2_000)).toBe(1);
    expect(await store.ids('activity', { after: null, limit: 9, changedSince: null })).toEqual(['call:2']);
  });
});
