import { Z90 } from '../../stats/special/normal.ts';
import { checkPoints } from '../posterior/check-points.ts';
import type { FittedRetention } from '../posterior/fitted-retention.ts';
import type { Scorecard } from '../scorecard.ts';
import type { ContradictedPoint } from './accuracy-card.ts';

/** Which of the admin's points the outcomes argue against, as the card shows them; most certain first. */
export function contradictedPoints(fitted: FittedRetention, card: Scorecard): readonly ContradictedPoint[] {
  return checkPoints(fitted, card)
    .flatMap(({ feature, points, weight, deviation, wrongSign, contradicted }) => {
      if (!contradicted || wrongSign === null) return [];
      const half = Z90 * deviation;
      const estimate = { value: weight, low: weight - half, high: weight + half };
      return [{ feature, points, weight: estimate, chanceWrongSign: wrongSign }];
    })
    .sort((a, b) => b.chanceWrongSign - a.chanceWrongSign || (a.feature < b.feature ? -1 : 1));
}
