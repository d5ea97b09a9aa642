import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { callFailure } from '../call-command.ts';
import { CRMS, openStage, type Stage } from './stage.ts';

const GIVEN = { accounts: { newco: {} }, people: { ned: { of: 'newco', since: 0, by: 'ada' } } };
const COMMANDS: readonly (readonly [string, ...string[]])[] = [
  ['pull'],
  ['run'],
  ['forget', 'contact:1'],
  ['referrals', 'list'],
];

describe.each(CRMS)('the key of the workspace on %s', (crm) => {
  let stage: Stage | null = null;
  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  const open = async () => {
    stage = await openStage(crm, GIVEN);
    await stage.referrals('list');
    return { ...stage, key: join(stage.folder, '.holdfast', 'key') };
  };

  test.each(['lost', 'another'])(
    '%s: every command that rests on digests refuses, and makes no new one',
    async (how) => {
      const { key, fails, trace } = await open();
      if (how === 'lost') rmSync(key);
      else writeFileSync(key, 'ab'.repeat(32));
      const before = trace();
      for (const call of COMMANDS) {
        const refused = await fails(...call);
        expect([call[0], refused.code, refused.exitCode]).toEqual([call[0], 'other-key', 1]);
        expect(refused.message).toMatch(
          /^[^\n]+ Put the file back from your backup\. Only where there is none, [^\n]+$/,
        );
      }
      expect(trace()).toBe(before);
    },
  );

  test('put back: everything goes on; without a backup a person says so, and the store is read whole by the new one', async () => {
    const { key, call, world, folder, look } = await open();
    const [kept, claims] = [readFileSync(key, 'utf8'), (await look()).claims];
    const again = { folder, env: world.env, options: { newKey: true } };
    expect(await callFailure('pull', again)).toMatchObject({ code: 'key-known' });
    rmSync(key);
    writeFileSync(key, kept);
    await call('pull');
    rmSync(key);
    const { json } = await call('pull', { newKey: true });
    const { entities } = json as { entities: readonly { readonly entity: string; readonly full: boolean }[] };
    expect(entities.filter(({ full }) => !full)).toEqual([]);
    expect(entities.map(({ entity }) => entity)).toContain('mailParties');
    expect(readFileSync(key, 'utf8')).not.toBe(kept);
    await call('pull');
    expect((await look()).claims).toEqual(claims);
  });
});
