import type { Random } from '../../random.ts';
import { atDecision, logOddsOf, noUnknowns } from './honest-hazard.ts';
import type { HonestDrivers } from './honest-state.ts';

/** How far real use differs from the record: standard deviation of its logarithm. */
export const useErrorDeviation = 0.08;

/** Points of the hidden cause, in standard deviations, and their weights under a normal. */
const points = Array.from({ length: 13 }, (_, i) => (i - 6) / 2);
const normalWeights = points.map((z) => Math.exp((-z * z) / 2));

/** What the records tell about the hidden cause so far: a weight, not normalised, for each point of it. */
export interface HiddenBelief {
  /** The points in log-odds. */
  readonly values: readonly number[];
  readonly weights: readonly number[];
}

/** Before anything is known: normal with this standard deviation. */
export function beliefBefore(deviation: number): HiddenBelief {
  if (deviation === 0) return { values: [0], weights: [1] };
  return { values: points.map((z) => z * deviation), weights: normalWeights };
}

/** What is left of the hidden cause after a month, in standard deviations: half of it goes in eleven months. */
const lasting = 0.94;

/** Chance of each next point from each point: a hidden cause comes and goes. */
const steps = points.map((from) => {
  const row = points.map((to) => Math.exp(-((to - lasting * from) ** 2) / (2 * (1 - lasting ** 2))));
  const total = row.reduce((sum, one) => sum + one, 0);
  return row.map((one) => one / total);
});

/** The belief a month later, when nothing was learned. */
export function monthLater({ values, weights }: HiddenBelief): HiddenBelief {
  if (values.length === 1) return { values, weights };
  return {
    values,
    weights: points.map((_, to) => weights.reduce((sum, weight, from) => sum + weight * steps[from]![to]!, 0)),
  };
}

/** Draws a point of the hidden cause by its weights, as its place among the values. */
export function drawHidden({ weights }: HiddenBelief, random: Random): number {
  let left = random.next() * weights.reduce((sum, one) => sum + one, 0);
  for (let i = 0; i < weights.length; i += 1) {
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/** The place a month later. */
export function nextHidden({ values }: HiddenBelief, place: number, random: Random): number {
  return values.length === 1 ? 0 : drawHidden({ values, weights: steps[place]! }, random);
}

/** The middle and the ends of a normal, as three points: exact for the first five moments. */
export const threePoints = [
  [-Math.sqrt(3), 1 / 6],
  [0, 2 / 3],
  [Math.sqrt(3), 1 / 6],
] as const;

/**
 * The belief after an account stayed at a decision: each point counts by its chance to stay, with the shock of the month and
 * the error of the recorded use averaged out and the price rise, by then written down, known.
 */
export function afterStaying(
  belief: HiddenBelief,
  drivers: HonestDrivers,
  known: { readonly priceRise: number; readonly shock: number; readonly share: number },
): HiddenBelief {
  const weights = belief.weights.map((weight, i) => {
    let lost = 0;
    for (const [error, w] of threePoints)
      for (const [shock, v] of known.shock === 0 ? ([[0, 1]] as const) : threePoints)
        lost +=
          w *
          v *
          atDecision(
            logOddsOf(drivers, {
              ...{ hidden: belief.values[i]!, priceRise: known.priceRise },
              ...{ shock: shock * known.shock, useError: error * useErrorDeviation },
            }),
          );
    return weight * (1 - known.share * lost);
  });
  return { values: belief.values, weights };
}

/** An answer to "would you recommend us" before rounding: falls with what people see. The hidden cause is hidden here too. */
export function moodOf(drivers: HonestDrivers): number {
  return 8.2 - (logOddsOf(drivers, noUnknowns) + 4.8);
}

/** Standard deviation of answers around the mood. */
export const moodDeviation = 2;
