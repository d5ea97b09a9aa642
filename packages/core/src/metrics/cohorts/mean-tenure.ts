import { fitKaplanMeier, restrictedMean } from '../../stats/survival/index.ts';
import { type Figure, noFigure } from '../figure.ts';

/** How long an account has been, or was, with the company. */
export interface Stay {
  /** Months from the start to the loss, or to today. */
  readonly months: number;
  readonly left: boolean;
}

/**
 * Mean months that an account stays within a horizon, from all accounts that ever started: the area under the
 * Kaplan-Meier curve up to `horizonMonths`. The mean age of today's accounts is not it: those who left young are missing
 * there. `null` without accounts, and where nobody was watched for the whole horizon.
 *
 * @example
 * const stays = [{ months: 2, left: true }, { months: 4, left: true }, { months: 6, left: false }, { months: 6, left: false }];
 * meanTenure(stays, 6).value; // 2 * 1 + 2 * 0.75 + 2 * 0.5 = 4.5
 */
export function meanTenure(stays: readonly Stay[], horizonMonths: number): Figure {
  const n = stays.length;
  const curve = fitKaplanMeier({ time: stays.map((it) => it.months), event: stays.map((it) => (it.left ? 1 : 0)) });
  if (!curve.fitted) return noFigure(n, curve.message);
  const mean = restrictedMean(curve, horizonMonths);
  return mean.fitted ? { value: mean.mean, n, reason: null } : noFigure(n, mean.message);
}
