import { logistic, logit } from '../log-odds.ts';
import { fitPosterior } from '../posterior/fit-posterior.ts';
import type { DecisionRows } from '../training/decision-rows.ts';

/**
 * What anybody could predict without a score: the share lost so far. One loss in two is added to each side (Jeffreys'
 * prior), so that it is never 0 or 1.
 */
export function predictBaseRate(train: DecisionRows, test: DecisionRows): Float64Array {
  const losses = train.lost.reduce((sum, it) => sum + it, 0);
  return new Float64Array(test.count).fill((losses + 0.5) / (train.count + 1));
}

/**
 * One plain number as the only predictor: log(1 + days), with missing as a state of its own, by a logistic regression
 * under a wide prior, so that it is finite whatever the rows hold. Days to a decision may be negative: they count as 0.
 */
export function predictByDays(
  train: DecisionRows,
  test: DecisionRows,
  column: 'recencyDays' | 'daysToDecision',
): Float64Array {
  const scaled = (rows: DecisionRows) => rows[column].map((days) => Math.log1p(Math.max(0, days)));
  const base = predictBaseRate(train, test);
  if (train.count === 0) return base;
  const x = scaled(train);
  const fit = fitPosterior({
    ...{ x, lost: train.lost, weight: train.weight, cluster: train.account },
    priorMean: new Float64Array(1),
    priorBase: logit(base[0] ?? 0.5),
    options: { pointsWidth: 1 },
  });
  if (!fit.fitted) return base;
  const [weight = 0, missing = 0] = [fit.weights[0], fit.missing[0]];
  return scaled(test).map((it) => logistic(fit.intercept + (Number.isNaN(it) ? missing : weight * it)));
}
