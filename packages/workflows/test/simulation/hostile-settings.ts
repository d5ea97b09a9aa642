import type { Dice } from './dice.ts';

/** How one simulated CRM misbehaves, drawn from the seed. Times in milliseconds; one step of the world takes a few. */
export interface HostileSettings {
  /** Longest time between a change's stamp and its being visible, by late commit or by a slow index. */
  readonly lagMs: number;
  readonly resolutionMs: number;
  readonly pageSize: number;
  readonly batchSize: number;
  readonly deletions: 'list' | 'sweep';
  /** Our clock less the CRM's. */
  readonly skewMs: number;
  readonly tellsClock: boolean;
  /** The allowance for skew that the puller is given. */
  readonly allowedSkewMs: number;
  /** One bad record refuses the batch. */
  readonly refusesWhole: boolean;
  /** A merge makes a new record instead of keeping one of the two. */
  readonly mergeMakesNew: boolean;
  /** A merge stamps the survivor (T24: some do not). */
  readonly mergeStamps: boolean;
  /** Chance of a fault in each call, and of a kill at each step, while the storm lasts. */
  readonly faults: number;
  readonly kills: number;
}

/** Draws the settings of one world. */
export function drawSettings(dice: Dice): HostileSettings {
  const tellsClock = dice.chance(0.6);
  const skewMs = dice.pick([0, 0, 7, -7, 25, -25]);
  return {
    lagMs: dice.pick([0, 0, 5, 40]),
    resolutionMs: dice.pick([1, 1, 10]),
    pageSize: dice.pick([1, 2, 3, 10]),
    batchSize: dice.pick([1, 2, 4]),
    deletions: dice.pick(['list', 'sweep']),
    skewMs: tellsClock ? skewMs * 40 : skewMs,
    tellsClock,
    allowedSkewMs: tellsClock ? 0 : 25,
    refusesWhole: dice.chance(0.5),
    mergeMakesNew: dice.chance(0.5),
    mergeStamps: dice.chance(0.7),
    faults: dice.pick([0, 0.05, 0.2]),
    kills: dice.pick([0, 0.02, 0.08]),
  };
}
