import { atDecision, logOddsOf, monthly, noUnknowns } from './honest-hazard.ts';
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

/** The belief after a month without leaving, for accounts that may leave in any month. */
export function afterMonth(belief: HiddenBelief, drivers: HonestDrivers): HiddenBelief {
  const seen = logOddsOf(drivers, noUnknowns);
  return {
    values: belief.values,
    weights: belief.weights.map((weight, i) => weight * (1 - monthly(seen + belief.values[i]!))),
  };
}

/** An answer to "would you recommend us" before rounding: falls with the log-odds, the hidden cause included. */
export function moodOf(drivers: HonestDrivers, hidden: number): number {
  return 8.4 - (logOddsOf(drivers, noUnknowns) + 6) - hidden;
}

/** Standard deviation of answers around the mood. */
export const moodDeviation = 1.6;

/** The belief after an answer of 0 to 10. */
export function afterAnswer(belief: HiddenBelief, drivers: HonestDrivers, score: number): HiddenBelief {
  const chance = (hidden: number) => {
    const z = (edge: number) => (edge - moodOf(drivers, hidden)) / moodDeviation;
    return (score === 10 ? 1 : phi(z(score + 0.5))) - (score === 0 ? 0 : phi(z(score - 0.5)));
  };
  return { values: belief.values, weights: belief.weights.map((weight, i) => weight * chance(belief.values[i]!)) };
}

/** The normal distribution to 1e-7 (Abramowitz and Stegun 26.2.17). */
function phi(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}
