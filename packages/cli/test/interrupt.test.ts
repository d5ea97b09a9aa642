import { faultsOff } from '@holdfast/sandbox';
import { describe, expect, test } from 'vitest';
import type { Ended, Started } from './run-command.ts';
import { type Bench, hubspotWorld, openBench, salesforceWorld, setUp, succeed, type World } from './world.ts';

/** Where each CRM takes writes: the request at which the command is caught. */
const WRITES = { hubspot: /\/companies\/batch\/update$/, salesforce: /\/composite\/sobjects/ } as const;

describe.each([
  ['hubspot', () => hubspotWorld()],
  ['salesforce', () => salesforceWorld()],
] as const)('%s: interrupted with Ctrl-C', (crm, open) => {
  test('while it reads: it stops at once and says so, and the next pull goes on to the same book', async () => {
    const { world, bench, close } = await ready(open);
    await interrupted(world, bench.start('pull'), (number) => number === 9);
    const resumed = await score(bench);
    const other = openBench(world.env);
    await setUp(world, other);
    expect(resumed).toEqual(await score(other));
    other.remove();
    await close();
  });

  test('while it writes: what is open is settled by the next run, nothing is written twice and nothing lost', async () => {
    const { world, bench, close } = await ready(open);
    await succeed(bench, 'pull');
    await succeed(bench, 'plan');
    await interrupted(world, bench.start('apply'), (_number, path) => WRITES[crm].test(path));
    const { stdout } = await succeed(bench, 'apply', '--json');
    const { counts } = JSON.parse(stdout) as { counts: Record<string, number> };
    expect(counts).toMatchObject({ conflict: 0, failed: 0, unprocessed: 0 });
    const writes = world.emulator.journal.filter(({ by, action }) => by === 'api' && action === 'update');
    const ours = writes.filter(({ field }) => /holdfast_/i.test(String(field)));
    expect(new Set(ours.map(({ id, field }) => `${id} ${field}`)).size).toBe(ours.length);
    expect(JSON.parse((await succeed(bench, 'run', '--attended', '--json')).stdout)).toMatchObject({ planned: 0 });
    await close();
  });
});

async function ready(open: () => Promise<World>) {
  const world = await open();
  const bench = openBench(world.env);
  await setUp(world, bench);
  const close = async () => {
    bench.remove();
    await world.close();
  };
  return { world, bench, close };
}

/** Lets one request hang, interrupts the command there, and checks what it says. */
async function interrupted(
  world: World,
  started: Started,
  catches: (number: number, path: string) => boolean,
): Promise<Ended> {
  let number = 0;
  const caught = new Promise<void>((resolve) => {
    world.suffer({
      next: ({ path }) => {
        number += 1;
        if (!catches(number, path)) return undefined;
        resolve();
        return 'hang';
      },
    });
  });
  await caught;
  const at = performance.now();
  started.child.kill('SIGINT');
  const ended = await started.ended;
  world.suffer(faultsOff);
  expect(performance.now() - at).toBeLessThan(10_000);
  expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
  expect(ended.stderr).toMatch(/^Stopping at the next safe place.*\nStopped: what was done is kept.*\n$/);
  return ended;
}

async function score(bench: Bench): Promise<unknown> {
  await succeed(bench, 'pull');
  const { runId: _, asOf: __, ...figures } = JSON.parse((await succeed(bench, 'score', '--json')).stdout);
  return figures;
}
