import type { FactId } from '../../features/facts.ts';
import { normalCdf } from '../../stats/special/index.ts';
import type { Scorecard } from '../scorecard.ts';
import type { FittedRetention } from './fitted-retention.ts';

/** What the outcomes say of one row's points. */
export interface CheckedPoints {
  readonly feature: FactId;
  /** The admin's points and the posterior's weight, log-odds per swing, with its standard deviation. */
  readonly points: number;
  readonly weight: number;
  readonly deviation: number;
  /** Posterior probability that the weight has the other sign than the points; `null` for points of 0. */
  readonly wrongSign: number | null;
  /** That probability is at least 90 %. */
  readonly contradicted: boolean;
}

const CONTRADICTED = 0.9;

/** Holds every row's points against the posterior, in the card's order. Before any outcome nothing is contradicted. */
export function checkPoints(fitted: FittedRetention, card: Scorecard): readonly CheckedPoints[] {
  return card.rows.flatMap((row) => {
    const j = fitted.drivers.findIndex((it) => it.feature === row.feature);
    if (j < 0) return [];
    const { weight } = fitted.drivers[j]!;
    const deviation = Math.sqrt(fitted.covariance[((1 + j) * (2 + j)) / 2 + 1 + j]!);
    const wrongSign = row.points === 0 ? null : normalCdf((-weight * Math.sign(row.points)) / deviation);
    const contradicted = wrongSign !== null && wrongSign >= CONTRADICTED;
    return [{ feature: row.feature, points: row.points, weight, deviation, wrongSign, contradicted }];
  });
}
