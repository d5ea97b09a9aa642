import type { Id, Plan } from '@holdfast/core';
import type { Store, StoredOutcome } from '../../src/store/store.ts';
import { finalSurvivor, type HostileWorld, liveRows } from './hostile-world.ts';

/** After one window without a sweep: no live record missing or stale, and where deletions are listed none too many. */
export async function checkAfterChanges(world: HostileWorld, store: Store): Promise<void> {
  for (const { record } of liveRows(world)) {
    const stored = await store.get('account', record.id);
    if (!stored) world.violations.push(`missing ${record.id}`);
    else if (JSON.stringify(stored) !== JSON.stringify(record)) world.violations.push(`stale ${record.id}`);
  }
  if (world.settings.deletions === 'list') await checkNoneTooMany(world, store);
}

/** After a sweep the store holds what the CRM holds; every id that it ever held leads to the survivor of its merges. */
export async function checkAfterSweep(world: HostileWorld, store: Store, held: ReadonlySet<Id>): Promise<void> {
  await checkAfterChanges(world, store);
  await checkNoneTooMany(world, store);
  const roles = liveRows(world).flatMap(({ record }) =>
    [...(world.roles.get(record.id) ?? [])].map((contact) => `role:${record.id}+${contact}`),
  );
  const stored = await store.ids('contactRole', { after: null, limit: 10_000, changedSince: null });
  if (JSON.stringify(roles.sort()) !== JSON.stringify(stored)) world.violations.push('roles differ');
  for (const [id, row] of world.accounts) {
    const now = await store.resolve(id);
    if (row.gone === null && now !== id) world.violations.push(`live ${id} stands for ${now}`);
    const survivor = finalSurvivor(world, id);
    const isTold = world.accounts.get(survivor)?.gone === null;
    if (isTold && now !== survivor && (now !== id || held.has(id)))
      world.violations.push(`merged ${id} stands for ${now}`);
  }
}

async function checkNoneTooMany(world: HostileWorld, store: Store): Promise<void> {
  for (const id of await store.ids('account', { after: null, limit: 10_000, changedSince: null })) {
    if (world.accounts.get(id)?.gone !== null) world.violations.push(`gone but stored ${id}`);
  }
}

/** What the results say is what happened: no duplicate, no lost write, no false conflict, nothing left open. */
export function checkOutcomes(world: HostileWorld, plan: Plan, outcomes: ReadonlyMap<string, StoredOutcome>): void {
  for (const { entity, write, before } of plan.writes) {
    const outcome = outcomes.get(write.key);
    const isGone = 'id' in write.target && world.accounts.get(write.target.id)?.gone !== null;
    if (!outcome || (outcome.status === 'unprocessed' && !isGone)) world.violations.push(`left open ${write.key}`);
    else if (entity === 'task') checkTask(world, write.key, outcome);
    else if ('id' in write.target) {
      const { healthScore = null } = write.set as { readonly healthScore?: number | null };
      const seen = (before as { readonly healthScore?: number | null }).healthScore ?? null;
      checkScore(world, write.target.id, healthScore, seen, outcome);
    }
  }
}

function checkScore(
  world: HostileWorld,
  id: string,
  wanted: number | null,
  seen: number | null,
  outcome: StoredOutcome,
): void {
  const row = world.accounts.get(id);
  if (!row) return;
  const say = (what: string) => world.violations.push(`${what} ${id}`);
  if (row.ourChanges > 1 && row.personScores.length === 0) say('duplicate write');
  if (row.gone) return;
  const isUntouched = row.personScores.length === 0;
  const held = row.record.healthScore;
  if (outcome.status === 'written' && isUntouched && held !== wanted) say('lost write');
  if (outcome.status === 'written' && row.ourChanges === 0) say('written, but never was');
  if (outcome.status === 'unchanged' && isUntouched) say('unchanged, but nobody else writes this value');
  if (outcome.status === 'conflict' && isUntouched) say(`false conflict (${seen}, ${held}, ${wanted})`);
  if (outcome.status === 'failed' && !row.poisoned) say('failed without a reason');
  if (outcome.status === 'failed' && row.ourChanges > 0) say('failed, but was written');
}

function checkTask(world: HostileWorld, key: string, outcome: StoredOutcome): void {
  const wanted = key.replace('task ', '');
  const made = world.tasks.filter((task) => task.key.startsWith(key));
  if (made.length > 1) world.violations.push(`duplicate ${key}`);
  if (outcome.status === 'failed') return;
  if (made.length === 0) world.violations.push(`lost ${key}`);
  const account = world.accounts.get(wanted);
  if (account?.gone === null && made[0]?.accountId !== wanted) world.violations.push(`unlinked ${key}`);
}
