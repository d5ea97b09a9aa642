import { CrmError, type Write, type WriteResult } from '@holdfast/core';
import { type AccountRow, changeRow, commitPending, type HostileWorld, type SimTask, stamp } from './hostile-world.ts';

/** Carries out one update of an account, at once or `delayMs` after the answer was lost. */
export function writeAccount(world: HostileWorld, write: Write, delayMs: number): WriteResult {
  const id = 'id' in write.target ? write.target.id : '';
  const row = world.accounts.get(id);
  if (!row || row.gone) return { key: write.key, status: 'failed', error: new CrmError('not-found', 'Gone.') };
  if (row.pending) commitPending(row);
  const commit = () => setScore(world, row, (write.set as { healthScore?: number | null }).healthScore ?? null);
  if (delayMs === 0) commit();
  else row.pending = { commitAt: world.now + 1 + world.dice.int(delayMs), commit };
  return { key: write.key, status: 'written', id };
}

function setScore(world: HostileWorld, row: AccountRow, healthScore: number | null): void {
  if (row.gone || row.record.healthScore === healthScore) return;
  const held = row.record.healthScore;
  if (held !== null && row.personScores.includes(held) && !row.plannedBefore.has(held)) {
    world.violations.push(`overwrote a person's ${held} on ${row.record.id}`);
  }
  row.ourChanges += 1;
  changeRow(world, row, { healthScore }, stamp(world), world.now + world.settings.lagMs);
}

/** Creates or completes a task by our key; the link may fail on its own, and the result then says so. */
export function writeTask(world: HostileWorld, write: Write, storm: boolean): WriteResult {
  const key = 'externalKey' in write.target ? write.target.externalKey : write.key;
  const set = write.set as { readonly subject?: string };
  const place = world.tasks.findIndex((task) => task.key === key);
  const held: SimTask = world.tasks[place] ?? {
    id: `task:${world.tasks.length + 1}`,
    key,
    subject: null,
    accountId: null,
    editedByPerson: false,
  };
  if (held.editedByPerson && set.subject !== undefined) world.violations.push(`overwrote a person's task ${key}`);
  const made = { ...held, ...(set.subject !== undefined && { subject: set.subject }) };
  const link = write.links?.[0]?.id ?? null;
  const linkFails = link !== null && storm && world.dice.chance(world.settings.faults);
  const isGone = link !== null && world.accounts.get(link)?.gone !== null;
  const linked = link === null || linkFails || isGone ? made : { ...made, accountId: link };
  if (place < 0) world.tasks.push(linked);
  else world.tasks[place] = linked;
  if (isGone) return { key: write.key, status: 'failed', error: new CrmError('not-found', 'The account is gone.') };
  if (linkFails) return { key: write.key, status: 'unprocessed', reason: 'The link was not made.' };
  return { key: write.key, status: 'written', id: linked.id };
}
