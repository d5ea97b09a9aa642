import { normalCdf } from '../../stats/special/index.ts';
import type { FittedRetention } from '../posterior/fitted-retention.ts';
import type { Scorecard } from '../scorecard.ts';
import type { ContradictedPoint } from './accuracy-card.ts';

/** From this posterior chance of the other sign on, a point is named. */
export const CONTRADICTED_FROM = 0.9;
/** Two-sided 90 % of the normal distribution. */
const Z90 = 1.6449;

/**
 * Which of the admin's points the outcomes argue against: the posterior gives the weight the other sign with a chance of
 * at least 90 %. Points of 0 say nothing and cannot be contradicted. Most certain first.
 */
export function contradictedPoints(fitted: FittedRetention, card: Scorecard): readonly ContradictedPoint[] {
  return card.rows
    .flatMap(({ feature, points }, j) => {
      const driver = fitted.drivers[j];
      if (!driver || points === 0) return [];
      const deviation = Math.sqrt(variance(fitted, 1 + j));
      if (!(deviation > 0)) return [];
      const chanceWrongSign = normalCdf((-Math.sign(points) * driver.weight) / deviation);
      if (chanceWrongSign < CONTRADICTED_FROM) return [];
      const half = Z90 * deviation;
      const weight = { value: driver.weight, low: driver.weight - half, high: driver.weight + half };
      return [{ feature, points, weight, chanceWrongSign }];
    })
    .sort((a, b) => b.chanceWrongSign - a.chanceWrongSign || (a.feature < b.feature ? -1 : 1));
}

/** Diagonal entry of a lower triangle kept row by row. */
const variance = ({ covariance }: FittedRetention, at: number): number => covariance[(at * (at + 3)) / 2] ?? 0;
