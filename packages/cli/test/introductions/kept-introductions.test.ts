import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrgProfile } from '@holdfast/core';
import { createRunFolder, openSqliteStore, openWorkspace, type Store } from '@holdfast/workflows';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { introductionsAt, keepIntroductions } from '../../src/referrals/kept-introductions.ts';
import type { Pulled } from '../../src/session/run-files.ts';
import type { Session } from '../../src/session/session.ts';

const shown = { mail: null, meeting: null, link: null, confirmation: null };
const pulled = { asOf: Date.UTC(2026, 10, 1), evidence: shown } as unknown as Pulled;
const profile = {
  ...{ orgId: '1', confirmedAt: 1, currency: 'EUR', timeZone: 'UTC' },
  book: {
    lifecycles: { customer: 'customer' },
    blank: 'other',
    wonOpportunity: false,
    activeContract: false,
    pilot: [],
  },
  opportunities: { stages: {}, pipelines: {}, types: {} },
  contracts: { statuses: {} },
} as unknown as OrgProfile;

let folder: string;
let store: Store;
let session: Session;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-kept-'));
  const workspace = openWorkspace(folder);
  store = openSqliteStore(workspace.storeFile, { clock: { now: () => pulled.asOf } });
  await store.acquire({ pid: 1, host: 'here', startedAt: pulled.asOf, purpose: 'pull' });
  const run = createRunFolder(workspace, '2026-11-01T00-00-00');
  run.writeJson('run', {});
  session = { workspace, store, config: { profile }, io: {}, run: () => run } as unknown as Session;
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const reads = () => vi.spyOn(store, 'records');

test('what the pull worked out is read by the commands after it; the store is not gone over again', async () => {
  await keepIntroductions(session, pulled);
  const spy = reads();
  const kept = await introductionsAt(session, pulled, pulled.asOf);
  expect(kept).toMatchObject({
    touches: [],
    toConfirm: [],
    unavailable: { mail: expect.stringContaining('no mails') },
  });
  expect(spy).not.toHaveBeenCalled();
});

test.each([
  ['another instant', async () => introductionsAt(session, pulled, pulled.asOf - 1)],
  [
    'another profile',
    async () =>
      introductionsAt({ ...session, config: { profile: { ...profile, orgId: '2' } } as never }, pulled, pulled.asOf),
  ],
  [
    'a file out of which somebody was taken',
    async () => {
      const run = readdirSync(join(folder, 'runs'))[0]!;
      const file = join(folder, 'runs', run, 'introductions.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('records', '[forgotten]'));
      return introductionsAt(session, pulled, pulled.asOf);
    },
  ],
])('%s: worked out anew', async (_, ask) => {
  await keepIntroductions(session, pulled);
  const spy = reads();
  await ask();
  expect(spy).toHaveBeenCalled();
});
