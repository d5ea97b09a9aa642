import {
  type Clock,
  CrmError,
  type EntityName,
  type Id,
  type Plan,
  type PlannedWrite,
  type RetryPolicy,
  type SyncAdvance,
  type Task,
} from '@holdfast/core';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { type PullOptions, pull } from '../../src/pull/pull.ts';
import type { Store, StoredOutcome } from '../../src/store/store.ts';
import { checkAfterChanges, checkAfterSweep, checkOutcomes } from './check-world.ts';
import { createDice } from './dice.ts';
import { hostileAdapter, type Weather } from './hostile-adapter.ts';
import { drawSettings } from './hostile-settings.ts';
import { addAccount, createWorld, type HostileWorld, passTime } from './hostile-world.ts';
import { createMemoryStore } from './memory-store.ts';
import { liveALittle } from './people.ts';

/** The process died; only the store and the CRM remember anything. */
class Killed extends Error {}

const DAY = 86_400_000;
const RETRY: RetryPolicy = { maxAttempts: 4, baseMs: 4, capMs: 20, longestWaitMs: 1_000 };

/** Lives through one seeded world and says what went wrong; empty when nothing did. */
export async function simulate(seed: number): Promise<readonly string[]> {
  const dice = createDice(seed);
  const world = createWorld(drawSettings(dice), dice);
  const weather: Weather = {
    storm: true,
    mayDie: () => {
      if (weather.storm && dice.chance(world.settings.kills)) throw new Killed();
    },
  };
  const held = new Set<Id>();
  const store = mortalStore(createMemoryStore(), weather, held);
  const adapter = hostileAdapter(world, weather);
  const clock: Clock = {
    now: () => world.now + world.settings.skewMs,
    sleep: async (ms) => passTime(world, ms),
  };
  const context = { clock, random: dice.next, retry: RETRY };
  const pulling: PullOptions = {
    ...context,
    entities: ['account', 'contactRole'],
    acceptShrink: true,
    clockSkewMs: world.settings.allowedSkewMs,
    sweepEveryMs: dice.pick([DAY, DAY, 60]),
  };
  await store.acquire({ pid: 1, host: 'sim', startedAt: 0, purpose: 'simulation' });
  for (let n = dice.int(6) + 3; n > 0; n--) addAccount(world, { healthScore: dice.int(100) });
  passTime(world, dice.int(60));

  let plan: Plan | null = null;
  const apply = (due: Plan, run: string) =>
    applyPlan(adapter, store, due, {
      ...context,
      runId: run,
      attended: true,
    });
  for (let round = dice.int(3) + 2; round > 0; round--) {
    await survive(() => pull(adapter, store, pulling));
    for (let edits = dice.int(4); edits > 0; edits--) liveALittle(world, true);
    passTime(world, dice.int(30));
    if (plan === null && dice.chance(0.6)) plan = await makePlan(world, store);
    if (plan !== null && dice.chance(0.6)) {
      const due = plan;
      await survive(() => apply(due, `run-${round}`));
    }
  }
  weather.storm = false;
  passTime(world, world.settings.lagMs + 50);
  if (plan !== null) {
    await apply(plan, 'last');
    checkOutcomes(world, plan, await journal(store));
    const before = JSON.stringify([...world.accounts.values()].map((row) => row.ourChanges));
    const again = await apply(plan, 'again');
    const after = JSON.stringify([...world.accounts.values()].map((row) => row.ourChanges));
    if (before !== after || again.counts.written > 0) {
      world.violations.push('a second apply of the same plan wrote again');
    }
  }
  passTime(world, world.settings.lagMs + 50);
  await pull(adapter, store, { ...pulling, sweepEveryMs: 100 * DAY });
  await checkAfterChanges(world, store);
  passTime(world, 8 * DAY);
  await pull(adapter, store, pulling);
  await checkAfterSweep(world, store, held);
  return world.violations;
}

/** Runs until it ends, dying and starting anew as often as chance has it; the CRM staying away ends it for now. */
async function survive(run: () => Promise<unknown>): Promise<void> {
  for (let lives = 4; lives > 0; lives--) {
    try {
      await run();
      return;
    } catch (error) {
      if (error instanceof CrmError) return;
      if (!(error instanceof Killed)) throw error;
    }
  }
}

/** A store before and after whose every change the process may die; `held` gathers the ids that it ever stored. */
function mortalStore(store: Store, { mayDie }: Weather, held: Set<Id>): Store {
  const mortal =
    <A extends readonly unknown[]>(change: (...args: A) => Promise<void>) =>
    async (...args: A): Promise<void> => {
      mayDie();
      await change(...args);
      mayDie();
    };
  return {
    ...store,
    commitPage: mortal(async (entity: EntityName, advance: SyncAdvance) => {
      await store.commitPage(entity, advance);
      for (const { id } of advance.effects.upsert) held.add(id);
    }) as Store['commitPage'],
    saveRun: mortal(store.saveRun),
    noteIntents: mortal(store.noteIntents),
    noteOutcomes: mortal(store.noteOutcomes),
  };
}

/** How each write ended over all runs; one once written stays so when a later run finds it unchanged. */
async function journal(store: Store): Promise<ReadonlyMap<string, StoredOutcome>> {
  const outcomes = new Map<string, StoredOutcome>();
  for (const run of [...(await store.runs())].reverse()) {
    for (const { key, outcome } of await store.writes(run.id)) {
      const isKept = outcomes.get(key)?.status === 'written' && outcome?.status !== 'written';
      if (outcome && !isKept) outcomes.set(key, outcome);
    }
  }
  return outcomes;
}

/** Writes to some stored accounts, by what the store shows of them, and tasks for others. */
async function makePlan(world: HostileWorld, store: Store): Promise<Plan> {
  const { dice } = world;
  const writes: PlannedWrite[] = [];
  for (const id of await store.ids('account', { after: null, limit: 100, changedSince: null })) {
    const account = await store.get('account', id);
    const row = world.accounts.get(id);
    if (!account || !row || dice.chance(0.3)) continue;
    if (dice.chance(0.1)) row.poisoned = true;
    if (account.healthScore !== null) row.plannedBefore.add(account.healthScore);
    const write = { key: `score ${id}`, target: { id }, set: { healthScore: 1000 + writes.length } };
    const before = { healthScore: account.healthScore };
    writes.push({ entity: 'account', write, before, label: id, why: 'simulated' });
    if (dice.chance(0.4)) writes.push(taskFor(id));
  }
  return { version: 1, id: 'plan', crm: 'hostile', orgId: '1', asOf: world.now, writes, heldBack: {}, notes: [] };
}

function taskFor(id: string): PlannedWrite {
  const set: Partial<Pick<Task, 'subject'>> = { subject: `Call ${id}` };
  const links = [{ to: 'account' as const, id }];
  const write = { key: `task ${id}`, target: { externalKey: `task ${id}` }, set, links };
  return { entity: 'task', write, before: {}, label: id, why: 'simulated' };
}
