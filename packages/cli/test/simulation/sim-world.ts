import type { Clock, Id, Plan } from '@holdfast/core';
import type { Dice } from '../../../workflows/test/simulation/dice.ts';
import type { SimOrg } from './sim-org.ts';
import type { SimSettings } from './sim-settings.ts';
import type { Tally } from './tally.ts';

/** Everything that one seed lives through. */
export interface SimWorld {
  readonly seed: number;
  readonly dice: Dice;
  readonly settings: SimSettings;
  readonly org: SimOrg;
  /** The time of everybody: the org's and ours. */
  readonly time: { now: number };
  readonly tally: Tally;
  storm: boolean;
  /** The org's id, once a connection has told it. */
  orgId: string;
  plan?: Plan | null;
  /** Records of a page of the org's answers. */
  pageSize: number;
  /** Whether a record was read again and its write is still to come: `opens` with the next call, `open` since. */
  gap: 'none' | 'opens' | 'open';
  /** The seed is over: what the dead still do is no matter any more. */
  isOver: boolean;
  calls: number;
  /** Numbers given to names and values that people enter. */
  lastNumber: number;
  /** Faults on writes, kills, and whatever else may make a second write of the same right. */
  disturbances: number;
  /** Committed values, with the disturbances until then. */
  readonly sent: Map<string, number>;
  /** Every id that the store ever held. */
  readonly held: Set<Id>;
  /** Records that went into others. */
  readonly merges: Map<Id, Id>;
  readonly removed: { readonly entity: 'account' | 'contact' | 'opportunity'; readonly id: Id }[];
  /** Changes that are made and not yet committed. */
  readonly late: { readonly dueAt: number; readonly id: Id; readonly commit: () => void }[];
  readonly trace: string[];
  readonly violations: string[];
}

/** Notes a step for the reader of a failure. */
export function say(world: SimWorld, what: string): void {
  const seconds = ((world.time.now - START) / 1000).toFixed(1);
  world.trace.push(`${seconds.padStart(9)} s  ${what}`);
}

/** What must never happen did. */
export function violate(world: SimWorld, what: string): void {
  world.violations.push(what);
  say(world, `VIOLATION: ${what}`);
}

export const START = Date.parse('2026-03-02T09:00:00Z');

/** Lets time pass and commits what is due. */
export function passTime(world: SimWorld, ms: number): void {
  world.time.now += ms;
  const due = world.late.filter(({ dueAt }) => dueAt <= world.time.now);
  for (const change of due) {
    world.late.splice(world.late.indexOf(change), 1);
    change.commit();
    say(world, `late change of ${change.id} is committed`);
  }
}

/** Commits what is pending on a record at once, as a lock on its row would. */
export function settleLate(world: SimWorld, ...ids: readonly Id[]): void {
  for (const change of world.late.filter(({ id }) => ids.includes(id))) {
    world.late.splice(world.late.indexOf(change), 1);
    change.commit();
  }
}

/** The record at the end of a chain of merges. */
export function survivorOf(world: SimWorld, id: Id): Id {
  const next = world.merges.get(id);
  return next === undefined ? id : survivorOf(world, next);
}

/** A clock on the world's time. */
export function clockOf(world: SimWorld, isOver: () => boolean): Clock {
  return {
    now: () => world.time.now,
    // who is dead waits for ever
    sleep: async (ms) => (isOver() ? new Promise(() => {}) : passTime(world, ms)),
  };
}
