import type { FittedPosterior, PosteriorInput } from './fit-posterior.ts';
import type { PosteriorDesign } from './posterior-design.ts';

/**
 * Outcomes that must know a column before the fit has all the say about its points. Each takes its share of points that
 * the fit would drop, and an account may have 9 log-odds of them: taken by fortieths, this hand-over moved accounts more
 * than any outcome did (by .099, against .087 by fiftieths).
 */
const SEEN_AFTER = 50;

/**
 * A column that no outcome knew keeps its points as they stand, whatever the other columns' outcomes say of theirs: that a
 * company's usage points proved worthless says nothing of what notice means. Its doubt is the prior's width. The fit
 * takes over as outcomes that know the column come in, and has all the say from 50 of them on.
 */
export function keepUnseenPoints(
  posterior: FittedPosterior,
  { columns, p }: PosteriorDesign,
  { priorMean, options }: PosteriorInput,
): FittedPosterior {
  const size = 1 + 2 * p;
  const width = options?.pointsWidth ?? 0.5;
  const weights = posterior.weights.slice();
  const covariance = posterior.covariance.slice();
  columns.forEach(({ weight }, j) => {
    const seen = Math.min(1, weight / SEEN_AFTER);
    if (seen === 1) return;
    const off = weights[j]! - priorMean[j]!;
    const at = 1 + j;
    const own = covariance[at * size + at]!;
    weights[j] = priorMean[j]! + seen * off;
    for (let k = 0; k < size; k++) {
      covariance[at * size + k] = seen * covariance[at * size + k]!;
      covariance[k * size + at] = seen * covariance[k * size + at]!;
    }
    // A mixture of the fit and of the points: within both, and between them.
    covariance[at * size + at] = seen * own + (1 - seen) * (width ** 2 + seen * off ** 2);
  });
  return { ...posterior, weights, covariance };
}
