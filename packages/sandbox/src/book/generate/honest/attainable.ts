import { DAY } from '../../calendar.ts';
import type { Random } from '../../random.ts';
import { type HiddenBelief, threePoints, useErrorDeviation } from './hidden-cause.ts';
import { atOdds, logOddsOf, monthly, noUnknowns, riseEffect } from './honest-hazard.ts';
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
  const unknown = oddsFactors(belief, shock);
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

/**
 * The same for an account that orders: the chance that it orders nothing from the cut-off to `until`, because it leaves or
 * because none happens to come.
 */
export function attainableSilence(
  { at, state, belief }: Snapshot,
  borders: readonly number[],
  until: number,
  futures: Futures,
): number {
  const { random, paths } = futures;
  let sum = 0;
  for (let path = 0; path < paths; path += 1) {
    const imagined = forgetAhead(state, at, random);
    const before = imagined.lastOrderAt;
    const chances: { readonly seen: number; readonly from: number; readonly to: number; readonly firstAt: number }[] =
      [];
    for (let i = 0; i + 1 < borders.length && imagined.lastOrderAt === before; i += 1) {
      const [from, to] = [borders[i]!, borders[i + 1]!];
      const seen = logOddsOf(driversAt(imagined, from), {
        ...{ hidden: 0, shock: futures.shock * random.normal(), priceRise: 0, useError: 0 },
      });
      passMonth(imagined, random, { from, to, whole: true });
      const first = imagined.orders.reduce(
        (first, one) => (one.orderedAt >= from ? Math.min(first, one.orderedAt) : first),
        until,
      );
      chances.push({ seen, from, to, firstAt: Math.min(first, until) });
    }
    sum += overHidden(belief, (hidden) => silentChance(chances, hidden, until));
  }
  return sum / paths;
}

/** Leaving falls evenly into its month; whoever leaves before the first order orders nothing. */
function silentChance(
  chances: readonly { readonly seen: number; readonly from: number; readonly to: number; readonly firstAt: number }[],
  hidden: number,
  until: number,
): number {
  let stays = 1;
  let silent = 0;
  for (const { seen, from, to, firstAt } of chances) {
    const before = Math.max(0, Math.min(1, (firstAt - from) / (to - from)));
    const leaves = monthly(seen + hidden);
    silent += stays * leaves * before;
    if (firstAt < Math.min(to, until) - DAY / 1e6) return silent;
    stays *= 1 - leaves * before;
  }
  return silent + stays;
}

function overHidden({ values, weights }: HiddenBelief, chance: (hidden: number) => number): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < values.length; i += 1) {
    sum += weights[i]! * chance(values[i]!);
    total += weights[i]!;
  }
  return sum / total;
}
