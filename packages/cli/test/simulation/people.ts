import type { Id } from '@holdfast/core';
import type { PersonEntity } from './sim-org.ts';
import { type SimWorld, say, settleLate, survivorOf } from './sim-world.ts';
import { countOne } from './tally.ts';

/** The field of each entity that we write and that people edit, too. */
export const OUR_FIELD = { account: 'healthScore', contact: 'referralsWon', opportunity: 'referralState' } as const;

/** Values that only people give: plans write others. */
const PEOPLES_STATES = ['queued', 'contested', 'reopened', 'withdrawn', 'expired'] as const;

type Act = (world: SimWorld, entity: PersonEntity, id: Id) => string | null;

const ACTS: Readonly<Record<string, { readonly weight: number; readonly ours?: true; readonly act: Act }>> = {
  create: { weight: 2, act: (world, entity) => addRecord(world, entity) },
  rename: { weight: 4, act: rename },
  'edit our field': { weight: 3, ours: true, act: editOurs },
  'edit our other field': { weight: 1, ours: true, act: editNextStep },
  'late edit': { weight: 2, act: renameLate },
  remove: { weight: 1, act: removeOne },
  restore: { weight: 2, act: restoreOne },
  merge: { weight: 2, act: mergeTwo },
  relate: { weight: 3, act: relateSome },
  'work on a task': { weight: 1, act: (world) => (world.org.editTask() ? 'a task of ours' : null) },
  mischief: { weight: 2, act: mischief },
};
const LOTS = Object.entries(ACTS).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name));

/** One thing that people do in the CRM while we work. `mayTouchOurs`: also with the fields that we write. */
export function liveALittle(world: SimWorld, mayTouchOurs: boolean): void {
  const { dice, org } = world;
  const entity = dice.pick(kept(world));
  const records = org
    .live(entity)
    .map(({ id }) => id)
    .sort();
  const name = records.length < 2 ? 'create' : dice.pick(LOTS);
  const chosen = ACTS[name];
  if (!chosen || (chosen.ours && !mayTouchOurs)) return;
  const what = chosen.act(world, entity, records[dice.int(records.length)] ?? '');
  if (what === null) return;
  // who takes a record away, brings one back, or gives our field its old value makes a second write of the same right
  if (chosen.ours || ['remove', 'restore', 'merge'].includes(name)) world.disturbances += 1;
  countOne(world.tally.people, name);
  say(world, `a person: ${name} ${what}`);
}

/** The entities of a seed that people keep. */
export function kept(world: SimWorld): readonly PersonEntity[] {
  return (['account', 'contact', 'opportunity'] as const).filter((entity) => world.org.entities.includes(entity));
}

/** A new record; every second contact and every opportunity belongs to an account. */
export function addRecord(world: SimWorld, entity: PersonEntity): string {
  world.lastNumber += 1;
  const accounts = world.org.live('account').map(({ id }) => id);
  const belongs = entity === 'opportunity' || (entity === 'contact' && world.lastNumber % 2 === 0);
  const accountId = belongs && accounts.length > 0 ? world.dice.pick(accounts.sort()) : null;
  return world.org.create(entity, `made ${world.lastNumber}`, accountId);
}

function rename(world: SimWorld, entity: PersonEntity, id: Id): string {
  world.lastNumber += 1;
  settleLate(world, id);
  world.org.edit(entity, id, 'name', `named ${world.lastNumber}`);
  return id;
}

function editOurs(world: SimWorld, entity: PersonEntity, id: Id): string {
  world.lastNumber += 1;
  const value =
    entity === 'opportunity'
      ? (PEOPLES_STATES[world.lastNumber % PEOPLES_STATES.length] ?? 'queued')
      : (world.lastNumber % 40) + 1;
  settleLate(world, id);
  world.org.edit(entity, id, OUR_FIELD[entity], value);
  return `${id} to ${value}`;
}

function editNextStep(world: SimWorld, entity: PersonEntity, id: Id): string | null {
  if (entity !== 'account') return null;
  world.lastNumber += 1;
  settleLate(world, id);
  world.org.edit(entity, id, 'nextStep', `By hand ${world.lastNumber}`);
  return id;
}

/** A transaction that is stamped now and committed later: no read shows it before. */
function renameLate(world: SimWorld, entity: PersonEntity, id: Id): string | null {
  if (world.org.editLate === null || world.org.lagMs === 0) return null;
  world.lastNumber += 1;
  settleLate(world, id);
  const commit = world.org.editLate(entity, id, 'name', `late ${world.lastNumber}`);
  world.late.push({ dueAt: world.time.now + world.dice.int(world.org.lagMs), id, commit });
  return id;
}

function removeOne(world: SimWorld, entity: PersonEntity, id: Id): string {
  settleLate(world, ...world.late.map((change) => change.id));
  world.org.remove(entity, id);
  world.removed.push({ entity, id });
  return id;
}

function restoreOne(world: SimWorld): string | null {
  const back = world.removed.shift();
  if (!back) return null;
  // a deletion and its restoring within one tick of the CRM's clock cannot be told apart by anyone
  world.time.now += 1_000;
  world.org.restore(back.entity, back.id);
  return back.id;
}

function mergeTwo(world: SimWorld, entity: PersonEntity, id: Id): string | null {
  if (entity === 'opportunity') return null;
  const others = world.org
    .live(entity)
    .map((record) => record.id)
    .filter((other) => other !== id);
  const loser = others.sort()[world.dice.int(others.length)];
  if (loser === undefined) return null;
  settleLate(world, ...world.late.map((change) => change.id));
  const survivor = world.org.merge(entity, id, loser);
  for (const old of [id, loser]) if (old !== survivor) world.merges.set(old, survivor);
  return `${loser} into ${id}, which is ${survivorOf(world, id)} now`;
}

/** T13: who belongs to an account changes without the account being touched. */
function relateSome(world: SimWorld): string | null {
  if (!world.org.entities.includes('contactRole')) return null;
  const [accounts, contacts] = [world.org.live('account'), world.org.live('contact')];
  if (accounts.length === 0 || contacts.length === 0) return null;
  const account = world.dice.pick(accounts.map(({ id }) => id).sort());
  const contact = world.dice.pick(contacts.map(({ id }) => id).sort());
  settleLate(world, contact);
  const on = !world.org.roles().includes(`${account} ${contact}`);
  world.org.relate(contact, account, on);
  return `${contact} ${on ? 'to' : 'off'} ${account}`;
}

function mischief(world: SimWorld): string | null {
  const done = world.org.mischief(world.dice.int);
  if (done !== null) world.disturbances += 1;
  return done;
}
