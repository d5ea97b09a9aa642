import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan, RetryPolicy } from '@holdfast/core';
import { applyPlan, pull } from '@holdfast/workflows';
import { createDice } from '../../../workflows/test/simulation/dice.ts';
import { checkAfterChanges, checkAfterSweep } from './check-records.ts';
import { checkWrites } from './check-writes.ts';
import { hubspotOrg } from './hubspot-org.ts';
import { type Life, openLife, type Running, STORMY_CALLS, survive } from './life.ts';
import { addRecord, liveALittle } from './people.ts';
import { salesforceOrg } from './salesforce-org.ts';
import type { SimOrg } from './sim-org.ts';
import { makeSimPlan } from './sim-plan.ts';
import { drawSimSettings } from './sim-settings.ts';
import { passTime, type SimWorld, START, say, violate } from './sim-world.ts';
import type { Tally } from './tally.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const RETRY: RetryPolicy = { maxAttempts: 4, baseMs: 500, capMs: 4_000, longestWaitMs: 60_000 };
/** From here on the second apply is left out, so that the last pull stays within 60 calls. */
const ENOUGH_CALLS = 35;
/** A disk would cost more than all the rest: a killed process loses nothing of a file in memory either. */
const FAST_FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** What one seed came to; without violations the trace is of no interest. */
export interface Simulated {
  readonly violations: readonly string[];
  readonly trace: readonly string[];
}

/** Lives through one seed with the real client of a CRM, over streams into the emulator in this process. */
export async function simulate(
  crm: SimOrg['crm'],
  seed: number,
  tally: Tally,
  trace: string[] = [],
): Promise<Simulated> {
  const folder = mkdtempSync(join(FAST_FOLDER, 'holdfast-sim-'));
  const world = makeWorld(crm, seed, tally, trace);
  const lives: Life[] = [];
  try {
    const file = join(folder, 'store.db');
    lives.push(await openLife(world, file));
    await liveThroughStorm(world, lives, file);
    await settle(world, lives.at(-1) as Life);
  } catch (error) {
    violate(world, `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    world.isOver = true;
    for (const life of lives) await life.bury();
    rmSync(folder, { recursive: true });
  }
  tally.seeds += 1;
  tally.mostCalls = Math.max(tally.mostCalls, world.calls);
  return { violations: world.violations, trace: world.trace };
}

function makeWorld(crm: SimOrg['crm'], seed: number, tally: Tally, trace: string[]): SimWorld {
  const dice = createDice(seed);
  const settings = drawSimSettings(dice);
  const time = { now: START };
  const org = (crm === 'hubspot' ? hubspotOrg : salesforceOrg)(settings, { now: () => time.now }, seed + 1);
  const world: SimWorld = {
    ...{ seed, dice, settings, org, time, tally, storm: true, isOver: false, pageSize: settings.pageSize },
    ...{ calls: 0, lastNumber: 0, disturbances: 0, orgId: '', gap: 'none' as const },
    ...{ sent: new Map(), held: new Set(), merges: new Map(), removed: [], late: [], trace, violations: [] },
  };
  say(world, JSON.stringify(settings));
  for (let left = settings.accounts; left > 0; left -= 1) {
    addRecord(world, 'account');
    if (org.entities.includes('contact')) addRecord(world, 'contact');
    if (org.entities.includes('opportunity')) addRecord(world, 'opportunity');
    if (dice.chance(0.5)) passTime(world, dice.int(3_000));
  }
  passTime(world, dice.pick([0, 10_000, 30 * MINUTE]));
  // what was there before the storm is no act of people during it
  (org.emulator.journal as unknown[]).length = 0;
  return world;
}

async function liveThroughStorm(world: SimWorld, lives: Life[], file: string): Promise<void> {
  const { dice } = world;
  let plan: Plan | null = null;
  for (let round = 1; round <= 4 && world.calls < STORMY_CALLS - 5; round += 1) {
    await survive(world, lives, file, (running) => pullAll(world, running));
    for (let edits = dice.int(3); edits > 0; edits -= 1) liveALittle(world, true);
    passTime(world, dice.pick([0, 5_000, 4 * MINUTE, 45 * MINUTE]));
    if (plan === null && dice.chance(0.8)) plan = await makePlan(world, lives.at(-1) as Life);
    const due = plan;
    if (due !== null && world.storm && dice.chance(0.8))
      await survive(world, lives, file, (running) => applyAll(world, running, due, `run-${round}`));
    for (let edits = dice.int(2); edits > 0; edits -= 1) liveALittle(world, true);
    // longer than a window reaches back, so that what a pull misses is missed for good
    passTime(world, dice.pick([0, 5_000, 45 * MINUTE, 45 * MINUTE]));
  }
  world.storm = false;
  world.plan = plan;
}

async function makePlan(world: SimWorld, life: Life): Promise<Plan | null> {
  if (world.orgId === '') return null;
  const plan = await makeSimPlan(world, life.store);
  if (plan.writes.length === 0) return null;
  say(world, `plan: ${plan.writes.map(({ write }) => `${write.key} ${JSON.stringify(write.set)}`).join('; ')}`);
  return plan;
}

/** Faults off and lag passed: two quiet pulls and one apply, and everything must be right. */
async function settle(world: SimWorld, life: Life): Promise<void> {
  passTime(world, world.org.lagMs + 10 * MINUTE);
  say(world, 'the storm is over');
  if (world.calls > 16) world.pageSize = 1_000;
  await life.run(async (running) => {
    const { store } = running;
    await pullAll(world, running);
    await checkAfterChanges(world, store);
    const plan = world.plan ?? (await makePlan(world, life));
    if (plan !== null) {
      await applyAll(world, running, plan, 'last');
      await checkWrites(world, store, plan);
      if (world.calls < ENOUGH_CALLS) await applyAgain(world, running, plan);
    }
    world.pageSize = 1_000;
    passTime(world, 8 * DAY);
    await pullAll(world, running);
    await checkAfterSweep(world, store);
  });
}

async function applyAgain(world: SimWorld, running: Running, plan: Plan): Promise<void> {
  const sent = world.org.emulator.journal.length;
  await applyAll(world, running, plan, 'again');
  if (world.org.emulator.journal.length > sent) violate(world, 'a second apply of the same plan wrote again');
}

async function pullAll(world: SimWorld, { adapter, store, clock, random }: Running): Promise<void> {
  world.orgId = adapter.capabilities.org.id;
  say(world, 'pull');
  await pull(adapter, store, { clock, random, retry: RETRY, acceptShrink: true });
  say(world, 'pulled');
}

async function applyAll(world: SimWorld, running: Running, plan: Plan, runId: string): Promise<void> {
  const { adapter, store, clock, random } = running;
  say(world, 'apply');
  const report = await applyPlan(adapter, store, plan, {
    ...{ clock, random, retry: RETRY, runId, attended: true },
    onOutcome: (_, outcome) => say(world, `  outcome of ${outcome.key}: ${outcome.status}`),
  });
  say(world, `applied${report.stopped === null ? '' : `, stopped: ${report.stopped}`}`);
}
