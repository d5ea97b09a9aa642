import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { folderState } from '../folder-state.ts';
import { noon } from './a-case.ts';
import { CRMS, openStage, type Stage } from './stage.ts';

const GIVEN = { accounts: { newco: {} }, people: { ned: { of: 'newco', since: 0, by: 'ada' } } };
const MINUTE_MS = 60_000;

describe.each(CRMS)("this machine's clock and the workspace's last instants on %s", (crm) => {
  let stage: Stage | null = null;
  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  const open = async () => {
    stage = await openStage(crm, GIVEN);
    return stage;
  };

  test('it has gone back: pull, run, score and what comes after them refuse, and nothing is changed', async () => {
    const { fails, folder, goTo, call, trace } = await open();
    const workspace = join(folder, '.holdfast');
    const before = [folderState(workspace), trace()];
    goTo(-1);
    for (const [command, ...words] of EVERY) {
      const refused = await fails(command, ...words);
      expect([command, refused.exitCode, refused.code]).toEqual([command, 1, 'clock_backwards']);
      expect(refused.message).toMatch(
        /^Refused \(clock_backwards\): It is 2026-01-04T\S+ on this machine, but the last pull was at 2026-01-05T\S+\. Where the clock is wrong now, set it and run again\. [^\n]+ from 2026-01-05T\S+ on it works again by itself\.$/,
      );
    }
    expect([folderState(workspace), trace()]).toEqual(before);
    goTo(1);
    await call('pull');
  });

  test('it was stepped back by four minutes: everything goes on; by six it does not', async () => {
    const { fails, call, goTo } = await open();
    goTo(1);
    await call('pull');
    vi.setSystemTime(noon(1) - 4 * MINUTE_MS);
    await call('pull');
    await call('score');
    await call('referrals', {}, 'list');
    vi.setSystemTime(noon(1) - 6 * MINUTE_MS);
    expect(await fails('pull')).toMatchObject({ code: 'clock_backwards' });
  });

  test('it was ahead, and a person says so: runs and journal stand as if it had been right', async () => {
    const { fails, call, goTo, look } = await open();
    goTo(1);
    await call('run');
    const right = await look();
    goTo(500);
    await call('run');
    expect(await look()).not.toEqual(right);
    goTo(2);
    expect(await fails('pull')).toMatchObject({ code: 'clock_backwards' });
    const { json, text } = await call('pull', { clockWasAhead: true });
    expect(json).toMatchObject({ clockSet: { runs: expect.any(Number), journalUntil: null } });
    expect(text).toMatch(/^The clock was ahead: \d+ runs named anew, [1-9]\d* events of the journal of referrals/m);
    expect((json as { entities: readonly { full: boolean }[] }).entities.every(({ full }) => full)).toBe(true);
    await call('run');
    expect(await look()).toEqual(right);
  });

  test('people acted while it was ahead: what they did stays, and referrals wait until then', async () => {
    const { fails, call, goTo, referrals, trace } = await open();
    goTo(30);
    await call('pull');
    await referrals('withdraw', 'friends/ada>newco', { why: 'asked for it' });
    const [journal] = JSON.parse(trace());
    goTo(2);
    const { json, text } = await call('pull', { clockWasAhead: true });
    expect(json).toMatchObject({ clockSet: { events: 0, journalUntil: expect.stringMatching(/^2026-02-04T12:/) } });
    expect(text).toContain('`holdfast referrals` works again from 2026-02-04T12:');
    expect(await fails('referrals', 'list')).toMatchObject({
      code: 'clock_backwards',
      message: expect.stringContaining('but the journal of referrals goes to 2026-02-04T12:'),
    });
    const scored = await call('score');
    expect([scored.exitCode, scored.text]).toEqual([1, expect.stringContaining('nothing of referrals is taken')]);
    expect(JSON.parse(trace())[0]).toEqual(journal);
    goTo(31);
    await call('pull');
    expect(await referrals('list')).toMatchObject({ claims: [{ state: 'withdrawn' }] });
  });
});

const EVERY: readonly (readonly [string, ...string[]])[] = [
  ['pull'],
  ['run'],
  ['score'],
  ['plan'],
  ['report'],
  ['referrals', 'list'],
];
