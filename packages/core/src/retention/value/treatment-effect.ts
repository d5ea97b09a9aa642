import { groupBy } from '../../metrics/group-by.ts';
import { wilson } from '../../stats/calibration/index.ts';
import type { TreatmentOutcome } from './treatment-outcomes.ts';

/** Counts of one arm. */
export interface ArmCounts {
  readonly n: number;
  readonly lost: number;
}

/** What acting did, measured against the hold-out. */
export interface TreatmentEffect {
  readonly measured: true;
  readonly treated: ArmCounts;
  readonly heldOut: ArmCounts;
  /** By how much the rate of loss is lower among treated accounts, within strata; below 0 when it is higher. */
  readonly difference: number;
  readonly interval: readonly [low: number, high: number];
  readonly level: number;
  /** Logarithm of the odds ratio, treated over held out, and its variance. */
  readonly logOddsRatio: number;
  readonly variance: number;
  /** Accounts in strata that have one arm only: they can be compared with nobody. */
  readonly leftOut: number;
}

/** No effect can be given, and why. */
export interface NoTreatmentEffect {
  readonly measured: false;
  readonly reason: string;
}

/**
 * The effect of treatment from treated and held-out accounts, stratum by stratum with Mantel-Haenszel weights. The
 * interval combines Wilson's intervals of the strata's rates (Newcombe 1998, method 10; Zou & Donner 2008 for the weighted
 * sum), so that no losses at all still leave a width. The odds ratio is of the strata together, half a case added to each
 * cell (Haldane 1956).
 *
 * @example
 * const arm = (arm: 'treat' | 'hold-out', lost: number) => Array.from({ length: 50 }, (_, i) => ({ accountId: `account:${i}`, stratum: 'all', arm, lost: i < lost }));
 * treatmentEffect([...arm('treat', 5), ...arm('hold-out', 10)]); // difference 0.1
 */
export function treatmentEffect(
  outcomes: readonly TreatmentOutcome[],
  level = 0.9,
): TreatmentEffect | NoTreatmentEffect {
  const strata = [...groupBy(outcomes, (it) => it.stratum).values()].map((of) => ({
    treated: countArm(of, 'treat'),
    heldOut: countArm(of, 'hold-out'),
  }));
  const used = strata.filter((it) => it.treated.n > 0 && it.heldOut.n > 0);
  if (used.length === 0) return { measured: false, reason: 'no stratum has outcomes in both arms' };
  const treated = total(used.map((it) => it.treated));
  const heldOut = total(used.map((it) => it.heldOut));
  return {
    measured: true,
    treated,
    heldOut,
    ...weighedDifference(used, level),
    level,
    ...oddsRatio(treated, heldOut),
    leftOut: outcomes.length - treated.n - heldOut.n,
  };
}

interface Stratum {
  readonly treated: ArmCounts;
  readonly heldOut: ArmCounts;
}

function weighedDifference(strata: readonly Stratum[], level: number) {
  const weightOf = ({ treated, heldOut }: Stratum) => (treated.n * heldOut.n) / (treated.n + heldOut.n);
  const weights = strata.reduce((sum, it) => sum + weightOf(it), 0);
  let [difference, below, above] = [0, 0, 0];
  for (const stratum of strata) {
    const weight = weightOf(stratum) / weights;
    const [treated, heldOut] = [rateOf(stratum.treated, level), rateOf(stratum.heldOut, level)];
    difference += weight * (heldOut.rate - treated.rate);
    below += weight ** 2 * ((heldOut.rate - heldOut.low) ** 2 + (treated.high - treated.rate) ** 2);
    above += weight ** 2 * ((heldOut.high - heldOut.rate) ** 2 + (treated.rate - treated.low) ** 2);
  }
  return { difference, interval: [difference - Math.sqrt(below), difference + Math.sqrt(above)] as const };
}

function rateOf({ n, lost }: ArmCounts, level: number) {
  const { low, high } = wilson(lost, n, level);
  return { rate: lost / n, low, high };
}

function oddsRatio(treated: ArmCounts, heldOut: ArmCounts) {
  const cells = [treated.lost, treated.n - treated.lost, heldOut.lost, heldOut.n - heldOut.lost].map((it) => it + 0.5);
  const [a = 0, b = 0, c = 0, d = 0] = cells;
  return { logOddsRatio: Math.log((a * d) / (b * c)), variance: cells.reduce((sum, it) => sum + 1 / it, 0) };
}

function countArm(outcomes: readonly TreatmentOutcome[], arm: TreatmentOutcome['arm']): ArmCounts {
  const of = outcomes.filter((it) => it.arm === arm);
  return { n: of.length, lost: of.filter((it) => it.lost).length };
}

function total(counts: readonly ArmCounts[]): ArmCounts {
  return {
    n: counts.reduce((sum, it) => sum + it.n, 0),
    lost: counts.reduce((sum, it) => sum + it.lost, 0),
  };
}
