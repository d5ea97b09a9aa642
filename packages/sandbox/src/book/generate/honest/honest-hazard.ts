import type { LeavingReason } from '../../truth.ts';
import type { HonestDrivers } from './honest-state.ts';

/** What no record tells by the cut-off, in the units of the hazard. */
export interface Unknowns {
  /** The hidden cause and the month's common shock, in log-odds. */
  readonly hidden: number;
  readonly shock: number;
  /** Price rise of the next term, told by word of mouth first: 0.1 is 10 %. */
  readonly priceRise: number;
  /** By how much real use differs from what is recorded: a logarithm. */
  readonly useError: number;
}

/** Nothing unknown. */
export const noUnknowns: Unknowns = { hidden: 0, shock: 0, priceRise: 0, useError: 0 };

/**
 * Log-odds of a month's turning away. The weights are this sandbox's own assumption. What sets them apart from a scorecard:
 * use counts only below 75 %, silence only after six weeks, a late share only above a tenth, all up to a limit; the second
 * urgent ticket weighs half; and an open urgent ticket where few seats are in use weighs more than both. Where nobody measures
 * use it says nothing.
 */
export function logOddsOf(drivers: HonestDrivers, unknowns: Unknowns): number {
  const parts = partsOf(drivers, unknowns);
  let sum = base - 0.35 * Math.log1p(drivers.tenureYears) + unknowns.hidden + unknowns.shock;
  if (drivers.autoRenews) sum -= 0.4;
  for (const part of parts) sum += part;
  return sum;
}

const base = -5.4;

function partsOf(drivers: HonestDrivers, unknowns: Unknowns): readonly number[] {
  const { share, trend, openUrgent, lateShare, monthsSinceTouch } = drivers;
  const used = share === undefined ? 1 : share * Math.exp(unknowns.useError);
  const urgent = openUrgent === 0 ? 0 : openUrgent === 1 ? 1.2 : 1.8;
  return [
    share === undefined ? 0 : 2.4 * Math.min(0.8, Math.max(0, -trend - 0.05)),
    8 * Math.min(0.5, Math.max(0, 0.75 - used)),
    urgent + (urgent > 0 && used < 0.6 ? 0.6 : 0),
    lateShare === undefined ? 0 : 3 * Math.min(0.5, Math.max(0, lateShare - 0.1)),
    riseEffect(unknowns.priceRise),
    0.5 * Math.min(4, Math.max(0, monthsSinceTouch - 1.5)),
  ];
}

/** The part that weighs most. */
export function honestReason(drivers: HonestDrivers, unknowns: Unknowns): LeavingReason {
  const parts = partsOf(drivers, unknowns);
  const most = Math.max(...parts);
  return most >= 0.5 ? reasons[parts.indexOf(most)]! : 'no visible reason';
}

/** In the order of the parts. */
const reasons: readonly LeavingReason[] = [
  'usage decline',
  'low use',
  'open urgent tickets',
  'late deliveries',
  'price rise',
  'no touch',
];

/** What a price rise adds in log-odds: nothing up to 6 %. */
export function riseEffect(priceRise: number): number {
  return 4 * Math.max(0, priceRise - 0.06);
}

/** Chance that a contract's decision goes against us: the month's chance at least once in a quarter. No logistic curve. */
export function atDecision(logOdds: number): number {
  return atOdds(Math.exp(logOdds));
}

/** The same from the odds of a month. */
export function atOdds(odds: number): number {
  const stays = 1 / (1 + odds);
  return 1 - stays * stays * stays;
}
