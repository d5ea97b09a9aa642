import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_ANSWERS } from '../src/demo/answers.ts';
import { callCommand, callFailure } from './call-command.ts';
import { type Bench, hubspotWorld, openBench } from './world.ts';

interface Row {
  readonly account: { readonly id: string };
  readonly probability: number;
  readonly actions: readonly {
    readonly playbook: { readonly driver: string; readonly hours: number };
    readonly keeps: { readonly minor: number } | null;
    readonly value: { readonly minor: number } | null;
    readonly cost: { readonly minor: number } | null;
  }[];
}
interface Listed {
  readonly missingSettings: readonly string[];
  readonly actions: readonly Row[];
  readonly notWorthIt: readonly Row[];
  readonly heldOut: readonly Row[];
}

describe('holdfast actions', () => {
  let bench: Bench;
  beforeAll(async () => {
    const world = await hubspotWorld();
    bench = openBench(world.env);
    const { folder } = bench;
    const answers = join(folder, 'answers.json');
    writeFileSync(answers, JSON.stringify(DEMO_ANSWERS.hubspot));
    await callCommand('init', { folder, env: world.env, positional: ['hubspot'], options: { yes: true, answers } });
    await callCommand('pull', { folder, env: world.env });
    await world.close();
  }, 60_000);
  afterAll(() => bench.remove());

  const actions = (options: object = {}) => callCommand('actions', { folder: bench.folder, options: { ...options } });
  const text = async (options: object = {}) => (await actions(options)).text;
  const found = async <T>(options: object = {}) => (await actions(options)).json as T;
  const logFile = () => join(bench.folder, '.holdfast', 'actions.ndjson');
  const setProfile = (settings: object) => {
    const file = join(bench.folder, 'holdfast.config.json');
    const config = JSON.parse(readFileSync(file, 'utf8'));
    Object.assign(config.profile, settings);
    writeFileSync(file, JSON.stringify(config));
  };

  test('without margin and cost: by log-odds removed, and it says what to set', async () => {
    const said = await text();
    expect(said).toContain('set `grossMargin` and `hourlyCost` in the profile of holdfast.config.json');
    expect(said).toContain('assumed: ');
    expect(said).toContain(
      'The chances of loss are assumptions until an accuracy card has passed. Accuracy card: none was made yet, run `holdfast backtest`.',
    );
    expect(await found()).toMatchObject({ chances: { proved: false, basis: { learned: 0, proved: 0 }, cards: {} } });
    expect(said).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('hand calculation: value is what the drop keeps of the margin, less hours at their cost; best first', async () => {
    setProfile({ grossMargin: 0.6, hourlyCost: 5_000, keyAccounts: { fromAmount: 1e12 } });
    const listed = await found<Listed>();
    expect(listed.missingSettings).toEqual([]);
    const valued = listed.actions.filter(({ actions: [best] }) => best?.value);
    expect(valued.length).toBeGreaterThan(0);
    const values = valued.map(({ actions: [best] }) => best?.value?.minor ?? 0);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    for (const { actions: steps } of [...valued, ...listed.notWorthIt]) {
      for (const { playbook, keeps, value, cost } of steps) {
        expect(cost?.minor).toBe(playbook.hours * 5_000);
        expect(Math.abs((value?.minor ?? 0) - ((keeps?.minor ?? 0) - playbook.hours * 5_000))).toBeLessThanOrEqual(1);
      }
    }
    expect(await text()).toMatch(/Next best actions by expected value/);
  });

  test('a logged action counts once a day, in a file that only its owner reads, without a name', async () => {
    const [row] = (await found<Listed>()).actions;
    const id = row?.account.id ?? '';
    const driver = row?.actions[0]?.playbook.driver ?? '';
    const threeWeeksAgo = new Date(Date.now() - 21 * 86_400_000).toISOString().slice(0, 10);
    const log = { log: id, what: driver, on: threeWeeksAgo };
    expect(await found(log)).toMatchObject({ account: { id }, driver, on: threeWeeksAgo, arm: 'treat', isNew: true });
    expect(await text(log)).toContain('it counts once');
    const lines = readFileSync(logFile(), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        ...{ kind: 'action', accountId: id, driver, on: threeWeeksAgo, probability: expect.any(Number) },
        ...{ modelVersion: expect.any(String), arm: 'treat', propensity: 1, cost: null, hours: null },
      },
    ]);
    expect(statSync(logFile()).mode & 0o777).toBe(0o600);
  });

  test('a hold-out: drawn once, told what it can show, listed apart, and the next step stays steady', async () => {
    expect(await text({ effect: true })).toContain('is assumed: nothing is held out yet');
    const before = await found<Listed>();
    const said = await text({ holdOut: '0.5' });
    expect(said).toMatch(/this can show (nothing|a fall of)/);
    expect(said).toMatch(/asks for \d|No number of accounts/);
    expect(said).toContain('The chances of loss are assumptions until an accuracy card has passed.');
    expect(said).not.toContain('The first assignment stands');
    const again = await found<{ inAll: object; earlier: { accounts: number } }>({ holdOut: '0.5' });
    expect(again).toMatchObject({ drawn: { treat: 0, 'hold-out': 0, exempt: 0 }, earlier: { shares: [0.5] } });
    // At another share nobody is drawn anew, and it says so.
    expect(await found({ holdOut: '0.1' })).toMatchObject({ inAll: again.inAll, earlier: { shares: [0.5] } });
    expect(await text({ holdOut: '0.1' })).toContain(
      `The first assignment stands: ${again.earlier.accounts} accounts were drawn before at a share of 0.5 and stay in their arm; 0.1 decides only where new accounts go.`,
    );
    const { actions: free, heldOut } = await found<Listed>();
    expect(heldOut.length).toBeGreaterThan(0);
    expect(free.length + heldOut.length).toBe(before.actions.length);
    expect(await text()).toContain('leave alone: hold-out');
    const [held] = heldOut;
    const explained = await callCommand('explain', { folder: bench.folder, positional: [held?.account.id ?? ''] });
    expect(explained.json).toMatchObject({
      score: {
        nextStep: 'Nothing stands out: keep the agreed rhythm of contact.',
        churnProbability: held?.probability,
      },
    });
  });

  test('the effect before anything was decided: assumed, and how many are missing; a backtest reads the log', async () => {
    const said = await text({ effect: true });
    expect(said).toMatch(/^The effect of acting is assumed: no stratum has outcomes in both arms\./);
    expect(said).toMatch(/\d+ pending/);
    expect((await callCommand('backtest', { folder: bench.folder })).exitCode).toBe(0);
  });

  test('arms drawn two years ago have outcomes since: the effect is measured, and steps name their few outcomes', async () => {
    const drawnNow = readFileSync(logFile(), 'utf8');
    const assignedAt = Date.now() - 730 * 86_400_000;
    const long = drawnNow.split('\n').flatMap((line) => {
      if (line === '') return [];
      const kept = JSON.parse(line);
      return [JSON.stringify(kept.kind === 'arm' ? { ...kept, stratum: 'all', assignedAt } : kept)];
    });
    writeFileSync(logFile(), `${long.join('\n')}\n`);
    const said = await text({ effect: true });
    const lost = said
      .match(/^Lost when acted on: (\d+) of (\d+); when left alone: (\d+) of (\d+)\.$/m)
      ?.slice(1)
      .map(Number);
    const [a = 0, n = 0, c = 0, m = 0] = lost ?? [];
    expect([n > 0, m > 0]).toEqual([true, true]);
    expect(said).toContain(`Acting lowers the rate of loss by ${((c / m - a / n) * 100).toFixed(1)} points`);
    expect(said).toContain(`Outcomes so far: ${n + m};`);
    expect(await text()).toMatch(/assumed: .*; \d+ outcomes so far weigh less|measured: /);
    writeFileSync(logFile(), drawnNow);
  });

  test('the forecast: first year and later apart, owners by expected loss, winning against keeping', async () => {
    const file = join(bench.folder, 'holdfast.config.json');
    const config = JSON.parse(readFileSync(file, 'utf8'));
    const economics = {
      acquisition: { spend: 90_000_000, count: 30 },
      serving: { spend: 50_000_000, count: 100 },
      retention: { spend: 4_000_000, count: 200 },
      saves: { assumedRate: 0.1, low: 0.05, high: 0.2 },
    };
    writeFileSync(file, JSON.stringify({ ...config, economics }));
    const { text: said, json } = await callCommand('forecast', { folder: bench.folder });
    // a backtest was run by now: its cards are named
    expect(said).toMatch(
      /^The chances of loss are assumptions .* Accuracy card: contract accounts, not enough outcomes/m,
    );
    expect(json).toMatchObject({ chances: { proved: false, cards: { contract: { verdict: 'not-enough-outcomes' } } } });
    expect(said).toMatch(/^ {2}(In their first year|Later), \d+ accounts: USD /m);
    expect(said).toMatch(/^Owners by expected loss \(\d of \d+\):\n {2}owner/m);
    // 900,000 / 30 = 30,000 to replace; 40,000 / (200 x .1) = 2,000 to save
    expect(said).toMatch(/to replace an account {2}USD 30,000/);
    expect(said).toMatch(/to save an account {5}USD 2,000/);
    expect(said).not.toMatch(/NaN|undefined|Infinity/);
  });

  test.each([
    ['two things at once', { effect: true, holdOut: '0.1' }, 'one of --log'],
    ['a day without an action', { on: '2026-01-01' }, 'belong to --log'],
    ['an action without a driver', { log: 'company:1' }, '--what must name the driver'],
    ['a driver that is none', { log: 'company:1', what: 'mood' }, 'npsLast'],
    ['a day that is none', { log: 'company:1', what: 'npsLast', on: '2026-02-30' }, '--on must be a day'],
    ['a day to come', { log: 'company:1', what: 'npsLast', on: '2999-01-01' }, 'not after today'],
    ['a share that is none', { holdOut: 'many' }, '--hold-out must be a share'],
    ['more than half held out', { holdOut: '0.6' }, 'at most 0.5'],
  ])('wrong usage: %s', async (_title, options, says) => {
    const failure = await callFailure('actions', { folder: bench.folder, options });
    expect(failure).toMatchObject({ exitCode: 2, code: 'usage', message: expect.stringContaining(says) });
  });

  test('an account that is not there, and a damaged log: one sentence each', async () => {
    const options = { log: 'company:0', what: 'npsLast' };
    expect(await callFailure('actions', { folder: bench.folder, options })).toMatchObject({ code: 'not-found' });
    const lines = readFileSync(logFile(), 'utf8').trim().split('\n').length;
    writeFileSync(logFile(), `${readFileSync(logFile(), 'utf8')}{"kind":\n`);
    const message = expect.stringMatching(new RegExp(`^Line ${lines + 1} of .*actions\\.ndjson is damaged`));
    expect(await callFailure('actions', { folder: bench.folder })).toEqual({ exitCode: 1, code: 'damaged', message });
  });
});
