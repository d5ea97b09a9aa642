import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FaultKind, faultsOff, faultsOnce } from '@holdfast/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ended } from './run-command.ts';
import { type Bench, openBench, setUp, type World } from './world.ts';

/** In every text of every record, names of accounts included. Found nowhere but in the store. */
export const PERSONAL = 'kanari.personal';
/** In every credential. Found nowhere at all. */
export const SECRET = 'kanariSecret';

export const address = (word: string) => `${word}@example.com`;

/** What each failure on the wire is, in turn, while a command works. */
const FAULTS: readonly FaultKind[] = [
  'token-expired',
  'server-error-before',
  'server-error-after',
  'bad-gateway-html',
  'drop-before',
  'drop-after',
  'truncate',
];

const COMMANDS = [
  'check',
  'install',
  'pull --full',
  'score',
  'backtest',
  'forecast',
  'explain ACCOUNT',
  'actions --hold-out 0.5',
  'actions --log ACCOUNT --what npsLast',
  'actions',
  'referrals',
  'plan',
  'apply',
  'run --attended',
  'report',
  'trust write',
  'schedule cron',
  'undo RUN',
  'explain nobody',
  'forget CONTACT',
  'uninstall --apply',
] as const;

/** Registers the canary tests for a world whose every record and credential carries the canaries. */
export function describeCanary(
  crm: 'hubspot' | 'salesforce',
  open: () => Promise<World>,
  ids: (world: World) => { readonly account: string; readonly contact: string },
): void {
  describe(`${crm}: canaries`, { timeout: 120_000 }, () => {
    let world: World;
    let bench: Bench;
    beforeAll(async () => {
      world = await open();
      bench = openBench(world.env);
      await setUp(world, bench);
    });
    afterAll(async () => {
      bench.remove();
      await world.close();
    });

    /** Runs a command plainly and with --json. */
    const speak = async (line: string): Promise<readonly Ended[]> => {
      const { account, contact } = ids(world);
      const filled = line.replace('ACCOUNT', account).replace('CONTACT', contact).replace('RUN', newestRun(bench));
      const ended: Ended[] = [];
      for (const more of [[], ['--json']]) {
        ended.push(await bench.run(...filled.split(' '), ...more));
      }
      return ended;
    };

    test.each(COMMANDS)('%s tells nobody; with --json it is one object', async (line) => {
      const [plain, inJson] = await speak(line);
      expect(JSON.parse(inJson?.stdout ?? '')).toEqual(expect.any(Object));
      for (const { stdout, stderr } of [plain, inJson].filter((ended) => ended !== undefined)) {
        expectSilent(stdout, SECRET, PERSONAL);
        expectSilent(stderr, SECRET, PERSONAL);
        if (line !== 'explain nobody') expect(stderr).toBe('');
      }
    });

    test('init tells nobody', async () => {
      const other = openBench(world.env);
      for (const more of [[], ['--yes'], ['--yes', '--json']]) {
        const { stdout, stderr } = await other.run('init', crm, ...more);
        expectSilent(stdout + stderr, SECRET, PERSONAL);
      }
      expectNoneIn(other, SECRET, PERSONAL);
      other.remove();
    });

    test.each(FAULTS)('nothing is told when the wire fails: %s', async (kind) => {
      for (const line of ['check', 'run --attended --json']) {
        world.suffer(faultsOnce([3, 12, 21].map((nth) => ({ kind, nth }))));
        const { stdout, stderr } = await bench.run(...line.split(' '));
        world.suffer(faultsOff);
        expectSilent(stdout + stderr, SECRET, PERSONAL);
      }
    });

    test('nothing is told with HOLDFAST_DEBUG either', async () => {
      const debug = openBench({ ...world.env, HOLDFAST_DEBUG: '1' });
      world.suffer(faultsOnce([{ kind: 'token-expired', times: 99 }]));
      const { exitCode, stderr } = await debug.run('pull', '--workspace', bench.folder);
      world.suffer(faultsOff);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/\n\s+at /);
      expectSilent(stderr, SECRET, PERSONAL);
      debug.remove();
    });

    test('the canaries are really there: in the store, and among the records that could not be read', async () => {
      const store = readFileSync(join(bench.folder, '.holdfast', 'store.db'), 'latin1');
      expect(store).toContain(PERSONAL);
      const { rejects } = JSON.parse((await bench.run('check', '--json')).stdout) as { rejects: number };
      expect(rejects).toBeGreaterThan(0);
    });

    test('no file outside the store holds them; plan, scores and report call accounts by the rest of their names', () => {
      expectNoneIn(bench, SECRET, PERSONAL);
      const files = filesOf(bench).filter((file) => readFileSync(file, 'utf8').includes('Canary (an e-mail address)'));
      const names = new Set(files.map((file) => file.slice(file.lastIndexOf('/') + 1)));
      expect([...names].sort()).toEqual(['plan.json', 'report.html', 'scores.json']);
    });
  });
}

/** The bare word too: an address may have been cut, escaped or encoded on its way. */
function expectSilent(text: string, ...words: readonly string[]): void {
  for (const word of words) {
    const at = text.toLowerCase().indexOf(word.toLowerCase());
    expect(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 60)).toBe('');
  }
}

function expectNoneIn(bench: Bench, ...words: readonly string[]): void {
  for (const file of filesOf(bench)) expectSilent(readFileSync(file, 'utf8'), ...words);
}

function filesOf(bench: Bench): readonly string[] {
  return readdirSync(bench.folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/^store\.db/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function newestRun(bench: Bench): string {
  const runs = join(bench.folder, '.holdfast', 'runs');
  const written = readdirSync(runs).filter((id) => readdirSync(join(runs, id)).includes('results.ndjson'));
  return written.sort().at(-1) ?? 'none';
}
