import type { EntityName } from '@holdfast/core';
import type { Dice } from '../../../workflows/test/simulation/dice.ts';
import type { Login } from './sim-org.ts';

/** How one seed's org and its network misbehave. Chances are per call or per step, while the storm lasts. */
export interface SimSettings {
  readonly entities: readonly EntityName[];
  readonly accounts: number;
  readonly pageSize: number;
  /** Longest time until a change is seen, milliseconds; 0 for none. */
  readonly lagMs: number;
  readonly login: Login;
  readonly faults: number;
  readonly kills: number;
  readonly edits: number;
}

/** A seed reads accounts and one thing besides, so that it stays within its calls. */
const THEMES: readonly (readonly EntityName[])[] = [
  ['account', 'contact', 'contactRole'],
  ['account', 'opportunity'],
  ['account', 'task'],
  ['account', 'task'],
];

/** Draws the settings of one seed. */
export function drawSimSettings(dice: Dice): SimSettings {
  return {
    entities: dice.pick(THEMES),
    accounts: dice.int(3) + 3,
    pageSize: dice.pick([2, 3, 50]),
    lagMs: dice.pick([0, 20_000, 280_000]),
    login: dice.pick(['token', 'renewed']),
    faults: dice.pick([0, 0.08, 0.2]),
    kills: dice.pick([0, 0.03, 0.08]),
    edits: dice.pick([0.15, 0.4]),
  };
}
