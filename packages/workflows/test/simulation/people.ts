import {
  type AccountRow,
  addAccount,
  changeRow,
  commitPending,
  type HostileWorld,
  liveRows,
  removeRow,
  stamp,
} from './hostile-world.ts';

/** One thing that people do in the CRM while we work. `mayScore`: they may touch the field that we write, too. */
export function liveALittle(world: HostileWorld, mayScore: boolean): void {
  const { dice } = world;
  const rows = liveRows(world).filter((row) => row.pending === null);
  if (rows.length < 2) {
    addAccount(world);
    return;
  }
  const row = dice.pick(rows);
  switch (dice.int(10)) {
    case 0:
      addAccount(world);
      return;
    case 1:
      removeRow(world, row, null);
      return;
    case 2:
      restoreOne(world);
      return;
    case 3:
      mergeTwo(world, row, dice.pick(rows));
      return;
    case 4:
    case 5:
      changeRole(world, row);
      return;
    case 6:
      if (mayScore) scoreByHand(world, row);
      else rename(world, row);
      return;
    case 7:
      renameLate(world, row);
      return;
    case 8:
      editTask(world);
      return;
    default:
      rename(world, row);
  }
}

function rename(world: HostileWorld, row: AccountRow): void {
  world.lastNumber += 1;
  const name = `named ${world.lastNumber}`;
  changeRow(world, row, { name }, stamp(world), world.now + world.settings.lagMs);
}

/** A transaction that is stamped now and committed later: no read shows it before. */
function renameLate(world: HostileWorld, row: AccountRow): void {
  const { lagMs } = world.settings;
  if (lagMs === 0) {
    rename(world, row);
    return;
  }
  const stampedAt = stamp(world);
  const visibleBy = world.now + lagMs;
  world.lastNumber += 1;
  const name = `late ${world.lastNumber}`;
  row.pending = {
    commitAt: world.now + world.dice.int(lagMs + 1),
    commit: () => changeRow(world, row, { name }, stampedAt, visibleBy),
  };
}

function scoreByHand(world: HostileWorld, row: AccountRow): void {
  world.lastNumber += 1;
  const healthScore = -world.lastNumber;
  row.personScores.push(healthScore);
  changeRow(world, row, { healthScore }, stamp(world), world.now + world.settings.lagMs);
}

function restoreOne(world: HostileWorld): void {
  const row = [...world.accounts.values()].find(({ gone }) => gone !== null && gone.mergedInto === null);
  // A deletion and the restoring of it within one tick of the CRM's clock cannot be told apart by anyone.
  if (!row?.gone || row.gone.at === stamp(world)) return;
  row.gone = null;
  changeRow(world, row, {}, stamp(world), world.now + world.settings.lagMs);
}

function mergeTwo(world: HostileWorld, winner: AccountRow, loser: AccountRow): void {
  if (winner === loser) return;
  for (const row of [winner, loser]) if (row.pending) commitPending(row);
  const { mergeMakesNew, mergeStamps, lagMs } = world.settings;
  const { name, healthScore } = winner.record;
  const survivor = mergeMakesNew ? addAccount(world, { name, healthScore }) : winner;
  if (mergeMakesNew) survivor.personScores.push(...winner.personScores, healthScore ?? -1);
  else if (mergeStamps) changeRow(world, winner, {}, stamp(world), world.now + lagMs);
  for (const row of [winner, loser]) {
    if (row === survivor) continue;
    removeRow(world, row, survivor.record.id);
    const moved = world.roles.get(row.record.id) ?? new Set();
    for (const contact of moved) world.roles.get(survivor.record.id)?.add(contact);
    world.roles.set(row.record.id, new Set());
    world.tasks.forEach((task, place) => {
      if (task.accountId === row.record.id) world.tasks[place] = { ...task, accountId: survivor.record.id };
    });
  }
}

/** T13: changing who belongs to an account does not stamp the account. */
function changeRole(world: HostileWorld, row: AccountRow): void {
  const contacts = world.roles.get(row.record.id);
  const contact = `contact:${world.dice.int(5) + 1}`;
  if (contacts?.has(contact)) contacts.delete(contact);
  else contacts?.add(contact);
}

function editTask(world: HostileWorld): void {
  const place = world.tasks.findIndex((task) => !task.editedByPerson);
  const task = world.tasks[place];
  if (task) world.tasks[place] = { ...task, subject: 'Done by phone', editedByPerson: true };
}
