import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { callFailure } from '../call-command.ts';
import { aProgram } from './a-program.ts';
import { CRMS, openStage, type Stage } from './stage.ts';

const DAY_MS = 86_400_000;
const GIVEN = { accounts: { newco: {} }, people: { ned: { of: 'newco', since: 0, by: 'ada' } } };

const [credit] = aProgram().rules;
/** Who refers is paid in person, so that something is owed to them when they are erased. */
const CASH = aProgram({ giftCapPerYear: 500_000, rules: [{ ...credit!, kind: 'cash' }] });

describe.each(CRMS)('how long what an erasure leaves is kept, on %s', (crm) => {
  let stage: Stage | null = null;
  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  const open = async (privacy?: object) => {
    stage = await openStage(crm, GIVEN, { programs: [CASH] });
    await stage.referrals('list');
    const config = JSON.parse(readFileSync(join(stage.folder, 'holdfast.config.json'), 'utf8'));
    stage.file('holdfast.config.json', { ...config, ...(privacy && { privacy }) });
    return stage;
  };

  test.each([
    ['the terms of the house', undefined, 1_095, 3_653],
    ['the terms of the config', { tombstoneDays: 60, vaultDays: 2_557 }, 60, 2_557],
    ['one of them alone', { vaultDays: 2_557 }, 1_095, 2_557],
  ])('%s: the digests of who was erased, and the payee', async (_, privacy, digestDays, payeeDays) => {
    const { call, idOf, trace, file, folder, referrals, goTo, hands, pull } = await open(privacy);
    hands.openSale({ id: 'deal', of: 'newco', opened: 1 });
    goTo(2);
    hands.closeSale('deal', 'won', 2);
    goTo(3);
    await referrals('participant', 'ada', { permission: 'yes', country: 'AT', by: 'seller' });
    await pull();
    const payee = { name: 'Ada', country: 'AT', taxFormOn: '2026-01-01', sanctions: 'clear' };
    await referrals('payee', 'ada', { from: file('payee.json', payee) });
    await call('forget', {}, idOf('ada'));
    const [journal] = JSON.parse(trace()) as [readonly { readonly json: string }[]];
    const { tombstones } = journal.map((it) => JSON.parse(it.json)).find((it) => it.kind === 'erase');
    expect(tombstones.length).toBeGreaterThan(0);
    for (const it of tombstones) expect(it.expiresAt - it.createdAt).toBe(digestDays * DAY_MS);
    const [{ expiresAt, ...kept }] = JSON.parse(readFileSync(join(folder, '.holdfast', 'vault.json'), 'utf8'));
    expect(kept).toMatchObject({ partyId: idOf('ada'), restricted: true });
    expect(Math.round((expiresAt - Date.now()) / DAY_MS)).toBe(payeeDays);
  });

  test.each([
    [{ tombstoneDays: 29 }, 'privacy.tombstoneDays'],
    [{ vaultDays: 364 }, 'privacy.vaultDays'],
    [{ vaultDays: 7_306 }, 'privacy.vaultDays'],
    [{ days: 60 }, 'privacy'],
  ])('%o is refused', async (privacy, place) => {
    const { folder, world } = await open(privacy);
    const failure = await callFailure('score', { folder, env: world.env });
    expect(failure).toMatchObject({ code: 'bad-config', message: expect.stringContaining(place) });
  });
});
