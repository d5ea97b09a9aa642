import type { Id } from '@holdfast/core';
import type { Dice } from './dice.ts';
import type { HostileSettings } from './hostile-settings.ts';

/** An account as the hostile CRM holds it: no more fields than the simulation looks at. */
export interface SimAccount {
  readonly id: Id;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly name: string;
  readonly healthScore: number | null;
}

export interface SimTask {
  readonly id: Id;
  readonly key: string;
  readonly subject: string | null;
  readonly accountId: Id | null;
  readonly editedByPerson: boolean;
}

interface Version {
  /** `null`: gone. */
  readonly record: SimAccount | null;
  readonly visibleAt: number;
}

export interface AccountRow {
  record: SimAccount;
  gone: { readonly at: number; readonly visibleAt: number; readonly mergedInto: Id | null } | null;
  /** What the index shows, oldest first. */
  index: Version[];
  /** A change that is stamped and not yet committed: our late write, or a person's slow transaction. */
  pending: { readonly commitAt: number; readonly commit: () => void } | null;
  /** Values of the score field that a person gave. */
  personScores: number[];
  /** Values that a plan saw before it wrote; overwriting these is what was agreed. */
  readonly plannedBefore: Set<number>;
  /** How often a write of ours changed the record. */
  ourChanges: number;
  poisoned: boolean;
}

/** The truth of one simulated CRM and everything that people do in it. */
export interface HostileWorld {
  readonly settings: HostileSettings;
  readonly dice: Dice;
  now: number;
  readonly accounts: Map<Id, AccountRow>;
  /** Contacts of each account. */
  readonly roles: Map<Id, Set<Id>>;
  readonly tasks: SimTask[];
  /** What must never happen and did. */
  readonly violations: string[];
  lastNumber: number;
}

/** An empty world. */
export function createWorld(settings: HostileSettings, dice: Dice): HostileWorld {
  return {
    settings,
    dice,
    now: 1_000_000,
    accounts: new Map(),
    roles: new Map(),
    tasks: [],
    violations: [],
    lastNumber: 0,
  };
}

/** Lets time pass and commits what is due. */
export function passTime(world: HostileWorld, ms: number): void {
  world.now += ms;
  for (const row of world.accounts.values()) {
    if (row.pending && row.pending.commitAt <= world.now) commitPending(row);
  }
}

/** Commits a row's pending change at once, as a lock on the row would. */
export function commitPending(row: AccountRow): void {
  const { pending } = row;
  row.pending = null;
  pending?.commit();
}

/** A time as the CRM stamps it. */
export function stamp(world: HostileWorld): number {
  return world.now - (world.now % world.settings.resolutionMs);
}

/** Sets fields of a row; `stampedAt` may lie in the past for a late commit, and visibility counts from it. */
export function changeRow(
  world: HostileWorld,
  row: AccountRow,
  fields: Partial<SimAccount>,
  stampedAt: number,
  visibleBy: number,
): void {
  row.record = { ...row.record, ...fields, updatedAt: Math.max(stampedAt, row.record.updatedAt) };
  showInIndex(world, row, row.record, visibleBy);
}

/** The index shows a change at some time up to `visibleBy`, and changes of one record in their order. */
export function showInIndex(world: HostileWorld, row: AccountRow, record: SimAccount | null, visibleBy: number): void {
  const wait = Math.max(0, visibleBy - world.now);
  const previous = row.index.at(-1)?.visibleAt ?? 0;
  const visibleAt = Math.max(previous, world.now + (wait === 0 ? 0 : world.dice.int(wait + 1)));
  row.index.push({ record, visibleAt });
}

/** What the index shows of a row now. */
export function indexed(world: HostileWorld, row: AccountRow): SimAccount | null {
  let shown: SimAccount | null = null;
  for (const version of row.index) if (version.visibleAt <= world.now) shown = version.record;
  return shown;
}

/** A new live account, stamped now. */
export function addAccount(world: HostileWorld, fields: Partial<SimAccount> = {}): AccountRow {
  world.lastNumber += 1;
  // Ids are not given in the order of time: a keyset on them must not count on it.
  const shuffled = ((world.lastNumber * 617) % 1000) + 1000;
  const id = `company:${shuffled}`;
  const at = stamp(world);
  const record: SimAccount = {
    id,
    createdAt: at,
    name: `made ${world.lastNumber}`,
    healthScore: null,
    ...fields,
    updatedAt: at,
  };
  const row: AccountRow = {
    record: { ...record, id },
    gone: null,
    index: [],
    pending: null,
    personScores: [],
    plannedBefore: new Set(),
    ourChanges: 0,
    poisoned: false,
  };
  world.accounts.set(id, row);
  world.roles.set(id, new Set());
  showInIndex(world, row, row.record, world.now + world.settings.lagMs);
  return row;
}

/** Takes a row away: deleted, or merged into another. */
export function removeRow(world: HostileWorld, row: AccountRow, mergedInto: Id | null): void {
  const lag = world.settings.lagMs;
  row.gone = { at: stamp(world), visibleAt: world.now + (lag === 0 ? 0 : world.dice.int(lag + 1)), mergedInto };
  showInIndex(world, row, null, world.now + lag);
}

/** The live rows, in the order of their ids. */
export function liveRows(world: HostileWorld): readonly AccountRow[] {
  return [...world.accounts.values()].filter((row) => row.gone === null).sort(byId);
}

/** The record at the end of a chain of merges. */
export function finalSurvivor(world: HostileWorld, id: Id): Id {
  const next = world.accounts.get(id)?.gone?.mergedInto ?? null;
  return next === null ? id : finalSurvivor(world, next);
}

export function byId(a: AccountRow, b: AccountRow): number {
  return a.record.id < b.record.id ? -1 : 1;
}
