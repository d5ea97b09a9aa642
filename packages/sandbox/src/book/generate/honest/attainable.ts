import type { Random } from '../../random.ts';
import { type HiddenBelief, monthLater, threePoints, useErrorDeviation } from './hidden-cause.ts';
import { atOdds, logOddsOf, noUnknowns, riseEffect } from './honest-hazard.ts';
import { passMonth } from './honest-month.ts';
import { driversAt, forgetAhead, type HonestState } from './honest-state.ts';
import { riseChances } from './honest-terms.ts';

/** What stood in the records at a cut-off, for one account. `at` is in milliseconds. */
export interface Snapshot {
  readonly at: number;
  readonly state: HonestState;
  readonly belief: HiddenBelief;
}

/** A snapshot of a state that goes on changing. */
export function snapshotOf(at: number, state: HonestState, belief: HiddenBelief): Snapshot {
  return {
    at,
    belief,
    state: { ...state, shares: [...state.shares], orders: state.orders.map((one) => ({ ...one })) },
  };
}

/** What the unknown is drawn with. */
export interface Futures {
  readonly random: Random;
  readonly paths: number;
  /** Standard deviation of the common shock. */
  readonly shock: number;
}

/**
 * The best forecast that anybody could make at the cut-off: the chance of loss at a decision whose drivers are read at the
 * last of `borders`, given everything recorded. Months between are lived through by the same code as the account's own,
 * from a copy whose open ends are drawn anew, and the error of use is drawn; the hidden cause is summed over what the
 * records tell of it, price and shock over their distributions. What sampling leaves is some 6 % of the chance, one
 * standard deviation, with 128 paths.
 */
export function attainableAtDecision(
  { at, state, belief }: Snapshot,
  borders: readonly number[],
  futures: Futures,
): number {
  const { random, paths, shock } = futures;
  let then = belief;
  for (let i = 0; i + 1 < borders.length; i += 1) then = monthLater(then);
  const unknown = oddsFactors(then, shock);
  let sum = 0;
  for (let path = 0; path < paths; path += 1) {
    const imagined = forgetAhead(state, at, random);
    for (let i = 0; i + 1 < borders.length; i += 1)
      passMonth(imagined, random, { from: borders[i]!, to: borders[i + 1]!, whole: true });
    const useError = useErrorDeviation * random.normal();
    const odds = Math.exp(logOddsOf(driversAt(imagined, borders.at(-1)!), { ...noUnknowns, useError }));
    for (let i = 0; i < unknown.factors.length; i += 1) sum += unknown.weights[i]! * atOdds(odds * unknown.factors[i]!);
  }
  return sum / paths;
}

/** What multiplies the odds without being known: every combination of hidden cause, price rise and shock, and its chance. */
function oddsFactors({ values, weights }: HiddenBelief, shock: number) {
  const total = weights.reduce((sum, one) => sum + one, 0);
  const factors: number[] = [];
  const chances: number[] = [];
  for (const [i, value] of values.entries())
    for (const [rise, ofRise] of riseEffects)
      for (const [z, ofShock] of shock === 0 ? noShock : threePoints) {
        factors.push(Math.exp(value + rise + z * shock));
        chances.push((weights[i]! / total) * ofRise * ofShock);
      }
  return { factors, weights: chances };
}

/** The effect of each price rise that may come, and its chance. */
const riseEffects = riseChances.map(([rise, chance]) => [riseEffect(rise), chance] as const);
const noShock = [[0, 1]] as const;
